using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Departments;

/// <summary>The organisation chart: by it escalations find their way up.</summary>
[Route("departments")]
public sealed class DepartmentsController(IDepartmentPages departments) : Controller
{
    /// <summary>What stands for a new department in the address.</summary>
    public const string New = "new-department";

    [HttpGet("{key?}")]
    public async Task<IActionResult> Index(string? key, CancellationToken cancellationToken) =>
        await departments.GetAsync(key == New ? "" : key, User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("{key}")]
    public async Task<IActionResult> Save([FromRoute] string key, [FromForm] DepartmentEdit edit, CancellationToken cancellationToken)
    {
        var known = key == New ? null : key;
        var answer = await departments.SaveAsync(known, edit, User, cancellationToken);
        if (answer.Result == ActionEnd.Done)
        {
            return RedirectToAction(nameof(Index), new { key = (string?)null, said = "saved" });
        }

        return answer.Result != ActionEnd.NotFound && await departments.GetAsync(known ?? "", User, cancellationToken) is { Editor: { } editor } page
            ? this.Again(nameof(Index), page with { Editor = editor with { Edit = edit with { Version = editor.Edit.Version, Key = known ?? edit.Key }, Error = answer.Message, Errors = answer.Errors } }, answer, $"/departments/{Uri.EscapeDataString(key)}")
            : NotFound();
    }
}

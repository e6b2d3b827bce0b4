using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Editors;

/// <summary>Makes a process.</summary>
[Route("processes/new")]
public sealed class NewProcessController(NewProcesses processes) : Controller
{
    private const string Form = "~/Features/Editors/New.cshtml";
    private const string Self = "/processes/new";

    [HttpGet]
    public async Task<IActionResult> Index([FromQuery] NewProcessEdit edit, CancellationToken cancellationToken) =>
        await processes.FormAsync(edit, User, cancellationToken) is { } page ? View(Form, page) : NotFound();

    [HttpPost]
    public async Task<IActionResult> Create([FromForm] NewProcessEdit edit, CancellationToken cancellationToken)
    {
        var (answer, page) = await processes.CreateAsync(edit, User, cancellationToken);
        return answer.Result == ActionEnd.Done ? Redirect($"{EditorLinks.Overview(edit.Key!.Trim())}?said=saved")
            : page is null ? NotFound()
            : this.Again(Form, page, answer, Self);
    }
}

using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Records;

/// <summary>Categories, numbers, times of keeping and pause reasons of a process: read, changed as a draft, and from there published.</summary>
[Route("processes/{key}/records")]
public sealed class RecordsController(StoredRecords records) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(string key, [FromQuery] RecordEdit edit, CancellationToken cancellationToken) =>
        await records.GetAsync(key, edit, User, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>Shows what the change would do; or makes the draft and leads to where it is compared and published.</summary>
    [HttpPost]
    public async Task<IActionResult> Change(string key, string? step, [FromForm] RecordEdit edit, CancellationToken cancellationToken)
    {
        var (page, draft) = await records.ChangeAsync(key, edit, step == "draft", User, cancellationToken);
        return page is null ? NotFound()
            : draft is { } version ? Redirect($"{ProcessLinks.Page(key)}?version={version}&tab={ProcessView.CompareTab}&said=saved#publish")
            : page.Errors.Count > 0 || page.Note is not null ? this.Again(nameof(Index), page, page.Note is null ? ActionAnswer.Invalid(null) : ActionAnswer.Refused(page.Note.Text), $"{ProcessLinks.Page(key)}/records")
            : View(nameof(Index), page);
    }
}

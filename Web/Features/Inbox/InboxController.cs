using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>The list of what is mine and what is due first.</summary>
[Route("inbox"), ForCases]
public sealed class InboxController(IInboxQuery inbox, IInboxActions actions, IFilterKeeping saved, IInboxExport export, IColumnKeeping columns) : Controller
{
    /// <summary>So many cases can be chosen for one action.</summary>
    internal const int MostAtOnce = 500;
    private const int LongestReason = 1000;

    [HttpGet]
    public async Task<IActionResult> Index([FromQuery] InboxFilter filter, CancellationToken cancellationToken) =>
        View(await inbox.GetAsync(filter, User, cancellationToken));

    /// <summary>The views with their counts, for the part of the page that asks each minute.</summary>
    [HttpGet("views")]
    public async Task<IActionResult> Views(string? view, CancellationToken cancellationToken) =>
        PartialView("_Views", await inbox.ViewsAsync(view, User, cancellationToken));

    [HttpGet("preview/{caseId:guid}")]
    public async Task<IActionResult> Preview(Guid caseId, CancellationToken cancellationToken) =>
        await inbox.PreviewAsync(caseId, User, cancellationToken) is { } preview
            ? PartialView("_Preview", preview)
            : NotFound();

    /// <summary>Keeps the list under a name; the filter stands in the address.</summary>
    [HttpPost("filters")]
    public async Task<IActionResult> Save([FromForm] SaveFilterForm form, [FromQuery] InboxFilter filter, CancellationToken cancellationToken) =>
        await saved.SaveAsync(form, filter, User, cancellationToken)
            ? Redirect($"/inbox?{SavedFilters.QueryOf(filter)}&said=done")
            : BadRequest();

    [HttpPost("filters/{id:guid}/delete")]
    public async Task<IActionResult> Forget(Guid id, CancellationToken cancellationToken) =>
        await saved.DeleteAsync(id, User, cancellationToken) ? RedirectToAction(nameof(Index), new { said = "done" }) : NotFound();

    /// <summary>Puts a column in or out or moves it; the list stands in the address.</summary>
    [HttpPost("columns")]
    public async Task<IActionResult> Columns([FromForm] ColumnsForm form, [FromQuery] InboxFilter filter, CancellationToken cancellationToken) =>
        await columns.ChangeAsync(form, User, cancellationToken) ? Redirect($"/inbox?{SavedFilters.QueryOf(filter with { Columns = null })}&open=columns") : BadRequest();

    /// <summary>The list as a file; the filter stands in the address.</summary>
    [HttpPost("export")]
    public async Task<IActionResult> Export([FromForm] string? reason, [FromQuery] InboxFilter filter, CancellationToken cancellationToken)
    {
        if (!await export.MayAsync(User, cancellationToken))
        {
            return NotFound();
        }

        if (reason?.Trim() is not { Length: > 0 and <= LongestReason } why)
        {
            return BadRequest();
        }

        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=cases.csv";
        await export.WriteAsync(filter, why, User, Response.Body, cancellationToken);
        return new EmptyResult();
    }

    /// <summary>Shows what would happen, then does it.</summary>
    [HttpPost("bulk"), ForCases(Working = true)]
    public async Task<IActionResult> Bulk([FromForm] BulkForm form, [FromQuery] InboxFilter filter, CancellationToken cancellationToken)
    {
        if (form is { All: true, Confirmed: false })
        {
            form = form with { Ids = [.. await inbox.AllAsync(filter, MostAtOnce, User, cancellationToken)] };
        }

        if (form.Ids.Count is 0 or > MostAtOnce || !ModelState.IsValid)
        {
            return BadRequest();
        }

        var preview = await actions.PreviewAsync(form, User, cancellationToken);
        if (preview is null)
        {
            return NotFound();
        }

        if (!form.Confirmed)
        {
            return View(preview);
        }

        var result = await actions.ApplyAsync(preview, User, cancellationToken);
        return result.IsResult && result.Lines.All(line => line.Refused is null)
            ? RedirectToAction(nameof(Index), new { said = "done" })
            : result.Error is { } error ? this.Again(nameof(Bulk), result, ActionAnswer.Invalid(error), "/inbox")
            : View(result);
    }
}

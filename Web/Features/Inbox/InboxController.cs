using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>The list of what is mine and what is due first.</summary>
[Route("inbox")]
public sealed class InboxController(IInboxQuery inbox, IInboxActions actions) : Controller
{
    private const int MostAtOnce = 500;

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

    /// <summary>Shows what would happen, then does it.</summary>
    [HttpPost("bulk")]
    public async Task<IActionResult> Bulk([FromForm] BulkForm form, CancellationToken cancellationToken)
    {
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
            : View(result);
    }
}

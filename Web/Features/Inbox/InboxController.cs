using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>The list of what is mine and what is due first.</summary>
[Route("inbox"), ForCases]
public sealed class InboxController(IInboxQuery inbox, IInboxActions actions) : Controller
{
    private const int MostAtOnce = 500;

    [HttpGet]
    public async Task<IActionResult> Index([FromQuery] InboxFilter filter, CancellationToken cancellationToken) =>
        View(await inbox.GetAsync(filter, User, cancellationToken));

    [HttpGet("preview/{caseId:guid}")]
    public async Task<IActionResult> Preview(Guid caseId, CancellationToken cancellationToken) =>
        await inbox.PreviewAsync(caseId, User, cancellationToken) is { } preview
            ? PartialView("_Preview", preview)
            : NotFound();

    /// <summary>Shows what would happen, then does it.</summary>
    [HttpPost("bulk"), ForCases(Working = true)]
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

        var answer = await actions.ApplyAsync(form, User, cancellationToken);
        return answer.Result == ActionEnd.Done
            ? RedirectToAction(nameof(Index), new { said = "done" })
            : this.Again(nameof(Bulk), preview with { Error = answer.Message }, answer, "/inbox");
    }
}

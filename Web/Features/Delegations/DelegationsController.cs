using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Delegations;

/// <summary>Who acts for whom: one's own absences and delegations, and those of one's people.</summary>
[Route("account/delegations")]
public sealed class DelegationsController(DelegationPages pages) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) =>
        await pages.GetAsync(new DelegationForm(), User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost]
    public async Task<IActionResult> Set([FromForm] DelegationForm form, CancellationToken cancellationToken)
    {
        var answer = await pages.SetAsync(form, User, cancellationToken);
        return answer.Result == ActionEnd.Done ? RedirectToAction(nameof(Index), new { said = "saved" }) : await AgainAsync(form, answer, cancellationToken);
    }

    [HttpPost("{id:guid}/end")]
    public async Task<IActionResult> End(Guid id, CancellationToken cancellationToken)
    {
        var answer = await pages.EndAsync(id, User, cancellationToken);
        return answer.Result switch
        {
            ActionEnd.Done => RedirectToAction(nameof(Index), new { said = "done" }),
            ActionEnd.NotFound => NotFound(),
            _ => await AgainAsync(new DelegationForm(), answer, cancellationToken),
        };
    }

    private async Task<IActionResult> AgainAsync(DelegationForm form, ActionAnswer answer, CancellationToken cancellationToken) =>
        answer.Result != ActionEnd.NotFound && await pages.GetAsync(form, User, cancellationToken) is { } page
            ? this.Again(nameof(Index), page with { Error = answer.Message }, answer, "/account/delegations")
            : NotFound();
}

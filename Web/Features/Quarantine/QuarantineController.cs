using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Quarantine;

/// <summary>Mail that belongs to no case yet.</summary>
[Route("messages/quarantine")]
public sealed class QuarantineController(IQuarantinePages quarantine) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) =>
        await quarantine.GetAsync(User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("{id:guid}/assign")]
    public async Task<IActionResult> Assign(Guid id, [FromForm] string? number, CancellationToken cancellationToken) =>
        await AnswerAsync(id, await quarantine.AssignAsync(id, number, User, cancellationToken), cancellationToken);

    [HttpPost("{id:guid}/register")]
    public async Task<IActionResult> Register(Guid id, CancellationToken cancellationToken)
    {
        var (answer, complaint) = await quarantine.RegisterAsync(id, User, cancellationToken);
        return complaint is { } made ? Redirect($"/cases/{made}?said=registered") : await AnswerAsync(id, answer, cancellationToken);
    }

    [HttpPost("{id:guid}/discard")]
    public async Task<IActionResult> Discard(Guid id, [FromForm] string? reason, CancellationToken cancellationToken) =>
        await AnswerAsync(id, await quarantine.DiscardAsync(id, reason, User, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(Guid id, ActionAnswer answer, CancellationToken cancellationToken) =>
        answer.Result == ActionEnd.Done ? RedirectToAction(nameof(Index), new { said = "done" })
        : answer.Result != ActionEnd.NotFound && await quarantine.GetAsync(User, cancellationToken) is { } page
            ? this.Again(nameof(Index), page with { Failed = id, Error = answer.Message }, answer, "/messages/quarantine")
            : NotFound();
}

using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Outbox;

/// <summary>Dead letters: what could not be delivered, why, and once more.</summary>
[Route("outbox")]
public sealed class OutboxController(IOutboxPages outbox) : Controller
{
    private const int MostAtOnce = 500;

    [HttpGet]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) =>
        await outbox.GetAsync(User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("retry")]
    public Task<IActionResult> Retry([FromForm] IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        AnswerAsync(ids, () => outbox.RetryAsync(ids, User, cancellationToken), cancellationToken);

    [HttpPost("drop")]
    public Task<IActionResult> Drop([FromForm] IReadOnlyList<Guid> ids, [FromForm] string? reason, CancellationToken cancellationToken) =>
        AnswerAsync(ids, () => outbox.DropAsync(ids, reason, User, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(IReadOnlyList<Guid> ids, Func<Task<ActionAnswer>> work, CancellationToken cancellationToken)
    {
        if (ids.Count > MostAtOnce)
        {
            return BadRequest();
        }

        var answer = await work();
        return answer.Result == ActionEnd.Done
            ? RedirectToAction(nameof(Index), new { said = "done" })
            : answer.Result != ActionEnd.NotFound && await outbox.GetAsync(User, cancellationToken) is { } page
                ? this.Again(nameof(Index), page with { Error = answer.Message }, answer, "/outbox")
                : NotFound();
    }
}

using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Jobs;

/// <summary>What runs by itself, and what an administrator does about it.</summary>
[Route("jobs")]
public sealed class JobsController(IJobPages pages, IStringLocalizer<JobsText> text) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) =>
        await pages.GetAsync(User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("timers/{id:guid}/retry")]
    public async Task<IActionResult> Retry(Guid id, int attempts, CancellationToken cancellationToken) =>
        await AnswerAsync(await pages.RetryAsync(id, attempts, User, cancellationToken), id, cancellationToken);

    [HttpPost("timers/{id:guid}/skip")]
    public async Task<IActionResult> Skip(Guid id, int attempts, string? reason, CancellationToken cancellationToken) =>
        await AnswerAsync(await pages.SkipAsync(id, attempts, reason, User, cancellationToken), id, cancellationToken);

    [HttpPost("recurring/{key}/run")]
    public async Task<IActionResult> Run(string key, Guid run, CancellationToken cancellationToken) =>
        await AnswerAsync(await pages.RunAsync(key, run, User, cancellationToken), null, cancellationToken);

    private async Task<IActionResult> AnswerAsync(ActionAnswer answer, Guid? timer, CancellationToken cancellationToken)
    {
        if (answer.Result == ActionEnd.Done)
        {
            return RedirectToAction(nameof(Index), new { said = "done" });
        }

        if (answer.Result == ActionEnd.NotFound || await pages.GetAsync(User, cancellationToken) is not { } page)
        {
            return NotFound();
        }

        var shown = page with
        {
            Note = new Note(NoteKind.Late, answer.Message ?? text["Nothing"]),
            ReasonError = timer is { } id && answer.Errors.GetValueOrDefault("reason") is { } wrong ? (id, wrong) : null,
        };
        return this.Again(nameof(Index), shown, answer, "/jobs");
    }
}

using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.BreakGlass;

/// <summary>Cases opened in an emergency: asked for, agreed to by a second person, ended, reviewed.</summary>
[Route("break-glass")]
public sealed class BreakGlassController(BreakGlassPages pages) : Controller
{
    private const string Self = "/break-glass";

    [HttpGet]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) =>
        await pages.GetAsync(new BreakGlassForm(), User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost, StepUp]
    public async Task<IActionResult> Ask([FromForm] BreakGlassForm form, CancellationToken cancellationToken) =>
        await AnswerAsync(form, await pages.AskAsync(form, User, cancellationToken), cancellationToken);

    [HttpPost("{id:guid}/decide"), StepUp]
    public async Task<IActionResult> Decide(Guid id, bool agrees, CancellationToken cancellationToken) =>
        await AnswerAsync(new BreakGlassForm(), await pages.DecideAsync(id, agrees, User, cancellationToken), cancellationToken);

    [HttpPost("{id:guid}/end")]
    public async Task<IActionResult> End(Guid id, CancellationToken cancellationToken) =>
        await AnswerAsync(new BreakGlassForm(), await pages.EndAsync(id, User, cancellationToken), cancellationToken);

    [HttpPost("{id:guid}/review")]
    public async Task<IActionResult> Review(Guid id, string? remark, CancellationToken cancellationToken) =>
        await AnswerAsync(new BreakGlassForm(), await pages.ReviewAsync(id, remark, User, cancellationToken), cancellationToken);

    private async Task<IActionResult> AnswerAsync(BreakGlassForm form, ActionAnswer answer, CancellationToken cancellationToken) => answer.Result switch
    {
        ActionEnd.Done => RedirectToAction(nameof(Index), new { said = "done" }),
        ActionEnd.NotFound => NotFound(),
        _ => await pages.GetAsync(form, User, cancellationToken) is { } page ? this.Again(nameof(Index), page with { Error = answer.Message }, answer, Self) : NotFound(),
    };
}

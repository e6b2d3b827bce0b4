using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Limits;

/// <summary>Time limits: sentences to read, an editor that previews before it acts.</summary>
[Route("limits")]
public sealed class LimitsController(ILimitPages limits) : Controller
{
    [HttpGet("{process?}")]
    public async Task<IActionResult> Index(string? process, [FromQuery] string? limit, CancellationToken cancellationToken) =>
        await limits.GetAsync(process, limit, User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("{process}/{limit}/preview")]
    public async Task<IActionResult> Preview(string process, string limit, [FromForm] LimitEdit edit, CancellationToken cancellationToken) =>
        await limits.PreviewAsync(process, limit, edit, User, cancellationToken) is { } preview
            ? PartialView("_LimitPreview", preview)
            : NotFound();

    /// <summary>Applies; <paramref name="step"/> <c>preview</c> only shows, for readers without script.</summary>
    [HttpPost("{process}/{limit}")]
    public async Task<IActionResult> Apply(
        string process, string limit, string? step, [FromForm] LimitEdit edit, CancellationToken cancellationToken)
    {
        var answer = step == "preview"
            ? null
            : await limits.ApplyAsync(process, limit, edit, User, cancellationToken);
        if (answer?.Result == ActionEnd.Done)
        {
            return RedirectToAction(nameof(Index), new { process, said = "applied" });
        }

        var page = answer?.Result == ActionEnd.NotFound
            ? null
            : await limits.GetAsync(process, limit, User, cancellationToken);
        var preview = await limits.PreviewAsync(process, limit, edit, User, cancellationToken);
        if (page?.Editor is not { } editor || preview is null)
        {
            return NotFound();
        }

        var shown = page with
        {
            Editor = editor with
            {
                Edit = edit,
                Preview = preview,
                Errors = answer?.Errors ?? editor.Errors,
                Note = answer?.Message is { } message ? new Note(NoteKind.Late, message) : null,
            },
        };
        var self = $"/limits/{Uri.EscapeDataString(process)}?limit={Uri.EscapeDataString(limit)}";
        return answer is null ? View(nameof(Index), shown) : this.Again(nameof(Index), shown, answer, self);
    }

    [HttpPost("{process}/changes/{change:guid}/undo")]
    public async Task<IActionResult> Undo(string process, Guid change, CancellationToken cancellationToken)
    {
        var answer = await limits.UndoAsync(process, change, User, cancellationToken);
        return answer.Result switch
        {
            ActionEnd.Done => RedirectToAction(nameof(Index), new { process, said = "undone" }),
            ActionEnd.NotFound => NotFound(),
            _ => Conflict(),
        };
    }
}

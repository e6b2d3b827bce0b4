using System.Text;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Limits;

/// <summary>Time limits: sentences to read, an editor that previews before it acts.</summary>
[Route("limits")]
public sealed class LimitsController(ILimitPages limits, MoveFile file) : Controller
{
    private static readonly string[] NotFields = ["step", "page", "__RequestVerificationToken", nameof(LimitEdit.Version), nameof(LimitEdit.Reason), nameof(LimitEdit.Scope)];

    [HttpGet("{process?}")]
    public async Task<IActionResult> Index(string? process, [FromQuery] string? limit, [FromQuery] int? version, CancellationToken cancellationToken) =>
        await limits.GetAsync(process, version, limit, User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("{process}/{limit}/preview")]
    public async Task<IActionResult> Preview(string process, string limit, [FromForm] LimitEdit edit, CancellationToken cancellationToken) =>
        await limits.PreviewAsync(process, limit, edit, User, cancellationToken) is { } preview
            ? PartialView("_LimitPreview", preview)
            : NotFound();

    /// <summary>Every open case the change moves, page by page; applied from there with a reason.</summary>
    [HttpPost("{process}/{limit}/cases")]
    public async Task<IActionResult> Cases(string process, string limit, int? page, [FromForm] LimitEdit edit, CancellationToken cancellationToken) =>
        await MovesAsync(process, limit, edit, page ?? 1, cancellationToken) is { } moves ? View("Cases", moves) : NotFound();

    /// <summary>The same as a file.</summary>
    [HttpPost("{process}/{limit}/cases.csv")]
    public async Task<IActionResult> CasesFile(string process, string limit, [FromForm] LimitEdit edit, CancellationToken cancellationToken) =>
        await MovesAsync(process, limit, edit, 1, cancellationToken) is { } moves ? FileOf(moves, $"{process}-{limit}.csv") : NotFound();

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
            : await limits.GetAsync(process, null, limit, User, cancellationToken);
        var preview = await limits.PreviewAsync(process, limit, edit, User, cancellationToken);
        if (page?.Editor is not { } editor || preview is null)
        {
            return NotFound();
        }

        var shown = page with
        {
            Editor = editor with
            {
                Edit = Filled(edit, editor.Edit),
                Preview = preview,
                Errors = answer?.Errors ?? editor.Errors,
                Note = answer?.Message is { } message ? new Note(NoteKind.Late, message) : null,
            },
        };
        var self = $"/limits/{Uri.EscapeDataString(process)}?limit={Uri.EscapeDataString(limit)}";
        return answer is null ? View(nameof(Index), shown) : this.Again(nameof(Index), shown, answer, self);
    }

    /// <summary>What taking a change back would move.</summary>
    [HttpGet("{process}/changes/{change:long}/undo")]
    public async Task<IActionResult> UndoMoves(string process, long change, [FromQuery] int? page, CancellationToken cancellationToken) =>
        await UndoMovesAsync(process, change, page ?? 1, cancellationToken) is { } moves ? View("Cases", moves) : NotFound();

    /// <inheritdoc cref="UndoMoves"/>
    [HttpPost("{process}/changes/{change:long}/undo/cases")]
    public Task<IActionResult> UndoPage(string process, long change, int? page, CancellationToken cancellationToken) => UndoMoves(process, change, page, cancellationToken);

    /// <summary>The same as a file.</summary>
    [HttpPost("{process}/changes/{change:long}/undo/cases.csv")]
    public async Task<IActionResult> UndoFile(string process, long change, CancellationToken cancellationToken) =>
        await UndoMovesAsync(process, change, 1, cancellationToken) is { } moves ? FileOf(moves, $"{process}-undo-{change}.csv") : NotFound();

    [HttpPost("{process}/changes/{change:long}/undo")]
    public async Task<IActionResult> Undo(string process, long change, [FromForm] string? reason, CancellationToken cancellationToken)
    {
        var answer = await limits.UndoAsync(process, change, reason, User, cancellationToken);
        if (answer.Result == ActionEnd.Done)
        {
            return RedirectToAction(nameof(Index), new { process, said = "undone" });
        }

        if (answer.Result == ActionEnd.NotFound)
        {
            return NotFound();
        }

        var self = $"/limits/{Uri.EscapeDataString(process)}";
        return await UndoMovesAsync(process, change, 1, cancellationToken) is { } moves
            ? this.Again("Cases", moves with { Reason = reason, Error = answer.Message }, answer, self)
            : await limits.GetAsync(process, null, null, User, cancellationToken) is { } page
                ? this.Again(nameof(Index), page with { Note = new Note(NoteKind.Late, answer.Message ?? "") }, answer, self)
                : NotFound();
    }

    private async Task<LimitMoves?> MovesAsync(string process, string limit, LimitEdit edit, int page, CancellationToken cancellationToken)
    {
        var self = $"/limits/{Uri.EscapeDataString(process)}/{Uri.EscapeDataString(limit)}";
        return await limits.MovesAsync(process, limit, edit, page, User, cancellationToken) is { } moves
            ? moves with
            {
                Fields = [.. Request.Form.Where(one => !NotFields.Contains(one.Key, StringComparer.OrdinalIgnoreCase))
                    .SelectMany(one => one.Value, (one, value) => KeyValuePair.Create(one.Key, value ?? "")), KeyValuePair.Create(nameof(LimitEdit.Scope), LimitEdit.OpenCases)],
                Action = self,
                BackHref = $"/limits/{Uri.EscapeDataString(process)}?limit={Uri.EscapeDataString(limit)}",
                MayApply = moves.Preview.Error is null,
            }
            : null;
    }

    private async Task<LimitMoves?> UndoMovesAsync(string process, long change, int page, CancellationToken cancellationToken) =>
        await limits.UndoMovesAsync(process, change, page, User, cancellationToken) is { } moves
            ? moves with
            {
                Action = $"/limits/{Uri.EscapeDataString(process)}/changes/{change}/undo",
                BackHref = $"/limits/{Uri.EscapeDataString(process)}",
                MayApply = moves.Preview.Error is null,
            }
            : null;

    private FileContentResult FileOf(LimitMoves moves, string name) =>
        File([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(file.Of(moves.Moved, moves.Preview.Zone))], "text/csv; charset=utf-8", name);

    // what the form did not have stays as it is in force
    private static LimitEdit Filled(LimitEdit edit, LimitEdit shown)
    {
        var filled = edit with
        {
            Amount = edit.Amount ?? shown.Amount,
            Unit = edit.Unit ?? shown.Unit,
            From = edit.From ?? shown.From,
            To = edit.To ?? shown.To,
            Promised = edit.Promised ?? shown.Promised,
            Calendar = edit.Calendar ?? shown.Calendar,
            CountFrom = edit.CountFrom ?? shown.CountFrom,
            EndOf = edit.EndOf ?? shown.EndOf,
            IfNonWorking = edit.IfNonWorking ?? shown.IfNonWorking,
        };
        return edit.All
            ? filled
            : filled with
            {
                Reset = shown.Reset,
                When = shown.When,
                Pause = shown.Pause,
                Extendable = shown.Extendable,
                ExtendTimes = shown.ExtendTimes,
                ExtendMax = shown.ExtendMax,
                ExtendMaxUnit = shown.ExtendMaxUnit,
                ExtendApproval = shown.ExtendApproval,
                ExtendReason = shown.ExtendReason,
                ExtendBefore = shown.ExtendBefore,
                Notice = shown.Notice,
                Steps = shown.Steps,
            };
    }
}

using System.Text;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Limits;

/// <summary>Whole limits of a clock: added in the editor, taken away and moved from a page that shows first what that does.</summary>
[Route("limits/{process}")]
public sealed class LimitRowsController(ILimitPages limits, MoveFile file) : Controller
{
    private const string Index = "~/Features/Limits/Index.cshtml";
    private const string Cases = "~/Features/Limits/Cases.cshtml";

    private static readonly string[] NotFields = ["step", "page", "__RequestVerificationToken", nameof(LimitEdit.Version), nameof(LimitEdit.Reason), nameof(LimitEdit.Scope)];

    /// <summary>The editor of a limit to be added; it begins as the first of its clock.</summary>
    [HttpGet("add")]
    public async Task<IActionResult> Add(string process, [FromQuery] string? clock, CancellationToken cancellationToken) =>
        await limits.GetAddingAsync(process, new LimitEdit { Clock = clock }, User, cancellationToken) is { } page ? View(Index, page) : NotFound();

    [HttpPost("add/preview")]
    public async Task<IActionResult> AddPreview(string process, [FromForm] LimitEdit edit, CancellationToken cancellationToken) =>
        await limits.AddMovesAsync(process, edit, null, User, cancellationToken) is { } moves ? PartialView("_LimitPreview", moves.Preview) : NotFound();

    [HttpPost("add/cases")]
    public async Task<IActionResult> AddCases(string process, int? page, [FromForm] LimitEdit edit, CancellationToken cancellationToken) =>
        await AddMovesAsync(process, edit, page ?? 1, cancellationToken) is { } moves ? View(Cases, moves) : NotFound();

    [HttpPost("add/cases.csv")]
    public async Task<IActionResult> AddCasesFile(string process, [FromForm] LimitEdit edit, CancellationToken cancellationToken) =>
        await AddMovesAsync(process, edit, 1, cancellationToken) is { } moves ? FileOf(moves, $"{process}-add.csv") : NotFound();

    /// <summary>Adds; <paramref name="step"/> <c>preview</c> only shows, for readers without script.</summary>
    [HttpPost("add")]
    public async Task<IActionResult> Add(string process, string? step, [FromForm] LimitEdit edit, CancellationToken cancellationToken)
    {
        var answer = step == "preview" ? null : await limits.AddAsync(process, edit, User, cancellationToken);
        if (answer?.Result == ActionEnd.Done)
        {
            return Back(process);
        }

        if (answer?.Result == ActionEnd.NotFound || await limits.GetAddingAsync(process, edit, User, cancellationToken) is not { Editor: { } editor } page)
        {
            return NotFound();
        }

        var shown = page with
        {
            Editor = editor with { Errors = answer?.Errors ?? editor.Errors, Note = answer?.Message is { } message ? new Note(NoteKind.Late, message) : null },
        };
        return answer is null ? View(Index, shown) : this.Again(Index, shown, answer, $"/limits/{Uri.EscapeDataString(process)}/add");
    }

    [HttpGet("{limit}/remove")]
    public Task<IActionResult> Remove(string process, string limit, CancellationToken cancellationToken) =>
        RowAsync(process, limit, new RowEdit { Remove = true }, 1, cancellationToken);

    [HttpPost("{limit}/remove/cases")]
    public Task<IActionResult> RemoveCases(string process, string limit, int? page, [FromForm] RowEdit edit, CancellationToken cancellationToken) =>
        RowAsync(process, limit, edit with { Remove = true }, page ?? 1, cancellationToken);

    [HttpPost("{limit}/remove/cases.csv")]
    public Task<IActionResult> RemoveFile(string process, string limit, [FromForm] RowEdit edit, CancellationToken cancellationToken) =>
        RowFileAsync(process, limit, edit with { Remove = true }, cancellationToken);

    [HttpPost("{limit}/remove")]
    public Task<IActionResult> Remove(string process, string limit, [FromForm] RowEdit edit, CancellationToken cancellationToken) =>
        ApplyAsync(process, limit, edit with { Remove = true }, cancellationToken);

    [HttpGet("{limit}/move")]
    public Task<IActionResult> Move(string process, string limit, [FromQuery] string? before, CancellationToken cancellationToken) =>
        RowAsync(process, limit, new RowEdit { Before = before }, 1, cancellationToken);

    [HttpPost("{limit}/move/cases")]
    public Task<IActionResult> MoveCases(string process, string limit, int? page, [FromForm] RowEdit edit, CancellationToken cancellationToken) =>
        RowAsync(process, limit, edit with { Remove = false }, page ?? 1, cancellationToken);

    [HttpPost("{limit}/move/cases.csv")]
    public Task<IActionResult> MoveFileOf(string process, string limit, [FromForm] RowEdit edit, CancellationToken cancellationToken) =>
        RowFileAsync(process, limit, edit with { Remove = false }, cancellationToken);

    [HttpPost("{limit}/move")]
    public Task<IActionResult> Move(string process, string limit, [FromForm] RowEdit edit, CancellationToken cancellationToken) =>
        ApplyAsync(process, limit, edit with { Remove = false }, cancellationToken);

    private async Task<IActionResult> RowAsync(string process, string limit, RowEdit edit, int page, CancellationToken cancellationToken) =>
        await RowMovesAsync(process, limit, edit, page, cancellationToken) is { } moves ? View(Cases, moves) : NotFound();

    private async Task<IActionResult> RowFileAsync(string process, string limit, RowEdit edit, CancellationToken cancellationToken) =>
        await RowMovesAsync(process, limit, edit, 1, cancellationToken) is { } moves ? FileOf(moves, $"{process}-{limit}-{Word(edit)}.csv") : NotFound();

    private async Task<IActionResult> ApplyAsync(string process, string limit, RowEdit edit, CancellationToken cancellationToken)
    {
        var answer = await limits.ApplyRowAsync(process, limit, edit, User, cancellationToken);
        return answer.Result == ActionEnd.Done ? Back(process)
            : answer.Result != ActionEnd.NotFound && await RowMovesAsync(process, limit, edit, 1, cancellationToken) is { } moves
                ? this.Again(Cases, moves with { Error = answer.Message }, answer, $"{PathOf(process, limit)}/{Word(edit)}?before={Uri.EscapeDataString(edit.Before ?? "")}")
                : NotFound();
    }

    private async Task<LimitMoves?> RowMovesAsync(string process, string limit, RowEdit edit, int page, CancellationToken cancellationToken) =>
        await limits.RowMovesAsync(process, limit, edit, page, User, cancellationToken) is { } moves
            ? moves with { Action = $"{PathOf(process, limit)}/{Word(edit)}", BackHref = $"/limits/{Uri.EscapeDataString(process)}", MayApply = moves.Preview.Error is null }
            : null;

    private async Task<LimitMoves?> AddMovesAsync(string process, LimitEdit edit, int page, CancellationToken cancellationToken) =>
        await limits.AddMovesAsync(process, edit, page, User, cancellationToken) is { } moves
            ? moves with
            {
                Fields = [.. Request.Form.Where(one => !NotFields.Contains(one.Key, StringComparer.OrdinalIgnoreCase))
                    .SelectMany(one => one.Value, (one, value) => KeyValuePair.Create(one.Key, value ?? "")), KeyValuePair.Create(nameof(LimitEdit.Scope), LimitEdit.OpenCases)],
                Action = $"/limits/{Uri.EscapeDataString(process)}/add",
                BackHref = $"/limits/{Uri.EscapeDataString(process)}/add",
                MayApply = moves.Preview.Error is null,
            }
            : null;

    private FileContentResult FileOf(LimitMoves moves, string name) =>
        File([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(file.Of(moves.Moved, moves.Preview.Zone))], "text/csv; charset=utf-8", name);

    private RedirectToActionResult Back(string process) => RedirectToAction(nameof(LimitsController.Index), "Limits", new { process, said = "applied" });

    private static string PathOf(string process, string limit) => $"/limits/{Uri.EscapeDataString(process)}/{Uri.EscapeDataString(limit)}";

    private static string Word(RowEdit edit) => edit.Remove ? "remove" : "move";
}

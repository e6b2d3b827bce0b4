using System.Text;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>Every open case that a change of a calendar moves, page by page and as a file. Nothing is stored.</summary>
[Route("calendars/{id}")]
public sealed class CalendarMovesController(
    ICalendarPages calendars, ICalendarWeeks weeks, ICalendarImports imports, ICalendarRegister register, ICalendarUndo undo, MovePreviews previews, MoveFile file) : Controller
{
    private static readonly string[] NotFields = ["step", "page", "version", "__RequestVerificationToken"];

    [HttpPost("days/cases")]
    public async Task<IActionResult> Days(string id, int? page, [FromForm] DayEdit edit, CancellationToken cancellationToken) =>
        Shown(id, await calendars.PreviewAsync(id, edit, User, cancellationToken), page);

    [HttpPost("days/cases.csv")]
    public async Task<IActionResult> DaysFile(string id, [FromForm] DayEdit edit, CancellationToken cancellationToken) =>
        FileOf(id, await calendars.PreviewAsync(id, edit, User, cancellationToken));

    [HttpPost("week/cases")]
    public async Task<IActionResult> Week(string id, int? page, CancellationToken cancellationToken) => Shown(id, await WeekAsync(id, cancellationToken), page);

    [HttpPost("week/cases.csv")]
    public async Task<IActionResult> WeekFile(string id, CancellationToken cancellationToken) => FileOf(id, await WeekAsync(id, cancellationToken));

    [HttpPost("import/cases")]
    public async Task<IActionResult> Import(string id, int? page, [FromForm] ImportEdit edit, CancellationToken cancellationToken) =>
        Shown(id, (await imports.ReviewAsync(id, edit, User, cancellationToken))?.Preview, page);

    [HttpPost("import/cases.csv")]
    public async Task<IActionResult> ImportFile(string id, [FromForm] ImportEdit edit, CancellationToken cancellationToken) =>
        FileOf(id, (await imports.ReviewAsync(id, edit, User, cancellationToken))?.Preview);

    [HttpPost("departments/cases")]
    public async Task<IActionResult> Departments(string id, int? page, [FromForm] RegisterEdit edit, CancellationToken cancellationToken) =>
        Shown(id, (await register.PreviewDepartmentsAsync(id, edit, User, cancellationToken))?.Preview, page);

    [HttpPost("departments/cases.csv")]
    public async Task<IActionResult> DepartmentsFile(string id, [FromForm] RegisterEdit edit, CancellationToken cancellationToken) =>
        FileOf(id, (await register.PreviewDepartmentsAsync(id, edit, User, cancellationToken))?.Preview);

    [HttpPost("undo/{version:int}/cases")]
    public async Task<IActionResult> Undo(string id, int version, int? page, CancellationToken cancellationToken) =>
        Shown(id, (await undo.PreviewUndoAsync(id, version, User, cancellationToken))?.Preview, page);

    [HttpPost("undo/{version:int}/cases.csv")]
    public async Task<IActionResult> UndoFile(string id, int version, CancellationToken cancellationToken) =>
        FileOf(id, (await undo.PreviewUndoAsync(id, version, User, cancellationToken))?.Preview);

    private async Task<LimitPreview?> WeekAsync(string id, CancellationToken cancellationToken) =>
        await weeks.PreviewAsync(id, FormAnswers.Read(await Request.ReadFormAsync(cancellationToken)), User, cancellationToken);

    private IActionResult Shown(string id, LimitPreview? preview, int? page) => preview is null
        ? NotFound()
        : View("~/Features/Calendars/Moves.cshtml", new CalendarMovesPage(
            id,
            Request.Path.Value ?? "",
            [.. Request.Form.Where(one => !NotFields.Contains(one.Key, StringComparer.OrdinalIgnoreCase)).SelectMany(one => one.Value, (one, value) => KeyValuePair.Create(one.Key, value ?? ""))],
            previews.PageOf(preview, page ?? 1)));

    private IActionResult FileOf(string id, LimitPreview? preview) => preview is null
        ? NotFound()
        : File([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(file.Of(preview.Moved, preview.Zone))], "text/csv; charset=utf-8", $"calendar-{id}.csv");
}

/// <summary>The open cases a change of a calendar moves.</summary>
/// <param name="Id">The calendar.</param>
/// <param name="Action">Where another page is asked for; with <c>.csv</c> the file.</param>
/// <param name="Fields">What was typed, sent again.</param>
/// <param name="Preview">One page of the cases.</param>
public sealed record CalendarMovesPage(string Id, string Action, IReadOnlyList<KeyValuePair<string, string>> Fields, LimitPreview Preview);

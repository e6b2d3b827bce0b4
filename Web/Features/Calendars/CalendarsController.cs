using System.Globalization;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>Working calendars: holidays and make-up days.</summary>
[Route("calendars")]
public sealed class CalendarsController(ICalendarPages calendars) : Controller
{
    [HttpGet("{id?}")]
    public async Task<IActionResult> Index(string? id, [FromQuery] int? year, [FromQuery] DateOnly? day, CancellationToken cancellationToken) =>
        await calendars.GetAsync(id, year ?? day?.Year, day, User, cancellationToken) is { } page ? View(page) : NotFound();

    [HttpPost("{id}/days/preview")]
    public async Task<IActionResult> Preview(string id, [FromForm] DayEdit edit, CancellationToken cancellationToken) =>
        await calendars.PreviewAsync(id, edit, User, cancellationToken) is { } preview
            ? PartialView("_LimitPreview", preview)
            : NotFound();

    /// <summary>Applies; <paramref name="step"/> <c>preview</c> only shows, for readers without script.</summary>
    [HttpPost("{id}/days")]
    public async Task<IActionResult> Apply(string id, string? step, [FromForm] DayEdit edit, CancellationToken cancellationToken)
    {
        var answer = step == "preview" ? null : await calendars.ApplyAsync(id, edit, User, cancellationToken);
        var day = edit.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (answer?.Result == ActionEnd.Done)
        {
            return RedirectToAction(nameof(Index), new { id, day, said = "applied" });
        }

        var page = answer?.Result == ActionEnd.NotFound
            ? null
            : await calendars.GetAsync(id, edit.Day.Year, edit.Day, User, cancellationToken);
        var preview = await calendars.PreviewAsync(id, edit, User, cancellationToken);
        if (page?.Day is not { } panel || preview is null)
        {
            return NotFound();
        }

        var shown = page with
        {
            Day = panel with
            {
                Edit = edit,
                Preview = preview,
                Errors = answer?.Errors ?? panel.Errors,
                Note = answer?.Message is { } message ? new Note(NoteKind.Late, message) : null,
            },
        };
        return answer is null
            ? View(nameof(Index), shown)
            : this.Again(nameof(Index), shown, answer, $"/calendars/{Uri.EscapeDataString(id)}?day={day}");
    }

    /// <summary>Changes the weekly hours and how far the calendar is published.</summary>
    [HttpPost("{id}/week")]
    public async Task<IActionResult> Week(string id, string? version, [FromServices] ICalendarWeeks weeks, CancellationToken cancellationToken)
    {
        var answers = FormAnswers.Read(await Request.ReadFormAsync(cancellationToken));
        var answer = await weeks.ChangeAsync(id, version, answers, User, cancellationToken);
        if (answer.Result == ActionEnd.Done)
        {
            return RedirectToAction(nameof(Index), new { id, said = "applied" });
        }

        var page = answer.Result == ActionEnd.NotFound ? null : await calendars.GetAsync(id, null, null, User, cancellationToken);
        if (page?.Hours is not { } hours)
        {
            return NotFound();
        }

        var form = hours.Form with { Fields = answers.Fill(hours.Form.Fields, answer.Errors), Error = answer.Message };
        var shown = page with { Hours = hours with { Form = form, Open = true } };
        return this.Again(nameof(Index), shown, answer, $"/calendars/{Uri.EscapeDataString(id)}");
    }
}

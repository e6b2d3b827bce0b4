using System.Globalization;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>Working calendars: holidays and make-up days.</summary>
[Route("calendars")]
public sealed class CalendarsController(ICalendarPages calendars, IStringLocalizer<CalendarsText> text) : Controller
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

    /// <summary>Changes the weekly hours and how far the calendar is published; <paramref name="step"/> <c>preview</c> shows first what that moves.</summary>
    [HttpPost("{id}/week")]
    public async Task<IActionResult> Week(string id, string? version, string? step, [FromServices] ICalendarWeeks weeks, CancellationToken cancellationToken)
    {
        var answers = FormAnswers.Read(await Request.ReadFormAsync(cancellationToken));
        var page = await calendars.GetAsync(id, null, null, User, cancellationToken);
        if (page?.Hours is not { } hours)
        {
            return NotFound();
        }

        if (step == "preview" && await weeks.PreviewAsync(id, answers, User, cancellationToken) is { } preview)
        {
            return View("Change", ChangeOf(page, answers, preview));
        }

        var answer = await weeks.ChangeAsync(id, version, answers, User, cancellationToken);
        if (answer.Result == ActionEnd.Done)
        {
            return RedirectToAction(nameof(Index), new { id, said = "applied" });
        }

        if (answer.Result == ActionEnd.NotFound)
        {
            return NotFound();
        }

        var form = hours.Form with { Fields = answers.Fill(hours.Form.Fields, answer.Errors), Error = answer.Message };
        var shown = page with { Hours = hours with { Form = form, Open = true } };
        return this.Again(nameof(Index), shown, answer, $"/calendars/{Uri.EscapeDataString(id)}");
    }

    private ChangePage ChangeOf(CalendarPage page, FormAnswers answers, LimitPreview preview) => new(
        page.Id, page.Name, text["HoursTitle"], $"/calendars/{Uri.EscapeDataString(page.Id)}/week",
        [.. answers.Values.Where(one => one.Key != WeekInput.ReasonField).Select(one => KeyValuePair.Create("f." + one.Key, one.Value.Count > 0 ? one.Value[0] : ""))],
        preview)
    {
        Reason = answers.Values.GetValueOrDefault(WeekInput.ReasonField) is [var reason, ..] ? reason : null,
        ReasonField = "f." + WeekInput.ReasonField,
    };
}

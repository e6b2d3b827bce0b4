using System.Text;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Clocks.Import;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api.Calendars;

/// <summary>A working calendar.</summary>
public record CalendarBody
{
    public string? Id { get; init; }
    public BilingualText? Name { get; init; }

    /// <summary>IANA time zone.</summary>
    public string? Zone { get; init; }

    /// <summary>Working spans by weekday, <c>mon</c> to <c>sun</c>; an absent day is off.</summary>
    public Dictionary<string, string[][]>? Week { get; init; }

    public IReadOnlyList<DateOnly>? Holidays { get; init; }

    /// <summary>Days worked although the week says off.</summary>
    public IReadOnlyList<DateOnly>? MakeUpDays { get; init; }

    /// <summary>Days with hours of their own.</summary>
    public Dictionary<DateOnly, string[][]>? SpecialDays { get; init; }

    /// <summary>Make-up days worked by the hours of a weekday, <c>mon</c> to <c>sun</c>.</summary>
    public Dictionary<DateOnly, string>? MakeUpAs { get; init; }

    /// <summary>The last date whose holidays are known.</summary>
    public DateOnly? PublishedThrough { get; init; }

    /// <summary>What holidays and make-up days are called.</summary>
    public Dictionary<DateOnly, string>? Names { get; init; }

    /// <summary>Rises with every change; told, not taken.</summary>
    public int? Version { get; init; }

    /// <summary>Why it changes, for the audit record; taken, not told.</summary>
    public string? Reason { get; init; }
}

/// <summary>A calendar as it is, or would be, after a change.</summary>
public sealed record CalendarChangeAnswer : CalendarBody
{
    /// <summary>Running clocks whose due time moves.</summary>
    public required IReadOnlyList<MovedDueTime> Affected { get; init; }

    /// <summary>How many cases move that the caller may not know of, "fewer than 5" below five; absent where there are none.</summary>
    public string? Restricted { get; init; }

    /// <summary>The audit entry of the change; absent for a preview.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Applied { get; init; }
}

/// <summary>A running clock whose due time a change of calendars moves.</summary>
/// <param name="LateAtOnce">The new due time has passed already.</param>
/// <param name="Provisional">The new due time rests on days whose holidays are not yet published.</param>
public sealed record MovedDueTime(
    Guid Complaint, string Number, string Clock, DateTimeOffset? OldDue, DateTimeOffset? NewDue, bool LateAtOnce, bool Provisional);

/// <summary>Working calendars.</summary>
[Route("api/v1/calendars/{id}"), Tags("Calendars")]
public sealed partial class CalendarsController(CaseManagementDbContext db, ApiCases allowed, CalendarChanges changes) : ApiController
{
    public static readonly Rule NoCalendar = new("calendar-missing", "There is no such calendar.");

    private const int MaxReason = 1_000;

    /// <summary>A calendar as it counts now.</summary>
    [HttpGet, ApiAccess(ApiScopes.ProcessesRead, ApiRoles.Anyone)]
    [ProducesResponseType<CalendarBody>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> Get(string id, CancellationToken cancellationToken)
    {
        var stored = await FindAsync(id, cancellationToken);
        return JsonAnswers.Json(BodyOf<CalendarBody>(new(), WorkCalendarDocument.Parse(stored.Json), id, new(stored.NameZh, stored.NameEn), stored.Version));
    }

    /// <summary>Replaces a calendar, or brings in a new one. Running clocks are counted again in the same commit; with <c>preview</c> nothing is stored.</summary>
    [HttpPut, ApiAccess(ApiScopes.LimitsWrite, ApiRoles.Administrator)]
    [ProducesResponseType<CalendarChangeAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> Put(string id, [FromBody] CalendarBody body, [FromQuery] bool preview, CancellationToken cancellationToken)
    {
        if (!KeyText().IsMatch(id))
        {
            throw new InvalidInputException([new InputProblem("id", "key-unusable", "A key is small letters, digits and hyphens, 50 at most.")]);
        }

        var calendar = WorkCalendar.From(id, new WorkCalendarDocument
        {
            Id = body.Id,
            Zone = body.Zone,
            Week = body.Week,
            Holidays = body.Holidays,
            MakeUpDays = body.MakeUpDays,
            MakeUpAs = body.MakeUpAs,
            SpecialDays = body.SpecialDays,
            PublishedThrough = body.PublishedThrough,
            Names = body.Names,
        });
        return await ChangeAsync(new CalendarChange(calendar, body.Name, body.Reason), preview, cancellationToken);
    }

    /// <summary>
    /// Brings days in from an <c>.ics</c> file or from JSON: a calendar's holidays and make-up days, or a year as chinese-days writes it. Where names
    /// of events mark days off or worked, the others are left out; where none does, all are days off.
    /// </summary>
    /// <param name="id">The calendar the days come into.</param>
    /// <param name="replaceYears">The years of these days lose the holidays and make-up days they had; true unless said otherwise.</param>
    /// <param name="preview">Tells what it would do; nothing is stored.</param>
    /// <param name="reason">Why, for the audit record.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    [HttpPost("import"), ApiAccess(ApiScopes.LimitsWrite, ApiRoles.Administrator)]
    [Consumes("text/calendar", "application/json")]
    [ProducesResponseType<CalendarChangeAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> Import(
        string id, [FromQuery] bool preview, [FromQuery] string? reason, CancellationToken cancellationToken, [FromQuery] bool replaceYears = true)
    {
        var stored = await FindAsync(id, cancellationToken);
        var body = await RequestBody.ReadAsync(HttpContext);
        var file = HolidayFiles.Read(Text(body.Bytes));
        var calendar = WorkCalendar.From(
            id, HolidayImport.Merge(WorkCalendarDocument.Parse(stored.Json) with { Id = null }, file, replaceYears, LaterOf(stored, file)));
        return await ChangeAsync(new CalendarChange(calendar, null, reason) { Seen = stored.Version }, preview, cancellationToken);
    }

    private async Task<IActionResult> ChangeAsync(CalendarChange change, bool preview, CancellationToken cancellationToken)
    {
        if (change.Reason?.Length > MaxReason)
        {
            throw new InvalidInputException([new InputProblem("reason", "too-long", $"At most {MaxReason} characters.")]);
        }

        var stored = await CalendarChanges.LatestAsync(db, change.Calendar.Id, cancellationToken);
        var applied = preview
            ? new AppliedCalendars("", await changes.PreviewAsync(change.Calendar, cancellationToken), stored)
            : await changes.ApplyAsync(change, Caller.Performer, cancellationToken)
                ?? throw new Problems.ApiProblemException(StatusCodes.Status409Conflict, "calendar-changed", "Somebody has just changed this calendar; nothing was changed.");
        var name = change.Name ?? (applied.Stored is { } named ? new BilingualText(named.NameZh, named.NameEn) : new BilingualText(change.Calendar.Id, change.Calendar.Id));
        var moved = applied.Moved.Where(one => one.IsDueElsewhen).ToList();
        var known = await allowed.KnownAsync(Caller, [.. moved.Select(one => one.CaseId)], cancellationToken);
        return JsonAnswers.Json(BodyOf(
            new CalendarChangeAnswer
            {
                Affected = [.. moved.Where(one => known.Contains(one.CaseId)).Select(AnswerOf)],
                Restricted = new RestrictedCount(moved.Where(one => !known.Contains(one.CaseId)).DistinctBy(one => one.CaseId).Count()).Told,
                Applied = preview ? null : applied.Entry,
            },
            change.Calendar.ToDocument(), change.Calendar.Id, name, applied.Stored?.Version));
    }

    private async Task<CalendarVersion> FindAsync(string id, CancellationToken cancellationToken) =>
        await CalendarChanges.LatestAsync(db, id, cancellationToken)
            ?? throw new Problems.ApiProblemException(StatusCodes.Status404NotFound, NoCalendar.Code, NoCalendar.Message);

    private static DateOnly? LaterOf(CalendarVersion stored, HolidayFile file) =>
        WorkCalendarDocument.Parse(stored.Json).PublishedThrough is { } known && known >= file.PublishedThrough ? known : file.PublishedThrough;

    private static string Text(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidTimeRuleException("ics.unreadable", "The file is not UTF-8 text.");
        }
    }

    private static MovedDueTime AnswerOf(MovedClock one) => new(
        one.CaseId, one.Number, one.Counted.Clock.Key, one.Counted.OldDueAt, one.Counted.NewDueAt, one.Counted.IsLateAtOnce, one.Counted.Clock.Provisional);

    private static T BodyOf<T>(T answer, WorkCalendarDocument document, string id, BilingualText name, int? version)
        where T : CalendarBody => (T)(answer with
        {
            Id = id,
            Name = name,
            Zone = document.Zone,
            Week = document.Week?.ToDictionary(d => d.Key, d => d.Value),
            Holidays = document.Holidays ?? [],
            MakeUpDays = document.MakeUpDays ?? [],
            MakeUpAs = document.MakeUpAs?.ToDictionary(d => d.Key, d => d.Value),
            SpecialDays = document.SpecialDays?.ToDictionary(d => d.Key, d => d.Value),
            PublishedThrough = document.PublishedThrough,
            Names = document.Names?.ToDictionary(d => d.Key, d => d.Value),
            Version = version,
        });

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,49}\z", RegexOptions.NonBacktracking)]
    private static partial Regex KeyText();
}

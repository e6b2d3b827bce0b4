using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Clocks;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>Weekly hours as typed: "09:00-12:00, 13:00-18:00" by weekday, empty for a day off.</summary>
internal sealed partial class WeekInput(FormAnswers answers, CalendarWords words, IStringLocalizer<CalendarsText> text)
{
    public const string PublishedThrough = "publishedThrough";
    public const string Zone = "zone";
    public const string ReasonField = "reason";
    private const int LongestReason = 1_000;
    private const int LongestHours = 200;

    private readonly Dictionary<string, string> _errors = new(StringComparer.Ordinal);

    /// <summary>What is wrong with which field.</summary>
    public IReadOnlyDictionary<string, string> Errors => _errors;

    public string Reason { get; } = Typed(answers, ReasonField);

    /// <summary>The calendar with the hours typed; what cannot be used is among <see cref="Errors"/>.</summary>
    public CalendarDraft ApplyTo(CalendarDraft draft)
    {
        var week = new Dictionary<string, string[][]>(StringComparer.Ordinal);
        foreach (var (key, _) in CalendarWords.Weekdays)
        {
            week[key] = Hours(key);
        }

        if (Reason.Length is 0 or > LongestReason)
        {
            _errors[ReasonField] = Reason.Length == 0 ? text["ReasonMissing"] : text["ReasonTooLong", LongestReason];
        }

        DateOnly? through = null;
        if (Typed(answers, PublishedThrough) is { Length: > 0 } typed)
        {
            if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1900 and <= 2400)
            {
                through = date;
            }
            else
            {
                _errors[PublishedThrough] = text["DateOutOfRange"];
            }
        }

        var zone = draft.Document.Zone;
        if (Typed(answers, Zone) is { Length: > 0 } named)
        {
            if (NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(named) is null)
            {
                _errors[Zone] = text["ZoneUnknown"];
            }

            zone = named;
        }

        return draft with { Document = draft.Document with { Zone = zone, Week = week, PublishedThrough = through } };
    }

    private string[][] Hours(string day)
    {
        var (read, error) = Hours(Typed(answers, day), words, text);
        if (error is not null)
        {
            _errors[day] = error;
        }

        return read;
    }

    /// <summary>Hours as typed; none for an empty text.</summary>
    /// <param name="typed">"09:00-12:00, 13:00-18:00".</param>
    /// <param name="words">Says what is wrong.</param>
    /// <param name="text">Says what is wrong.</param>
    public static (string[][] Read, string? Error) Hours(string typed, CalendarWords words, IStringLocalizer<CalendarsText> text)
    {
        // full-width digits and punctuation count as their plain forms
        var plain = typed.Length <= LongestHours ? typed.Normalize(NormalizationForm.FormKC).Trim() : "?";
        if (plain.Length == 0)
        {
            return ([], null);
        }

        var spans = plain.Split([',', ';', '、'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(span => Span().Match(span)).ToList();
        if (spans.Count == 0 || spans.Exists(span => !span.Success))
        {
            return ([], text["SpanUnreadable"]);
        }

        string[][] read = [.. spans.Select(span => new[] { Time(span.Groups[1].Value), Time(span.Groups[2].Value) })];
        try
        {
            // the day by itself, so that what is wrong is said beside it
            _ = WorkCalendar.From("day", new WorkCalendarDocument { Zone = "UTC", Week = new Dictionary<string, string[][]> { ["mon"] = read } });
            return (read, null);
        }
        catch (InvalidTimeRuleException refused)
        {
            return ([], words.Refusal(refused));
        }
    }

    private static string Time(string typed) => typed.Length == 4 ? "0" + typed : typed;

    private static string Typed(FormAnswers answers, string field) => answers.Values.GetValueOrDefault(field) is [var typed, ..] ? typed.Trim() : "";

    [GeneratedRegex(@"^(\d{1,2}:\d{2}) ?[-–—~] ?(\d{1,2}:\d{2})\z", RegexOptions.NonBacktracking)]
    private static partial Regex Span();
}

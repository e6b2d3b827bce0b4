using System.Globalization;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Clocks.Import;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>Says weekly hours, holidays and what is wrong with a calendar in the reader's language.</summary>
internal sealed class CalendarWords(IStringLocalizer<CalendarsText> text, IStringLocalizer<SharedText> shared)
{
    /// <summary>Weekdays from Monday, as a calendar's document names them.</summary>
    public static readonly IReadOnlyList<(string Key, DayOfWeek Day)> Weekdays =
    [
        ("mon", DayOfWeek.Monday), ("tue", DayOfWeek.Tuesday), ("wed", DayOfWeek.Wednesday), ("thu", DayOfWeek.Thursday),
        ("fri", DayOfWeek.Friday), ("sat", DayOfWeek.Saturday), ("sun", DayOfWeek.Sunday),
    ];

    public string Weekday(DayOfWeek day) => shared[$"Weekday{(int)day}"];

    /// <summary>The week, days of the same hours together.</summary>
    public IReadOnlyList<WeekLine> Week(WorkCalendarDocument document)
    {
        var days = Weekdays.Select(day => (day.Day, Spans: document.Week?.GetValueOrDefault(day.Key) ?? [])).ToList();
        var lines = new List<WeekLine>();
        for (var first = 0; first < days.Count;)
        {
            var hours = Hours(days[first].Spans);
            var last = first;
            while (last + 1 < days.Count && Hours(days[last + 1].Spans) == hours)
            {
                last++;
            }

            var name = first == last ? Weekday(days[first].Day) : text["WeekdayRange", Weekday(days[first].Day), Weekday(days[last].Day)];
            lines.Add(new WeekLine(name, hours.Length == 0 ? text["DayOff"] : hours, text["HoursADay", Length(days[first].Spans).TotalHours.ToString("0.##", CultureInfo.InvariantCulture)]));
            first = last + 1;
        }

        return lines;
    }

    /// <summary>Hours as people type them: "09:00-12:00, 13:00-18:00".</summary>
    public static string Typed(string[][]? spans) => string.Join(", ", (spans ?? []).Select(span => $"{span[0]}-{span[1]}"));

    /// <summary>Holidays of a year in runs, each with the make-up days nearest to it.</summary>
    public IReadOnlyList<HolidayLine> Holidays(CalendarDraft draft, WorkCalendar calendar, int year)
    {
        var runs = new List<(string? Name, DateOnly From, DateOnly To)>();
        foreach (var day in (draft.Document.Holidays ?? []).Where(day => day.Year == year).Order())
        {
            var name = draft.Names.GetValueOrDefault(day);
            if (runs is [.., { } last] && last.To.AddDays(1) == day && (name is null || last.Name is null || name == last.Name))
            {
                runs[^1] = (last.Name ?? name, last.From, day);
            }
            else
            {
                runs.Add((name, day, day));
            }
        }

        var made = (draft.Document.MakeUpDays ?? []).Where(day => day.Year == year && calendar.IsMakeUpDay(day)).Order()
            .Where(_ => runs.Count > 0)
            .ToLookup(day => runs.MinBy(run => Math.Min(Math.Abs(run.From.DayNumber - day.DayNumber), Math.Abs(run.To.DayNumber - day.DayNumber))));
        return [.. runs.Select(run => new HolidayLine(run.Name ?? text["LookHoliday"], run.From, run.To, [.. made[run]]))];
    }

    /// <summary>What keeps a calendar from being counted with.</summary>
    public string Refusal(InvalidTimeRuleException refused) => refused.Code switch
    {
        "calendar.no-working-time" => text["NoWorkingTime"],
        "calendar.span-reversed" => text["SpanReversed"],
        "calendar.spans-overlap" => text["SpansOverlap"],
        "calendar.too-many-spans" => text["TooManySpans", WorkCalendar.MaxSpansPerDay],
        "calendar.span-unreadable" => text["SpanUnreadable"],
        "calendar.date-out-of-range" => text["DateOutOfRange"],
        "calendar.too-many-dates" => text["TooManyDates", WorkCalendar.MaxDates],
        "calendar.made-up-as-day-off" or "calendar.not-made-up" or "calendar.day-unknown" => text["NoSuchWeekday"],
        "calendar.name-too-long" => text["NameTooLong", WorkCalendar.MaxName],
        "calendar.zone-unknown" => text["ZoneUnknown"],
        "ics.unreadable" => text["FileUnreadable"],
        "ics.no-days" => text["FileWithoutDays"],
        "ics.recurring" => text["FileRecurs", refused.Args.Count > 0 ? refused.Args[0] : ""],
        "ics.too-long" => text["FileTooLong"],
        "ics.too-many-events" => text["FileTooMany", HolidayFile.MaxEvents],
        "ics.date-unreadable" => text["DateOutOfRange"],
        "ics.event-too-long" => text["FileEventTooLong", HolidayFile.MaxDays],
        _ => text["CalendarUnusable", refused.Code],
    };

    private static string Hours(string[][] spans) => string.Join(", ", spans.Select(span => $"{span[0]} – {span[1]}"));

    private static TimeSpan Length(string[][] spans) => spans.Aggregate(TimeSpan.Zero, (sum, span) => sum + (Time(span[1]) - Time(span[0])));

    private static TimeSpan Time(string text) =>
        text == "24:00" ? TimeSpan.FromDays(1) : TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture).ToTimeSpan();
}

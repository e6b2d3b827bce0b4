using System.Globalization;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>A calendar as its page shows it: the sheet of days, the form of its hours, what a changed day does to a limit.</summary>
internal sealed class CalendarSheet(CalendarWords words, IStringLocalizer<CalendarsText> text)
{
    private const int ExampleDays = 5;
    private static readonly TimeOnly ExampleTime = new(10, 0);

    public static CalendarMonth Month(CalendarDraft draft, WorkCalendar calendar, int year, int month, DateOnly today) => new(
        new DateOnly(year, month, 1),
        [.. Enumerable.Range(1, DateTime.DaysInMonth(year, month)).Select(day => Day(draft, calendar, new DateOnly(year, month, day), today))]);

    public static CalendarDay Day(CalendarDraft draft, WorkCalendar calendar, DateOnly day, DateOnly today)
    {
        var look = calendar.IsHoliday(day) ? CalendarDayLook.Holiday
            : calendar.IsMakeUpDay(day) ? CalendarDayLook.MakeUp
            : draft.Document.SpecialDays?.ContainsKey(day) == true ? CalendarDayLook.OwnHours
            : day > calendar.PublishedThrough ? CalendarDayLook.Unpublished
            : calendar.IsWorkingDay(day) ? CalendarDayLook.Working
            : CalendarDayLook.Weekend;
        return new CalendarDay(day, look, day == today, draft.Names.GetValueOrDefault(day));
    }

    /// <summary>What the week alone makes of a day.</summary>
    public static CalendarDayLook ByTheWeek(CalendarDraft draft, DateOnly day)
    {
        var key = CalendarWords.Weekdays.First(one => one.Day == day.DayOfWeek).Key;
        return draft.Document.Week?.GetValueOrDefault(key) is { Length: > 0 } ? CalendarDayLook.Working : CalendarDayLook.Weekend;
    }

    /// <summary>Said where the year shown is not published to its end.</summary>
    /// <param name="calendar">The calendar.</param>
    /// <param name="year">The year shown.</param>
    /// <param name="provisional">Open cases whose due time is provisional.</param>
    public Note? Unpublished(WorkCalendar calendar, int year, int provisional)
    {
        if (calendar.PublishedThrough is not { } through || (through >= new DateOnly(year, 12, 31) && provisional == 0))
        {
            return null;
        }

        var said = text["NotPublished", DateText.Of(through, CultureInfo.CurrentUICulture.Name, withYear: true)];
        return new Note(NoteKind.Warning, provisional == 0 ? said : said + text["ProvisionalNow", provisional]);
    }

    /// <summary>The fields of the weekly hours, how far the calendar is published, and the reason.</summary>
    public FormPage Form(WorkCalendarDocument document) => new()
    {
        Id = "week",
        Fields =
        [
            .. CalendarWords.Weekdays.Select(day => new FormField
            {
                Key = day.Key,
                Label = words.Weekday(day.Day),
                Type = FieldType.Text,
                Values = [CalendarWords.Typed(document.Week?.GetValueOrDefault(day.Key))],
                Help = day.Day == DayOfWeek.Monday ? text["HoursHelp"].Value : null,
            }),
            new FormField { Key = WeekInput.Zone, Label = text["Zone"], Type = FieldType.Text, Values = [document.Zone ?? ""], Help = text["ZoneHelp"], Required = true },
            new FormField
            {
                Key = WeekInput.PublishedThrough,
                Label = text["PublishedThrough"],
                Type = FieldType.Date,
                Values = document.PublishedThrough is { } through ? [through.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)] : [],
                Help = text["PublishedThroughHelp"],
            },
            new FormField { Key = WeekInput.ReasonField, Label = text["ReasonKept"], Type = FieldType.Text, Required = true, Wide = true },
        ],
    };

    /// <summary>When five working days that begin before the day end, before and after the change.</summary>
    public IReadOnlyList<SentencePart> Example(WorkCalendar before, WorkCalendar after, DateOnly day)
    {
        var language = CultureInfo.CurrentUICulture.Name;
        var limit = new TimeLimit { Key = "example", ClockKey = "example", Name = new BilingualText("", ""), Unit = LimitUnit.WorkingDays, Amount = ExampleDays };
        try
        {
            var startedAt = before.At(before.AddWorkingDays(day, -1), ExampleTime);
            var (old, now) = (DueTime.Compute(limit, startedAt, before).DueAt!.Value, DueTime.Compute(limit, startedAt, after).DueAt!.Value);
            var start = DateText.Of(startedAt, before, language);
            return old == now
                ? [new(text["ExampleSame", limit.Budget!.Value.ToText(language), start]), new(DateText.Of(now, after, language), Key: true), new(text["FullStop"])]
                :
                [
                    new(text["ExampleMoves", limit.Budget!.Value.ToText(language), start, DateText.Of(old, before, language)]),
                    new(DateText.Of(now, after, language), Key: true),
                    new(text["FullStop"]),
                ];
        }
        catch (InvalidTimeRuleException)
        {
            return [new(text["DateOutOfRange"])];
        }
    }
}

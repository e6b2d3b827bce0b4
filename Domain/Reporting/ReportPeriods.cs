using System.Globalization;
using CaseManagement.Domain.Figures;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Reporting;

/// <summary>Periods of reports, and the moments in them.</summary>
public static class ReportPeriods
{
    /// <summary>The longest time one report may cover, in days.</summary>
    public const int Longest = 400;

    /// <summary>The period a day lies in; weeks begin on Monday.</summary>
    public static CalendarPeriod Of(ReportPeriod period, DateOnly day)
    {
        switch (period)
        {
            case ReportPeriod.Day:
                return new CalendarPeriod(day, day);
            case ReportPeriod.Week:
                var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
                return new CalendarPeriod(monday, monday.AddDays(6));
            case ReportPeriod.Month:
                return CalendarPeriod.MonthOf(day);
            case ReportPeriod.Quarter:
                var first = new DateOnly(day.Year, 1 + (3 * ((day.Month - 1) / 3)), 1);
                return new CalendarPeriod(first, first.AddMonths(3).AddDays(-1));
            default:
                return new CalendarPeriod(new DateOnly(day.Year, 1, 1), new DateOnly(day.Year, 12, 31));
        }
    }

    /// <summary>The period before one.</summary>
    public static CalendarPeriod Before(ReportPeriod period, CalendarPeriod one) => Of(period, one.From.AddDays(-1));

    /// <summary>The day of a period by its number from 1; one past the end is the last.</summary>
    public static DateOnly DayIn(CalendarPeriod period, int number)
    {
        var day = period.From.AddDays(Math.Max(1, number) - 1);
        return day > period.Through ? period.Through : day;
    }

    /// <summary>
    /// The period a report is about that is asked for on a day without saying which: as somebody's duty it is about the period in which it falls due, else about the one before.
    /// </summary>
    public static CalendarPeriod AskedOn(Report report, DateOnly day)
    {
        var now = Of(report.Period, day);
        return report.Task is null ? Before(report.Period, now) : now;
    }

    /// <summary>When the duty of a report falls due in a period, in local time: as its task says, <c>30</c> or <c>30 17:00</c>, else as the report does.</summary>
    public static (DateOnly Day, TimeOnly Time) DueIn(Report report, CalendarPeriod period)
    {
        var words = (report.Task?.Due ?? "").Split([' ', '"', '{', '}', ',', ':'], StringSplitOptions.RemoveEmptyEntries);
        var number = words.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is > 0 and <= 366 ? day : 0).FirstOrDefault(day => day > 0);
        var said = (report.Task?.Due ?? "").Split(' ', '"').Select(word => TimeOnly.TryParseExact(word, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : (TimeOnly?)null)
            .FirstOrDefault(at => at is not null);
        return (DayIn(period, number > 0 ? number : report.At.Day), said ?? (number > 0 ? new TimeOnly(23, 59) : report.At.Time));
    }
}

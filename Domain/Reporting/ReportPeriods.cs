using CaseManagement.Domain.Figures;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Reporting;

/// <summary>One occurrence of a report.</summary>
/// <param name="About">The days it covers; no two occurrences have the same.</param>
/// <param name="OpensOn">The day from which a duty is seen.</param>
/// <param name="MadeOn">The day on which it is made, or is to be done.</param>
/// <param name="MadeAt">The time of that day, in the zone of the process.</param>
public sealed record ReportOccurrence(CalendarPeriod About, DateOnly OpensOn, DateOnly MadeOn, TimeOnly MadeAt);

/// <summary>Periods of reports, and the moments in them. Reports are taken as they are with the readings that were chosen (<see cref="Report.In"/>).</summary>
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
    /// The occurrence that is made in a period. It is about the period whose end is nearest to when it is made: statistics of the 30th are about that month, those of the
    /// first about the month before, the look through the log at nine in the morning about yesterday. Where a duty is due at another time than the report is made, that counts.
    /// </summary>
    public static ReportOccurrence MadeIn(Report report, CalendarPeriod period)
    {
        var moment = report.Task?.Due ?? report.At;
        var day = DayIn(period, moment.Day);
        var (start, end) = (period.From.ToDateTime(TimeOnly.MinValue), period.Through.AddDays(1).ToDateTime(TimeOnly.MinValue));
        var made = day.ToDateTime(moment.Time);
        return new ReportOccurrence(made - start < end - made ? Before(report.Period, period) : period, period.From, day, moment.Time);
    }

    /// <summary>The occurrences made in the periods from one day to another, oldest first.</summary>
    /// <param name="report">The report.</param>
    /// <param name="from">A day of the first of these periods.</param>
    /// <param name="through">A day of the last.</param>
    /// <param name="most">So many at most, the newest.</param>
    public static IReadOnlyList<ReportOccurrence> Between(Report report, DateOnly from, DateOnly through, int most)
    {
        var found = new List<ReportOccurrence>();
        for (var period = Of(report.Period, through); period.Through >= from && found.Count < most; period = Before(report.Period, period))
        {
            found.Add(MadeIn(report, period));
        }

        found.Reverse();
        return found;
    }

    /// <summary>The period a report is about that is asked for on a day without saying which: the one that is made in the period the day lies in.</summary>
    public static CalendarPeriod AskedOn(Report report, DateOnly day) => MadeIn(report, Of(report.Period, day)).About;
}

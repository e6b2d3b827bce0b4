using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Clocks;

/// <summary>Short texts for badges, in the limit's own unit: "剩 3 时 40 分", "2 h 10 m late", "3 wd 3 h left". Full minutes, rounded down.</summary>
public static class DurationText
{
    private static readonly BilingualText WorkingDay = new("个工作日", "wd");
    private static readonly BilingualText WorkingHour = new("工作时", "wh");
    private static readonly BilingualText Day = new("天", "d");
    private static readonly BilingualText Hour = new("时", "h");
    private static readonly BilingualText Minute = new("分", "m");

    /// <summary>
    /// How much is left until a due time, or how late it is; for working units told in working time. At most <paramref name="parts"/> parts are
    /// written, largest first: 2 in lists, 3 on the case.
    /// </summary>
    public static string Remaining(
        LimitUnit unit, DateTimeOffset dueAt, DateTimeOffset now, WorkCalendar calendar, string culture, int parts = 2)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var late = now >= dueAt + Clock.Grace;
        if (now >= dueAt && !late)
        {
            return new BilingualText("现在到期", "due now").In(culture);
        }

        var (from, to) = late ? (dueAt, now) : (now, dueAt);
        var text = unit switch
        {
            LimitUnit.WorkingDays => WorkingDays(from, to, calendar, culture, parts),
            LimitUnit.WorkingHours => Text(culture, parts, Hours(calendar.WorkingTimeBetween(from, to), WorkingHour)),
            LimitUnit.Minutes or LimitUnit.Hours => Text(culture, parts, Hours(to - from, Hour)),
            _ => Elapsed(to - from, culture, parts),
        };
        return (late ? new BilingualText("超时" + Spaced(text), $"{text} late") : new BilingualText("剩" + Spaced(text), $"{text} left")).In(culture);
    }

    /// <summary>How long something without a due time has been open: "已 35 分", "35 m old".</summary>
    public static string Age(DateTimeOffset startedAt, DateTimeOffset now, string culture, int parts = 2)
    {
        var text = Elapsed(now > startedAt ? now - startedAt : TimeSpan.Zero, culture, parts);
        return new BilingualText("已" + Spaced(text), $"{text} old").In(culture);
    }

    /// <summary>Elapsed time: "1 天 3 时", "1 d 3 h".</summary>
    public static string Elapsed(TimeSpan time, string culture, int parts = 2) =>
        Text(culture, parts, [(time.Days, Day), (time.Hours, Hour), (time.Minutes, Minute)]);

    /// <summary>Working time, whole ordinary working days first: "1 个工作日 2 工作时".</summary>
    internal static string WorkingTime(TimeSpan time, TimeSpan ordinaryDay, string culture, int parts = 2)
    {
        var days = ordinaryDay > TimeSpan.Zero ? (int)(time / ordinaryDay) : 0;
        return Text(culture, parts, [(days, WorkingDay), .. Hours(time - (days * ordinaryDay), WorkingHour)]);
    }

    private static string WorkingDays(
        DateTimeOffset from, DateTimeOffset to, WorkCalendar calendar, string culture, int parts)
    {
        // Whole days first, then the working time left over on the two days at the ends.
        var (first, last) = (calendar.DateOf(from), calendar.DateOf(to));
        var days = 0;
        var rest = TimeSpan.Zero;
        for (var date = first; date <= last; date = date.AddDays(1))
        {
            var all = calendar.WorkingTimeBetween(calendar.StartOfDay(date), calendar.StartOfDay(date.AddDays(1)));
            var begin = date == first ? from : calendar.StartOfDay(date);
            var here = calendar.WorkingTimeBetween(begin, date == last ? to : calendar.StartOfDay(date.AddDays(1)));
            if (all > TimeSpan.Zero && here == all)
            {
                days++;
            }
            else
            {
                rest += here;
            }
        }

        var more = calendar.OrdinaryDay > TimeSpan.Zero ? (int)(rest / calendar.OrdinaryDay) : 0;
        return Text(culture, parts, [(days + more, WorkingDay), .. Hours(rest - (more * calendar.OrdinaryDay), Hour)]);
    }

    // Chinese puts a space before a figure, not before a word.
    private static string Spaced(string text) => char.IsAsciiDigit(text[0]) ? " " + text : text;

    private static (int Count, BilingualText Unit)[] Hours(TimeSpan time, BilingualText hour) =>
        [((int)time.TotalHours, hour), (time.Minutes, Minute)];

    private static string Text(string culture, int parts, (int Count, BilingualText Unit)[] counted)
    {
        var shown = counted.SkipWhile(part => part.Count == 0).Take(Math.Max(1, parts)).Where(part => part.Count > 0);
        var text = string.Join(' ', shown.Select(part => $"{part.Count} {part.Unit.In(culture)}"));
        return text.Length > 0 ? text : new BilingualText("不足 1 分", "under 1 m").In(culture);
    }
}

using System.Globalization;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Clocks;

/// <summary>Dates as people read them: "10 月 15 日（周四）18:00", "Thu 15 Oct 18:00".</summary>
public static class DateText
{
    private const string ChineseDays = "日一二三四五六";

    /// <summary>A date with its weekday.</summary>
    public static string Of(DateOnly date, string culture, bool withYear = false) =>
        BilingualText.IsChinese(culture)
            ? $"{Year(date, withYear, " 年 ")}{date.Month} 月 {date.Day} 日（周{ChineseDays[(int)date.DayOfWeek]}）"
            : date.ToString(withYear ? "ddd d MMM yyyy" : "ddd d MMM", CultureInfo.InvariantCulture);

    /// <summary>A local date and time.</summary>
    public static string Of(DateOnly date, TimeOnly time, string culture, bool withYear = false)
    {
        var space = BilingualText.IsChinese(culture) ? "" : " ";
        return Of(date, culture, withYear) + space + time.ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>An instant in a calendar's zone.</summary>
    public static string Of(DateTimeOffset instant, WorkCalendar calendar, string culture, bool withYear = false) =>
        Of(calendar.DateOf(instant), calendar.TimeOf(instant), culture, withYear);

    /// <summary>"10 月 1–7 日", "30 Sep–3 Oct"; no weekdays.</summary>
    public static string Of(DateRange range, string culture)
    {
        var (from, to) = range;
        var sameMonth = from.Month == to.Month && from.Year == to.Year;
        return (BilingualText.IsChinese(culture), from == to, sameMonth) switch
        {
            (true, true, _) => $"{from.Month} 月 {from.Day} 日",
            (true, _, true) => $"{from.Month} 月 {from.Day}–{to.Day} 日",
            (true, _, _) => $"{from.Month} 月 {from.Day} 日至 {to.Month} 月 {to.Day} 日",
            (_, true, _) => English(from, "d MMM"),
            (_, _, true) => $"{from.Day}–{English(to, "d MMM")}",
            _ => $"{English(from, "d MMM")}–{English(to, "d MMM")}",
        };
    }

    private static string English(DateOnly date, string format) => date.ToString(format, CultureInfo.InvariantCulture);

    private static string Year(DateOnly date, bool withYear, string word) =>
        withYear ? date.Year.ToString(CultureInfo.InvariantCulture) + word : "";
}

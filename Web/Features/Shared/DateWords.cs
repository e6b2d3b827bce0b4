using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.TimeZones;

namespace CaseManagement.Web.Features.Shared;

/// <summary>How much of a moment is said.</summary>
public enum DateStyle
{
    /// <summary>For promises and single facts: "10 月 15 日（周四）18:00", "Thu 15 Oct 18:00".</summary>
    Full,

    /// <summary>Beside a clock: "今天 18:00", "10-15 周四 18:00".</summary>
    Brief,

    /// <summary>In staff lists: "10-15 18:00", "15 Oct 18:00".</summary>
    List,

    /// <summary>The day with its weekday.</summary>
    Day,

    /// <summary>Hour and minute, where the day stands above.</summary>
    Time,
}

/// <summary>Says moments and days in the reader's language, in the zone of the case.</summary>
public sealed class DateWords(IStringLocalizer<SharedText> text, TimeProvider clock)
{
    /// <param name="at">The moment.</param>
    /// <param name="zone">IANA zone.</param>
    /// <param name="style">How much is said; the year is added when it is not the current one.</param>
    /// <exception cref="DateTimeZoneNotFoundException">No such zone.</exception>
    public string Say(DateTimeOffset at, string zone, DateStyle style)
    {
        var local = In(at, zone);
        var time = local.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture);
        var day = local.Date.ToDateOnly();
        var today = Today(zone);
        return style switch
        {
            DateStyle.Time => time,
            DateStyle.Day => Say(day, style, today.Year),
            DateStyle.Brief when day == today => text["TodayAt", time],
            DateStyle.Full => text["DayAt", Say(day, style, today.Year), time],
            _ => $"{Say(day, style, today.Year)} {time}",
        };
    }

    /// <summary>Says a day; the year is added when it is not <paramref name="currentYear"/>.</summary>
    public string Say(DateOnly day, DateStyle style, int currentYear)
    {
        var name = style switch
        {
            DateStyle.Brief => "Brief",
            DateStyle.List => "List",
            _ => "Full",
        };
        var pattern = text[day.Year == currentYear ? $"Date{name}" : $"Date{name}Year"];
        return string.Format(
            CultureInfo.InvariantCulture,
            pattern.Value,
            day.Year,
            day.Month,
            day.Day,
            text[$"Weekday{(int)day.DayOfWeek}"].Value,
            text[$"Month{day.Month}"].Value);
    }

    /// <summary>Today in a zone.</summary>
    public DateOnly Today(string zone) => In(clock.GetUtcNow(), zone).Date.ToDateOnly();

    /// <summary>The day on which a moment falls in a zone.</summary>
    public static DateOnly DayOf(DateTimeOffset at, string zone) => In(at, zone).Date.ToDateOnly();

    /// <summary>The moment a day begins in a zone.</summary>
    public static DateTimeOffset StartOf(DateOnly day, string zone) =>
        DateTimeZoneProviders.Tzdb[zone].AtStartOfDay(LocalDate.FromDateOnly(day)).ToDateTimeOffset().ToUniversalTime();

    private static LocalDateTime In(DateTimeOffset at, string zone) =>
        Instant.FromDateTimeOffset(at).InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime;
}

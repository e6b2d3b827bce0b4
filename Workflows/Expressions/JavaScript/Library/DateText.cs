using System.Globalization;
using System.Text.RegularExpressions;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary>Dates as text and back. Local time is UTC.</summary>
internal static class DateText
{
    // ISO 8601 as ECMA-262 has it; besides, a blank for the T, slashes, and one-digit months and days, as V8 reads them.
    private static readonly Regex Pattern = new(
        "^(?<year>[0-9]{4}|[+-][0-9]{6})(?:[-/](?<month>[0-9]{1,2})(?:[-/](?<day>[0-9]{1,2}))?)?"
        + "(?:[T ](?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2})(?:[.](?<fraction>[0-9]{1,9}))?)?"
        + "(?<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?$",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly string[] Months =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    private static readonly string[] WeekDays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    /// <summary>NaN for text that is no date.</summary>
    public static double Parse(string text)
    {
        var match = text.Length > 64 ? Match.Empty : Pattern.Match(text.Trim());
        if (!match.Success || text.Trim().StartsWith("-000000", StringComparison.Ordinal))
        {
            return double.NaN;
        }

        var month = Part(match, "month", 1);
        var day = Part(match, "day", 1);
        var hour = Part(match, "hour", 0);
        var minute = Part(match, "minute", 0);
        var second = Part(match, "second", 0);
        var millisecond = Math.Floor(Part(match, "fraction", 0) / Math.Pow(10, match.Groups["fraction"].Length - 3));
        var isDay = month is >= 1 and <= 12 && day is >= 1 and <= 31;
        var isTime = minute < 60 && second < 60 && (hour < 24 || (hour == 24 && minute + second + millisecond == 0));
        return isDay && isTime && Zone(match.Groups["zone"].Value) is { } zone
            ? DateMath.FromFields([Part(match, "year", 0), month - 1, day, hour, minute - zone, second, millisecond])
            : double.NaN;
    }

    /// <summary>As in <c>2026-03-01T08:00:00.000Z</c>; null for an invalid date.</summary>
    public static string? ToIso(double time)
    {
        if (double.IsNaN(time))
        {
            return null;
        }

        var f = Array.ConvertAll(DateMath.Fields(time), field => (long)field);
        var year = f[0] is >= 0 and <= 9999 ? $"{f[0]:0000}" : $"{(f[0] < 0 ? '-' : '+')}{Math.Abs(f[0]):000000}";
        return string.Create(
            CultureInfo.InvariantCulture, $"{year}-{f[1] + 1:00}-{f[2]:00}T{f[3]:00}:{f[4]:00}:{f[5]:00}.{f[6]:000}Z");
    }

    /// <summary>What <c>String(date)</c> gives.</summary>
    public static string Format(double time) => double.IsNaN(time)
        ? "Invalid Date"
        : $"{FormatDay(time)} {FormatTime(time)}+0000 (Coordinated Universal Time)";

    public static string FormatDay(double time)
    {
        if (double.IsNaN(time))
        {
            return "Invalid Date";
        }

        var f = DateMath.Fields(time);
        return $"{WeekDays[DateMath.WeekDay(time)]} {Months[(int)f[1]]} {f[2]:00} {FormatYear(f[0])}";
    }

    public static string FormatUtc(double time)
    {
        if (double.IsNaN(time))
        {
            return "Invalid Date";
        }

        var f = DateMath.Fields(time);
        return $"{WeekDays[DateMath.WeekDay(time)]}, {f[2]:00} {Months[(int)f[1]]} {FormatYear(f[0])} {FormatTime(time)}";
    }

    private static string FormatYear(double year) => $"{(year < 0 ? "-" : string.Empty)}{Math.Abs(year):0000}";

    private static string FormatTime(double time)
    {
        var f = DateMath.Fields(time);
        return $"{f[3]:00}:{f[4]:00}:{f[5]:00} GMT";
    }

    private static double Part(Match match, string name, double absent) =>
        match.Groups[name] is { Success: true, Value: var value }
            ? double.Parse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : absent;

    /// <summary>Minutes east of Greenwich; null where there is no such zone.</summary>
    private static double? Zone(string text)
    {
        if (text is "" or "Z")
        {
            return 0;
        }

        var hours = int.Parse(text.AsSpan(1, 2), NumberStyles.None, CultureInfo.InvariantCulture);
        var minutes = int.Parse(text.AsSpan(text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture);
        return hours > 23 || minutes > 59 ? null : (text[0] == '-' ? -1 : 1) * ((hours * 60) + minutes);
    }
}

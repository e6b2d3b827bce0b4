using System.Globalization;

namespace CaseManagement.Workflows.Activities;

/// <summary>
/// A cron expression of five fields (minute, hour, day of month, month, day of week) or six (seconds first):
/// <c>*</c>, numbers, lists, ranges and steps; months and days of the week also as JAN…DEC and SUN…SAT; 7 is Sunday. Days of month
/// and of week must both hold, as in Cronos.
/// </summary>
internal sealed class CronSchedule
{
    private static readonly string[] Months =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly ulong[] _fields;

    private CronSchedule(ulong[] fields) => _fields = fields;

    /// <exception cref="FormatException">The text is no such expression.</exception>
    public static CronSchedule Parse(string text) =>
        TryParse(text, out var schedule) ? schedule! : throw new FormatException($"“{text}” is no cron expression.");

    public static bool TryParse(string text, out CronSchedule? schedule)
    {
        schedule = null;
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length is not (5 or 6))
        {
            return false;
        }

        var offset = parts.Length - 5;
        var fields = new ulong[6];
        fields[0] = 1;
        var valid = (offset == 0 || Field(parts[0], 0, 59, null, 0, out fields[0]))
            & Field(parts[offset], 0, 59, null, 0, out fields[1])
            & Field(parts[offset + 1], 0, 23, null, 0, out fields[2])
            & Field(parts[offset + 2], 1, 31, null, 0, out fields[3])
            & Field(parts[offset + 3], 1, 12, Months, 1, out fields[4])
            & Field(parts[offset + 4], 0, 7, Days, 0, out fields[5]);
        if (!valid)
        {
            return false;
        }

        if (Has(fields[5], 7))
        {
            fields[5] |= 1;
        }

        schedule = new CronSchedule(fields);
        return true;
    }

    /// <summary>The first occurrence after a moment; null when none lies within eight years (29 February).</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var utc = after.ToUniversalTime();
        var at = new DateTimeOffset(utc.Year, utc.Month, utc.Day, utc.Hour, utc.Minute, utc.Second, TimeSpan.Zero).AddSeconds(1);
        var end = at.AddYears(8);
        while (at < end)
        {
            if (!Has(_fields[4], at.Month))
            {
                at = new DateTimeOffset(at.Year, at.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
            }
            else if (!Has(_fields[3], at.Day) || !Has(_fields[5], (int)at.DayOfWeek))
            {
                at = new DateTimeOffset(at.Year, at.Month, at.Day, 0, 0, 0, TimeSpan.Zero).AddDays(1);
            }
            else if (!Has(_fields[2], at.Hour))
            {
                at = new DateTimeOffset(at.Year, at.Month, at.Day, at.Hour, 0, 0, TimeSpan.Zero).AddHours(1);
            }
            else if (!Has(_fields[1], at.Minute))
            {
                at = at.AddSeconds(-at.Second).AddMinutes(1);
            }
            else if (!Has(_fields[0], at.Second))
            {
                at = at.AddSeconds(1);
            }
            else
            {
                return at;
            }
        }

        return null;
    }

    private static bool Has(ulong field, int value) => (field & (1UL << value)) != 0;

    private static bool Field(string text, int min, int max, string[]? names, int firstName, out ulong bits)
    {
        bits = 0;
        foreach (var part in text.Split(','))
        {
            var step = 1;
            var range = part;
            if (part.Split('/') is [var left, var right])
            {
                range = left;
                if (!int.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out step) || step < 1)
                {
                    return false;
                }
            }

            int from, to;
            if (range is "*" or "?")
            {
                (from, to) = (min, max == 7 ? 6 : max);
            }
            else if (range.Split('-') is [var first, var last])
            {
                if (!Value(first, names, firstName, out from) || !Value(last, names, firstName, out to))
                {
                    return false;
                }
            }
            else if (Value(range, names, firstName, out from))
            {
                to = range == part ? from : max;
            }
            else
            {
                return false;
            }

            if (from < min || to > max || from > to)
            {
                return false;
            }

            for (var value = from; value <= to; value += step)
            {
                bits |= 1UL << value;
            }
        }

        return bits != 0;
    }

    private static bool Value(string text, string[]? names, int firstName, out int value)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        value = names is null ? -1 : Array.FindIndex(names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) + firstName;
        return value >= firstName && names is not null && value - firstName >= 0;
    }
}

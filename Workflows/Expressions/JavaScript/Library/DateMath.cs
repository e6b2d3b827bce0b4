namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary>
/// Milliseconds since 1970 to calendar fields in UTC and back (ECMA-262 §21.4.1), over JavaScript's whole range.
/// </summary>
internal static class DateMath
{
    public const double MillisecondsPerDay = 86_400_000;

    /// <summary>Year, month from 0, day, hour, minute, second, millisecond; the time must be a number.</summary>
    public static double[] Fields(double time)
    {
        var days = (long)Math.Floor(time / MillisecondsPerDay);
        var rest = (long)(time - (days * MillisecondsPerDay));
        var (year, month, day) = FromDays(days);
        return [year, month, day, rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60, rest % 1000];
    }

    /// <summary>Sunday is 0.</summary>
    public static int WeekDay(double time) => (int)((((long)Math.Floor(time / MillisecondsPerDay) + 4) % 7) + 7) % 7;

    /// <summary>The time of fields, which may lie outside their usual ranges; NaN where it is outside Date's range.</summary>
    public static double FromFields(double[] fields)
    {
        if (!Array.TrueForAll(fields, field => Math.Abs(field) <= ScriptDate.MaxTime))
        {
            return double.NaN;
        }

        var whole = Array.ConvertAll(fields, Math.Truncate);
        var year = whole[0] + Math.Floor(whole[1] / 12);
        if (Math.Abs(year) > 400_000)
        {
            return double.NaN;
        }

        var month = (int)(whole[1] - (Math.Floor(whole[1] / 12) * 12));
        var days = ToDays((long)year, month) + whole[2] - 1;
        return Clip((days * MillisecondsPerDay)
            + ((whole[3] * 3_600_000) + (whole[4] * 60_000) + (whole[5] * 1000) + whole[6]));
    }

    public static double Clip(double time) =>
        Math.Abs(time) <= ScriptDate.MaxTime ? Math.Truncate(time) + 0 : double.NaN;

    // Counting years from March puts the leap day last; 400 years have 146,097 days.
    private static long ToDays(long year, int month)
    {
        var shifted = month < 2 ? year - 1 : year;
        var era = (long)Math.Floor(shifted / 400d);
        var yearOfEra = shifted - (era * 400);
        var dayOfYear = ((153 * ((month + 10) % 12)) + 2) / 5;
        return (era * 146_097) + (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear - 719_468;
    }

    private static (long Year, int Month, long Day) FromDays(long days)
    {
        var shifted = days + 719_468;
        var era = (long)Math.Floor(shifted / 146_097d);
        var dayOfEra = shifted - (era * 146_097);
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100));
        var marchMonth = ((5 * dayOfYear) + 2) / 153;
        var month = (int)(marchMonth + 2) % 12;
        return ((era * 400) + yearOfEra + (month < 2 ? 1 : 0), month, dayOfYear - (((153 * marchMonth) + 2) / 5) + 1);
    }
}

using System.Globalization;

namespace CaseManagement.Domain.Figures;

/// <summary>A period of whole days as figures and reports are for: <c>2026</c>, <c>2026-Q3</c>, <c>2026-08</c>, <c>2026-08-15</c>, or two days with <c>/</c> between them.</summary>
/// <param name="From">First day.</param>
/// <param name="Through">Last day.</param>
public sealed record CalendarPeriod(DateOnly From, DateOnly Through)
{
    /// <summary>The longest there is, in days.</summary>
    public const int Longest = 3_660;

    private const int FirstYear = 1950;
    private const int LastYear = 2150;

    /// <summary>Reads a period; false for anything else, a period that ends before it begins, or years nobody means.</summary>
    public static bool TryParse(string? text, out CalendarPeriod period)
    {
        period = new CalendarPeriod(DateOnly.MinValue, DateOnly.MinValue);
        var parts = (text ?? "").Trim().Split('/', 2);
        if (First(parts[0].Trim()) is not { } first || (parts.Length == 2 ? First(parts[1].Trim()) : first) is not { } last)
        {
            return false;
        }

        period = new CalendarPeriod(first.From, last.Through);
        return period.From <= period.Through && period.From.Year >= FirstYear && period.Through.Year <= LastYear
            && period.Through.DayNumber - period.From.DayNumber < Longest;
    }

    /// <summary>The month a day lies in.</summary>
    public static CalendarPeriod MonthOf(DateOnly day)
    {
        var first = new DateOnly(day.Year, day.Month, 1);
        return new CalendarPeriod(first, first.AddMonths(1).AddDays(-1));
    }

    /// <summary>As briefly as it can be written.</summary>
    public override string ToString()
    {
        if (From == Through)
        {
            return Day(From);
        }

        if (From.Day == 1 && Through == From.AddMonths(1).AddDays(-1))
        {
            return From.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        }

        if (From is { Day: 1, Month: 1 } && Through == From.AddYears(1).AddDays(-1))
        {
            return From.ToString("yyyy", CultureInfo.InvariantCulture);
        }

        return From.Day == 1 && From.Month % 3 == 1 && Through == From.AddMonths(3).AddDays(-1)
            ? string.Create(CultureInfo.InvariantCulture, $"{From.Year:0000}-Q{1 + (From.Month / 3)}")
            : $"{Day(From)}/{Day(Through)}";
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static CalendarPeriod? First(string text)
    {
        if (text.Length == 7 && text[4] == '-' && text[5] is 'Q' or 'q')
        {
            return text[6] is >= '1' and <= '4' && Parse(text[..4], "yyyy") is { } year
                ? new CalendarPeriod(year.AddMonths(3 * (text[6] - '1')), year.AddMonths(3 * (text[6] - '0')).AddDays(-1))
                : null;
        }

        return text.Length switch
        {
            4 when Parse(text, "yyyy") is { } year => new CalendarPeriod(year, year.AddYears(1).AddDays(-1)),
            7 when Parse(text, "yyyy-MM") is { } month => MonthOf(month),
            10 when Parse(text, "yyyy-MM-dd") is { } day => new CalendarPeriod(day, day),
            _ => null,
        };
    }

    private static DateOnly? Parse(string text, string format) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9_990 ? day : null;
}

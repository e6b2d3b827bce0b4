using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Clocks;

/// <summary>An amount of time in the unit people agreed on: 24 hours, 3 days and 3 working days are three different things.</summary>
public readonly partial record struct Duration
{
    /// <summary>No amount reaches further than this many years.</summary>
    public const int MaxYears = 100;

    /// <param name="amount">0 or more; parts of a unit only for minutes, hours and working hours.</param>
    /// <param name="unit">A unit that takes a number.</param>
    /// <exception cref="InvalidTimeRuleException"><c>duration.unit</c>, <c>duration.out-of-range</c>, <c>duration.not-whole</c>.</exception>
    [JsonConstructor]
    public Duration(decimal amount, LimitUnit unit)
    {
        if (!unit.TakesAmount())
        {
            throw new InvalidTimeRuleException("duration.unit", $"The unit {UnitWord(unit)} takes no number.", UnitWord(unit));
        }

        if (amount < 0 || amount > MaxAmount(unit))
        {
            throw new InvalidTimeRuleException(
                "duration.out-of-range",
                $"{Number(amount)} {UnitWord(unit)} is out of range: 0 to {Number(MaxAmount(unit))}.",
                amount,
                UnitWord(unit),
                MaxAmount(unit));
        }

        if (unit.IsDayOrLonger() && amount != decimal.Truncate(amount))
        {
            throw new InvalidTimeRuleException(
                "duration.not-whole", $"{Number(amount)} {UnitWord(unit)}: only whole numbers.", amount, UnitWord(unit));
        }

        Amount = amount;
        Unit = unit;
    }

    public decimal Amount { get; }

    public LimitUnit Unit { get; }

    /// <summary>Reads "4 hours", "2 workingDays", "30 minutes": a number and a unit word of the API.</summary>
    /// <exception cref="InvalidTimeRuleException">
    /// <c>duration.ambiguous</c> for text such as "24:00:00", which .NET reads as 24 days and people as 24 hours;
    /// <c>duration.unreadable</c>; and those of the constructor.
    /// </exception>
    public static Duration Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        if (ClockText().IsMatch(trimmed))
        {
            throw new InvalidTimeRuleException(
                "duration.ambiguous",
                $"\"{Shown(trimmed)}\" can be read in two ways; write a number and a unit, such as \"24 hours\" or \"24 days\".",
                Shown(trimmed));
        }

        if (NumberAndUnit().Match(trimmed) is { Success: true } match
            && decimal.TryParse(match.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && TryUnit(match.Groups[2].Value, out var unit))
        {
            return new Duration(amount, unit);
        }

        throw new InvalidTimeRuleException(
            "duration.unreadable",
            $"\"{Shown(trimmed)}\" is not a duration; write a number and a unit, such as \"4 hours\" or \"2 workingDays\".",
            Shown(trimmed));
    }

    /// <summary>In words: "24 小时", "2 个工作日", "1 working day".</summary>
    public string ToText(string culture) =>
        BilingualText.IsChinese(culture)
            ? $"{Number(Amount)} {ChineseUnit(Unit)}"
            : $"{Number(Amount)} {EnglishUnit(Unit)}{(Amount == 1 ? "" : "s")}";

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => $"{Number(Amount)} {UnitWord(Unit)}";

    internal static string Number(decimal amount) => amount.ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>The unit as the API and the packs write it.</summary>
    internal static string UnitWord(LimitUnit unit)
    {
        var name = unit.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static bool TryUnit(string word, out LimitUnit unit)
    {
        foreach (var candidate in Enum.GetValues<LimitUnit>())
        {
            var name = UnitWord(candidate);
            if (candidate.TakesAmount() && (word == name || word + "s" == name))
            {
                unit = candidate;
                return true;
            }
        }

        unit = default;
        return false;
    }

    private static decimal MaxAmount(LimitUnit unit) => unit switch
    {
        LimitUnit.Minutes => MaxYears * 365m * 24 * 60,
        LimitUnit.Hours => MaxYears * 365m * 24,
        LimitUnit.WorkingHours => MaxYears * 365m * 24,
        LimitUnit.Days or LimitUnit.WorkingDays => MaxYears * 365m,
        LimitUnit.Weeks => MaxYears * 52m,
        LimitUnit.Months => MaxYears * 12m,
        LimitUnit.Years => MaxYears,
        LimitUnit.None or LimitUnit.Immediate or LimitUnit.SameDay or LimitUnit.Promised => 0,
    };

    private static string ChineseUnit(LimitUnit unit) => unit switch
    {
        LimitUnit.Minutes => "分钟",
        LimitUnit.Hours => "小时",
        LimitUnit.WorkingHours => "个工作时",
        LimitUnit.Days => "天",
        LimitUnit.WorkingDays => "个工作日",
        LimitUnit.Weeks => "周",
        LimitUnit.Months => "个月",
        LimitUnit.Years => "年",
        LimitUnit.None or LimitUnit.Immediate or LimitUnit.SameDay or LimitUnit.Promised => "",
    };

    private static string EnglishUnit(LimitUnit unit) => unit switch
    {
        LimitUnit.Minutes => "minute",
        LimitUnit.Hours => "hour",
        LimitUnit.WorkingHours => "working hour",
        LimitUnit.Days => "day",
        LimitUnit.WorkingDays => "working day",
        LimitUnit.Weeks => "week",
        LimitUnit.Months => "month",
        LimitUnit.Years => "year",
        LimitUnit.None or LimitUnit.Immediate or LimitUnit.SameDay or LimitUnit.Promised => "",
    };

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";

    [GeneratedRegex(@"^-?(\d+\.)?\d+:\d+(:\d+)?(\.\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex ClockText();

    [GeneratedRegex(@"^(\d{1,9}(?:\.\d{1,6})?) ?([A-Za-z]{1,20})$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberAndUnit();
}

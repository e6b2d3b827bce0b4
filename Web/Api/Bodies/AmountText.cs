using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Web.Api.Bodies;

/// <summary>Reads amounts of time as the API takes them.</summary>
public static partial class AmountText
{
    /// <summary>A number in the unit given or expected, a text such as "3 workingDays", or ISO 8601 such as "P3D" and "PT4H".</summary>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="InvalidTimeRuleException"><c>duration.ambiguous</c> for "24:00:00", and other codes of <see cref="Duration"/>.</exception>
    /// <exception cref="InvalidInputException">No number or text, or no such unit.</exception>
    public static Duration? Read(JsonElement? amount, string? unit, LimitUnit expected)
    {
        switch (amount?.ValueKind)
        {
            case null or JsonValueKind.Null or JsonValueKind.Undefined:
                return null;
            case JsonValueKind.Number when amount.Value.TryGetDecimal(out var number):
                return new Duration(number, Unit(unit) ?? expected);
            case JsonValueKind.String:
                var text = amount.Value.GetString()!;
                return Iso(text) ?? Duration.Parse(text);
            default:
                throw new InvalidInputException([new InputProblem("amount", FactRefusals.TypeWrong, "An amount is a number, or a text such as \"3 workingDays\".")]);
        }
    }

    /// <summary>A unit by its word.</summary>
    /// <exception cref="InvalidInputException"><c>unit-unknown</c></exception>
    public static LimitUnit? Unit(string? word) => word is null
        ? null
        : LimitDefinition.UnitOf(FactValue.Of(word)) ?? throw new InvalidInputException([new InputProblem("unit", "unit-unknown", "There is no such unit.")]);

    /// <summary>An elapsed time by ISO 8601, in days, hours, minutes and seconds; null for any other text.</summary>
    public static TimeSpan? Elapsed(string text)
    {
        if (IsoText().Match(text) is not { Success: true } match || text is "P" || text.EndsWith('T'))
        {
            return null;
        }

        var seconds = (Part(match, 1) * 604_800) + (Part(match, 2) * 86_400) + (Part(match, 3) * 3_600) + (Part(match, 4) * 60) + Part(match, 5);
        return TimeSpan.FromSeconds((double)seconds);
    }

    private static Duration? Iso(string text) => IsoText().Match(text) is { Success: true } match && text is not "P" && !text.EndsWith('T')
        ? (Part(match, 1), Part(match, 2), Part(match, 3), Part(match, 4), Part(match, 5)) switch
        {
            (var weeks, 0, 0, 0, 0) when weeks > 0 => new Duration(weeks, LimitUnit.Weeks),
            (0, var days, 0, 0, 0) when days > 0 => new Duration(days, LimitUnit.Days),
            (0, 0, var hours, 0, 0) => new Duration(hours, LimitUnit.Hours),
            _ => new Duration((decimal)Elapsed(text)!.Value.TotalMinutes, LimitUnit.Minutes),
        }
        : null;

    private static decimal Part(Match match, int group) =>
        match.Groups[group].Success ? decimal.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex IsoText();
}

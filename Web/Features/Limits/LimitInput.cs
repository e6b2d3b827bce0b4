using System.Globalization;
using System.Text;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Limits;

/// <summary>A limit as the editor's fields would have it.</summary>
/// <param name="Rule">The rule after the change; none when a field is wrong.</param>
/// <param name="Errors">What is wrong with which field, in the reader's language.</param>
internal sealed record LimitInput(TimeLimit? Rule, IReadOnlyDictionary<string, string> Errors)
{
    private const int LongestAmount = 20;

    /// <summary>Reads what was typed. Nothing is stored.</summary>
    /// <param name="edit">As typed.</param>
    /// <param name="now">The rule in force.</param>
    /// <param name="ownCalendar">The calendar a rule that names none counts by.</param>
    /// <param name="calendars">Keys of the calendars there are.</param>
    /// <param name="text">The page's texts.</param>
    public static LimitInput Read(LimitEdit edit, TimeLimit now, string ownCalendar, IReadOnlySet<string> calendars, IStringLocalizer<LimitsText> text)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var unit = LimitDefinition.UnitOf(FactValue.Of(edit.Unit ?? ""));
        if (unit is null || (unit == LimitUnit.Promised && now.Promised is null))
        {
            errors[nameof(LimitEdit.Unit)] = text["UnitUnknown"];
        }

        var calendar = string.IsNullOrEmpty(edit.Calendar) ? now.Calendar ?? ownCalendar : edit.Calendar;
        if (!calendars.Contains(calendar))
        {
            errors[nameof(LimitEdit.Calendar)] = text["CalendarUnknown"];
        }

        Same(nameof(LimitEdit.CountFrom), edit.CountFrom, Word(now.CountFrom));
        Same(nameof(LimitEdit.EndOf), edit.EndOf, Word(now.RunsTo));
        Same(nameof(LimitEdit.IfNonWorking), edit.IfNonWorking, Word(now.IfNonWorking));
        var amount = unit is { } counted && counted.TakesAmount() ? Amount(edit.Amount, counted, errors, text) : null;
        if (errors.Count > 0 || unit is not { } wanted)
        {
            return new LimitInput(null, errors);
        }

        // a rule that names no calendar stays so while the process's own is chosen
        var rule = now with { Unit = wanted, Amount = amount, Calendar = now.Calendar is null && calendar == ownCalendar ? null : calendar };
        return new LimitInput(rule, errors);

        void Same(string field, string? typed, string kept)
        {
            if (!string.IsNullOrEmpty(typed) && typed != kept)
            {
                errors[field] = text["NotChangedHere"];
            }
        }
    }

    /// <summary>A unit, or another choice of a rule, as the API and the packs write it.</summary>
    public static string Word<T>(T choice)
        where T : struct, Enum
    {
        var name = choice.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static decimal? Amount(string? typed, LimitUnit unit, Dictionary<string, string> errors, IStringLocalizer<LimitsText> text)
    {
        // full-width digits count as digits
        var written = (typed ?? "").Length > LongestAmount ? "?" : (typed ?? "").Normalize(NormalizationForm.FormKC).Trim();
        if (written.Length == 0)
        {
            errors[nameof(LimitEdit.Amount)] = text["AmountMissing"];
        }
        else if (written.Contains(':', StringComparison.Ordinal))
        {
            errors[nameof(LimitEdit.Amount)] = text["AmountAmbiguous"];
        }
        else if (!decimal.TryParse(written, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount))
        {
            errors[nameof(LimitEdit.Amount)] = text["AmountUnreadable"];
        }
        else
        {
            try
            {
                return new Duration(amount, unit).Amount;
            }
            catch (InvalidTimeRuleException refused)
            {
                errors[nameof(LimitEdit.Amount)] = refused.Code == "duration.not-whole"
                    ? text["AmountNotWhole"]
                    : amount < 0 ? text["AmountNegative"] : text["AmountTooLarge", Duration.MaxYears];
            }
        }

        return null;
    }
}

using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Workflows.Cases;

namespace CaseManagement.Web.Simulations;

/// <summary>A change of a limit that is only tried.</summary>
internal static class TriedLimit
{
    /// <summary>The change with amount and unit together: what is not given is as it is in force.</summary>
    /// <exception cref="RuleViolationException"><c>limit-unknown</c>, <c>calendar-unknown</c></exception>
    /// <exception cref="InvalidInputException"><c>nothing-to-change</c>, <c>unit-differs</c>, <c>required</c></exception>
    /// <exception cref="InvalidTimeRuleException">The limit could not be counted.</exception>
    public static LimitChange Of(CaseRules rules, string limit, Duration? amount, LimitUnit? unit, string? calendar)
    {
        var now = rules.Limit(limit).Rule;
        if (amount is null && unit is null && calendar is null)
        {
            throw Wrong("amount", "nothing-to-change", "Give an amount, a unit or a calendar.");
        }

        if (amount is { } given && unit is { } named && given.Unit != named)
        {
            throw Wrong("unit", "unit-differs", "The amount names another unit.");
        }

        var wanted = amount?.Unit ?? unit ?? now.Unit;
        var value = wanted.TakesAmount() ? amount?.Amount ?? (wanted == now.Unit ? now.Amount : null) : null;
        if (wanted.TakesAmount() && value is null)
        {
            throw Wrong("amount", "required", "Give an amount in the new unit.");
        }

        var tried = now with { Unit = wanted, Amount = value, Calendar = calendar ?? now.Calendar };
        tried.EnsureValid();
        _ = rules.Calendar(tried, lead: null);
        return LimitChange.Of(0, limit, value, wanted, calendar, holdsForOpenCases: true);
    }

    private static InvalidInputException Wrong(string field, string code, string message) => new([new InputProblem(field, code, message)]);
}

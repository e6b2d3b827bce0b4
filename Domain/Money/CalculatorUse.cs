using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Checks;

namespace CaseManagement.Domain.Money;

/// <summary>What a calculator comes to.</summary>
public sealed record CalculatedSum(IReadOnlyList<CalculatedRow> Rows, decimal Total);

/// <summary>Working out a calculator over what is known. Nothing is stored.</summary>
public static class CalculatorUse
{
    /// <summary>Row by row, then the sum, rounded half away from zero to the calculator's step and capped.</summary>
    /// <param name="calculator">The calculator.</param>
    /// <param name="facts">What is known. A row that is one figure nobody gave counts as 0; a list nobody filled in is empty.</param>
    /// <param name="catalogue">What kind of value each fact has.</param>
    /// <param name="expressions">Works out the rows.</param>
    /// <param name="settings">The readings chosen, for a cap.</param>
    /// <param name="zone">IANA zone in which a moment has its day.</param>
    /// <param name="mayMiss">A row that needs a figure nobody has given is worked out without it, and says so.</param>
    /// <exception cref="RuleViolationException"><see cref="MoneyRules.NotWorkedOut"/>: a row needs what is not known, or does not come to a number.</exception>
    public static CalculatedSum WorkOut(Calculator calculator, IFactReader facts, FactCatalogue catalogue, IValueExpressions expressions, PackSettings settings, string zone, bool mayMiss = false)
    {
        var rows = calculator.Rows.Select(row => Row(calculator, row, facts, catalogue, expressions, zone, mayMiss)).ToList();
        var total = rows.Sum(row => row.Amount);
        if (calculator.Round is { } step)
        {
            total = Math.Round(total / step, MidpointRounding.AwayFromZero) * step;
        }

        if (calculator.Cap is { } cap && cap.Resolve(settings).Number is { } most && total > most)
        {
            total = most;
        }

        return new CalculatedSum(rows, total);
    }

    private static CalculatedRow Row(
        Calculator calculator, CalculatorRow row, IFactReader facts, FactCatalogue catalogue, IValueExpressions expressions, string zone, bool mayMiss)
    {
        if (row.When?.Holds(facts) == false)
        {
            return new CalculatedRow(row.Key, 0);
        }

        var inputs = ExpressionNames.FreeNames(row.Value).ToDictionary(name => name, facts.Read, StringComparer.Ordinal);
        var isOneFigure = inputs.Count == 1 && inputs.ContainsKey(row.Value.Trim());

        // scripts take nothing for 0, which would make a sum too low in silence
        var missing = isOneFigure ? [] : inputs.Where(input => input.Value.IsUnknown && catalogue.Find(input.Key)?.Type is FactType.Number or FactType.Money).Select(input => input.Key).ToList();
        var value = expressions.Evaluate(row.Value, facts, zone);
        if (value.IsUnknown && (isOneFigure || mayMiss))
        {
            value = FactValue.Of(0m);
        }

        RuleViolationException.ThrowUnless(value.Number is not null && (mayMiss || missing.Count == 0), MoneyRules.NotWorkedOut(calculator, row));
        return new CalculatedRow(row.Key, value.Number!.Value)
        {
            Inputs = inputs.Where(input => !input.Value.IsUnknown).ToDictionary(input => input.Key, input => input.Value, StringComparer.Ordinal),
            Missing = missing,
        };
    }
}

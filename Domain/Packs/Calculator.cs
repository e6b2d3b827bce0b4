using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs;

/// <summary>What a calculator's sum is.</summary>
public enum CalculatorKind
{
    Compensation,
    Cost,
    Award,
    Penalty,
}

/// <summary>One item of a calculation.</summary>
/// <param name="Key">Key within the calculator.</param>
/// <param name="Name">What people read.</param>
/// <param name="Value">Value expression over facts.</param>
/// <param name="When">Counts only if it holds, else the item is 0; null means always.</param>
public sealed record CalculatorRow(string Key, BilingualText Name, string Value, Condition? When = null);

/// <summary>How much is owed, item by item.</summary>
/// <param name="Key">Key within the pack.</param>
/// <param name="Name">What people read.</param>
/// <param name="Kind">Compensation, cost, award or penalty: same ledger, same approval, same reports.</param>
/// <param name="To">Who receives or bears it: the complainant, a role, or a fact that holds a person.</param>
/// <param name="Unit">CNY or points.</param>
/// <param name="Rows">The items.</param>
public sealed record Calculator(
    string Key, BilingualText Name, CalculatorKind Kind, string To, string Unit, IReadOnlyList<CalculatorRow> Rows)
{
    /// <summary>The sum is rounded to a multiple of this.</summary>
    public decimal? Round { get; init; }

    /// <summary>The most the sum may come to.</summary>
    public PolicyReading? Cap { get; init; }

    /// <summary><c>single</c>: paid once.</summary>
    public string? Payments { get; init; }

    /// <summary>The fact that receives the sum.</summary>
    public string? Total { get; init; }

    /// <summary>The chain that must agree.</summary>
    public string? Approval { get; init; }

    public IReadOnlyList<string> Clauses { get; init; } = [];
}

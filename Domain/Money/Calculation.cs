using System.Text.Json.Serialization;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Money;

/// <summary>Where a sum of money or points stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CalculationState>))]
public enum CalculationState
{
    /// <summary>Worked out; nobody has agreed yet.</summary>
    Proposed,

    /// <summary>Its chain has agreed, or it needs none.</summary>
    Approved,

    /// <summary>Its chain has refused.</summary>
    Refused,

    /// <summary>Worked out again since; kept for the record.</summary>
    Replaced,

    /// <summary>Paid, credited or booked.</summary>
    Settled,
}

/// <summary>One item of a calculation, with what it was worked out from.</summary>
/// <param name="Key">The calculator's row.</param>
/// <param name="Amount">What it comes to, in the calculator's unit; 0 where its condition does not hold.</param>
public sealed record CalculatedRow(string Key, decimal Amount)
{
    /// <summary>The facts the row reads, as they were; those nobody has given are absent.</summary>
    public Dictionary<string, FactValue> Inputs { get; init; } = [];

    /// <summary>Figures the row needs and nobody had given.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}

/// <summary>One use of a calculator on a case: its rows, their sum, and where it stands. Kept when it is worked out again.</summary>
public sealed class Calculation
{
    /// <summary>From 1 within the case.</summary>
    public required int Number { get; init; }

    /// <summary>The calculator's key.</summary>
    public required string Calculator { get; init; }

    public required CalculatorKind Kind { get; init; }

    /// <summary>CNY or points.</summary>
    public required string Unit { get; init; }

    /// <summary>Who receives or bears it, as it was worked out: <c>complainant</c>, a role, <c>user:</c>id.</summary>
    public required IReadOnlyList<string> To { get; init; }

    public required IReadOnlyList<CalculatedRow> Rows { get; init; }

    /// <summary>The sum of the rows, rounded and capped.</summary>
    public required decimal Total { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The clock whose rung asked for it; null where a step of the process did.</summary>
    public string? Clock { get; init; }

    [JsonInclude]
    public CalculationState State { get; internal set; }

    /// <summary>When it was paid, credited or booked.</summary>
    [JsonInclude]
    public DateTimeOffset? SettledAt { get; internal set; }

    [JsonIgnore]
    public bool IsOpen => State is CalculationState.Proposed or CalculationState.Approved;
}

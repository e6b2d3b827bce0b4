using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs;

/// <summary>A span of calendar time in a pack: one month, three weeks.</summary>
/// <param name="Amount">One or more.</param>
/// <param name="Unit">days, weeks, months or years.</param>
public sealed record PackSpan(int Amount, string Unit);

/// <summary>A rate of two figures that arrive by an interface.</summary>
public sealed record CounterRate(string Of, string Base);

/// <summary>How repeats and rates are counted. Read in conditions as <c>count:key</c>; thresholds stand in tables.</summary>
/// <param name="Key">Key within the pack.</param>
/// <param name="Name">What people read.</param>
/// <param name="Same">Facts that must be equal for cases to be counted together.</param>
public sealed record Counter(string Key, BilingualText Name, IReadOnlyList<string> Same)
{
    /// <summary>What is counted instead of complaints: <c>award:</c>calculator or <c>event:</c>name.</summary>
    public string? Of { get; init; }

    /// <summary>Which cases are counted; null means all.</summary>
    public Condition? Where { get; init; }

    /// <summary>Counts different values of this fact instead of cases.</summary>
    public string? Distinct { get; init; }

    public PackSpan? Window { get; init; }

    /// <summary><c>back</c> counts from the newest case backwards; <c>group</c> gives every case of the group the group's count.</summary>
    public PolicyReading Reach { get; init; } = PolicyReading.Of("back");

    /// <summary>Cases counted together are linked.</summary>
    public bool Link { get; init; }

    /// <summary><c>consecutiveMonths</c>: how many months in a row <see cref="Rate"/> passes <see cref="Threshold"/>.</summary>
    public string? Measure { get; init; }

    public CounterRate? Rate { get; init; }

    /// <summary>What the rate must pass, such as <c>&gt; 0.02</c>.</summary>
    public UnaryTest? Threshold { get; init; }

    public IReadOnlyList<string> Clauses { get; init; } = [];
}

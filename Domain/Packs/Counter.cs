using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs;

/// <summary>A span of calendar time in a pack: one month, three weeks.</summary>
/// <param name="Amount">One or more.</param>
/// <param name="Unit">days, weeks, months or years.</param>
public sealed record PackSpan(int Amount, string Unit);

/// <summary>A rate. Each side is <c>external.</c>name for a figure from outside, <c>count</c> for how many the counter counts, or a fact of the case.</summary>
/// <param name="Of">What is set in relation, such as faulty pieces.</param>
/// <param name="Base">To what, such as pieces shipped; where it is 0 or not known, so is the rate.</param>
public sealed record CounterRate(string Of, string Base);

/// <summary>How repeats and rates are counted. Read in conditions as <c>count:key</c>; thresholds stand in tables.</summary>
/// <param name="Key">Key within the pack.</param>
/// <param name="Name">What people read.</param>
/// <param name="Same">Facts that must be equal for cases to be counted together.</param>
public sealed record Counter(string Key, BilingualText Name, IReadOnlyList<string> Same)
{
    /// <summary>A measure.</summary>
    public const string MonthsInARow = "consecutiveMonths";

    /// <inheritdoc cref="MonthsInARow"/>
    public const string RateOf = "rate";

    /// <summary>What stands before a calculator in <see cref="Of"/>.</summary>
    public const string Awards = "award:";

    /// <summary>What stands before a fact in <see cref="Of"/>.</summary>
    public const string Events = "event:";

    /// <summary>What stands for the count itself in a rate.</summary>
    public const string Itself = "count";

    /// <summary>What is counted instead of complaints: <c>award:</c>calculator, sums of it that were not refused; <c>event:</c>fact, how often the fact says something happened.</summary>
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

    /// <summary><c>rate</c>: what <see cref="Rate"/> comes to, 0.003 for three in a thousand. <c>consecutiveMonths</c>: how many months in a row it passes <see cref="Threshold"/>.</summary>
    public string? Measure { get; init; }

    public CounterRate? Rate { get; init; }

    /// <summary>What the rate must pass, such as <c>&gt; 0.02</c>.</summary>
    public UnaryTest? Threshold { get; init; }

    public IReadOnlyList<string> Clauses { get; init; } = [];
}

using System.Text.Json.Serialization;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Clocks;

/// <summary>A rule "within this time": from a moment, so much in a unit, by a calendar, with rungs. Edited by administrators, never per case.</summary>
public sealed record TimeLimit
{
    /// <summary>More rungs than this on one limit are refused.</summary>
    public const int MaxRungs = 20;

    /// <summary>In place of a calendar's key: the calendar of the department that leads the case, or the pack's own where it has none.</summary>
    public const string DepartmentCalendar = "@department";

    public required string Key { get; init; }

    /// <summary>The clock this limit runs on; several limits may share one clock.</summary>
    public required string ClockKey { get; init; }

    public required BilingualText Name { get; init; }

    /// <summary>Rises by one with every change; 1 or more.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The moment it is counted from (a fact); none when it starts with the clock.</summary>
    public string? From { get; init; }

    /// <summary>What that moment is called, for explanations; the product's own moments need none.</summary>
    public BilingualText? FromName { get; init; }

    /// <summary>The moment that meets it (a fact); none when the flow says so.</summary>
    public string? To { get; init; }

    public required LimitUnit Unit { get; init; }

    /// <summary>How much of <see cref="Unit"/>; none for units that take no number.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The calendar's key in the pack, or <see cref="DepartmentCalendar"/>; none is the pack's own calendar.</summary>
    public string? Calendar { get; init; }

    public CountFrom CountFrom { get; init; }

    /// <summary>Where it ends; none is the unit's default, see <see cref="RunsTo"/>.</summary>
    public EndOf? EndOf { get; init; }

    public IfNonWorking IfNonWorking { get; init; }

    /// <summary>The fact that holds the promised date, for <see cref="LimitUnit.Promised"/>.</summary>
    public string? Promised { get; init; }

    /// <summary>Whether a clock that runs starts afresh when its start moment is recorded again, as "a month from the last verification" does.</summary>
    public bool Reset { get; init; }

    /// <summary>The template by which the complainant hears that the clock was paused, resumed or extended, or that a date was promised; none when nobody is told.</summary>
    public string? Notice { get; init; }

    /// <summary>For which reasons the clock may be paused; empty when it never may.</summary>
    public IReadOnlyList<string> PauseReasons { get; init; } = [];

    /// <summary>How it may be extended; none when it may not.</summary>
    public ExtensionRule? Extension { get; init; }

    /// <summary>Who may do what to its clocks, and until when; whatever is not named, whoever may act on the case.</summary>
    public IReadOnlyList<ClockDeedRule> May { get; init; } = [];

    public IReadOnlyList<Rung> Rungs { get; init; } = [];

    /// <summary>The policy clause it implements.</summary>
    public string? Clause { get; init; }

    /// <summary>Where it ends, with the unit's default filled in.</summary>
    [JsonIgnore]
    public EndOf RunsTo => EndOf ?? Unit.DefaultEndOf();

    /// <summary>The amount with its unit; none for units that take no number.</summary>
    /// <exception cref="InvalidTimeRuleException">The amount is missing, negative, too large or not whole.</exception>
    [JsonIgnore]
    public Duration? Budget => !Unit.TakesAmount()
        ? null
        : new Duration(Amount ?? throw Invalid("limit.amount-missing", $"The limit {Key} needs a number of {Duration.UnitWord(Unit)}."), Unit);

    /// <summary>The rule for one deed; none where whoever may act on the case may do it at any time.</summary>
    public ClockDeedRule? RuleFor(ClockDeed deed) => May.FirstOrDefault(rule => rule.Deed == deed);

    /// <summary>Refuses a rule that could not be counted.</summary>
    /// <exception cref="InvalidTimeRuleException">
    /// <c>limit.amount-missing</c>, <c>limit.amount-unused</c>, <c>limit.promised-missing</c>, <c>limit.rung-twice</c>, <c>limit.rung-key</c>,
    /// <c>limit.too-many-rungs</c>, or a code of <see cref="Duration"/>.
    /// </exception>
    public void EnsureValid()
    {
        _ = Budget;
        if (Amount is not null && !Unit.TakesAmount())
        {
            throw Invalid("limit.amount-unused", $"The limit {Key} has a number, but {Duration.UnitWord(Unit)} takes none.");
        }

        if (Unit == LimitUnit.Promised && string.IsNullOrWhiteSpace(Promised))
        {
            throw Invalid("limit.promised-missing", $"The limit {Key} does not say which fact holds the promised date.");
        }

        if (Rungs.Count > MaxRungs)
        {
            throw Invalid("limit.too-many-rungs", $"The limit {Key} has more than {MaxRungs} rungs.");
        }

        if (Rungs.FirstOrDefault(rung => string.IsNullOrWhiteSpace(rung.Key) || rung.Key.StartsWith('$')) is { } unnamed)
        {
            throw Invalid("limit.rung-key", $"The limit {Key} has a rung called \"{unnamed.Key}\"; a key is not empty and does not begin with $.");
        }

        if (Rungs.GroupBy(rung => rung.Key).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw Invalid("limit.rung-twice", $"The limit {Key} has two rungs called {twice.Key}.");
        }
    }

    /// <summary>The rule as one sentence, as the limits page shows it.</summary>
    /// <param name="culture">"zh-CN" or "en".</param>
    public string ToSentence(string culture) => LimitSentence.Of(this, culture);

    private InvalidTimeRuleException Invalid(string code, string message) => new(code, message, Key);
}

using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs;

/// <summary>A rung with the condition that withholds it.</summary>
/// <param name="Rung">When it acts and what it does.</param>
/// <param name="When">The rung is withheld until it holds; null means never withheld.</param>
public sealed record RungDefinition(Rung Rung, Condition? When)
{
    /// <summary>The setting that says how many (<c>due + settings.grace workingDays</c>); null where the pack does.</summary>
    public string? Setting { get; init; }

    /// <summary>The rung with the reading that was chosen.</summary>
    /// <exception cref="InvalidTimeRuleException">The reading is more than its unit takes.</exception>
    public Rung In(PackSettings settings) => Setting is not null && settings.Read(Setting).Number is { } many ? By(many) : Rung;

    /// <summary>The rung at another distance.</summary>
    /// <exception cref="InvalidTimeRuleException">It is more than the unit takes.</exception>
    internal Rung By(decimal many) => Rung.At.Offset is { } offset ? Rung with { At = Rung.At.By(new Duration(many, offset.Unit)) } : Rung;
}

/// <summary>A time limit as a pack writes it, with open readings. Limits that share a clock are tried in the pack's order:
/// the first whose <see cref="When"/> holds is in force.</summary>
/// <param name="Key">Key within the pack.</param>
/// <param name="Name">What people read.</param>
/// <param name="Clock">The clock it belongs to; the limit's own key unless the pack says otherwise.</param>
/// <param name="Unit">How it is counted.</param>
public sealed record LimitDefinition(string Key, BilingualText Name, string Clock, PolicyReading Unit)
{
    /// <summary>Holds while the limit applies; null means always.</summary>
    public Condition? When { get; init; }

    /// <summary>The moment fact it is counted from; null when it starts with the clock.</summary>
    public PolicyReading? From { get; init; }

    /// <summary>The moment fact that meets it.</summary>
    public string? To { get; init; }

    public PolicyReading? Amount { get; init; }

    /// <summary>The date fact that holds a promised date.</summary>
    public string? Promised { get; init; }

    /// <summary>Key of a calendar; null means the pack's own.</summary>
    public string? Calendar { get; init; }

    public CountFrom CountFrom { get; init; }

    public EndOf? EndOf { get; init; }

    /// <summary>What happens when it ends on a day off; a word of <see cref="Clocks.IfNonWorking"/>.</summary>
    public PolicyReading IfNonWorking { get; init; } = PolicyReading.Of("keep");

    /// <summary>A clock that runs starts afresh when its start moment is recorded again.</summary>
    public bool Reset { get; init; }

    /// <summary>The template by which the complainant hears of pauses, extensions and promises; null when nobody is told.</summary>
    public string? Notice { get; init; }

    /// <summary>Reasons for which the clock may be paused.</summary>
    public IReadOnlyList<string> PauseReasons { get; init; } = [];

    public ExtensionRule? Extension { get; init; }

    /// <summary>Who may do what to its clocks, and until when.</summary>
    public IReadOnlyList<ClockDeedRule> May { get; init; } = [];

    public IReadOnlyList<RungDefinition> Rungs { get; init; } = [];

    public IReadOnlyList<string> Clauses { get; init; } = [];

    /// <summary>The rule with the readings that were chosen.</summary>
    /// <param name="settings">The readings in force.</param>
    /// <param name="facts">The process's facts, for the name of the start moment in explanations.</param>
    /// <exception cref="InvalidTimeRuleException">A reading gives a rule that cannot be counted.</exception>
    public TimeLimit Rule(PackSettings settings, FactCatalogue facts)
    {
        var from = From?.Resolve(settings).Text;
        var limit = new TimeLimit
        {
            Key = Key,
            ClockKey = Clock,
            Name = Name,
            From = from,
            FromName = from is not null && facts.Find(from) is { IsBuiltIn: false } fact ? fact.Name : null,
            To = To,
            Unit = UnitOf(Unit.Resolve(settings)) ?? throw new InvalidTimeRuleException(
                "limit.unit-unknown", $"The limit {Key} has a unit that is not known.", Key),
            Amount = Amount?.Resolve(settings).Number,
            Calendar = Calendar,
            CountFrom = CountFrom,
            EndOf = EndOf,
            IfNonWorking = ByWord<IfNonWorking>(IfNonWorking.Resolve(settings)) ?? throw new InvalidTimeRuleException(
                "limit.day-off-unknown", $"The limit {Key} does not say what happens on a day off.", Key),
            Promised = Promised,
            Reset = Reset,
            Notice = Notice,
            PauseReasons = PauseReasons,
            Extension = Extension,
            May = May,
            Rungs = [.. Rungs.Select(rung => rung.In(settings))],
            Clause = Clauses.Count > 0 ? string.Join(", ", Clauses) : null,
        };
        limit.EnsureValid();
        return limit;
    }

    /// <summary>A unit by its word in packs and the API, such as <c>workingDays</c>.</summary>
    public static LimitUnit? UnitOf(FactValue word) => ByWord<LimitUnit>(word);

    private static T? ByWord<T>(FactValue word)
        where T : struct, Enum
    {
        foreach (var one in Enum.GetValues<T>())
        {
            var name = one.ToString();
            if (word.Text == char.ToLowerInvariant(name[0]) + name[1..])
            {
                return one;
            }
        }

        return null;
    }
}

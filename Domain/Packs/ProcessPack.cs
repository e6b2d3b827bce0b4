using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Forms;

namespace CaseManagement.Domain.Packs;

/// <summary>
/// Everything one organisation needs to run one complaint-handling policy (流程包). Immutable; read by
/// <see cref="PackReader"/>, judged by <see cref="PackChecker"/>. Keeps its files as they were, so an export is exact.
/// </summary>
public sealed class ProcessPack
{
    /// <summary>What <c>pack.json</c> says.</summary>
    public required PackIdentity Identity { get; init; }

    public required Organisation Organisation { get; init; }

    /// <summary>Built-in facts and the pack's own.</summary>
    public required FactCatalogue Facts { get; init; }

    /// <summary>The pack's own facts, in its order.</summary>
    public required IReadOnlyList<FactDefinition> OwnFacts { get; init; }

    public required IReadOnlyDictionary<string, FormDefinition> Forms { get; init; }

    public required CategoryTrees Categories { get; init; }

    public required LevelScale Levels { get; init; }

    public required IReadOnlyDictionary<string, Counter> Counters { get; init; }

    public required IReadOnlyDictionary<string, DecisionTable> Tables { get; init; }

    /// <summary>In the pack's order, which decides between limits of one clock.</summary>
    public required IReadOnlyList<LimitDefinition> Limits { get; init; }

    public required IReadOnlyList<Named> PauseReasons { get; init; }

    public required IReadOnlyList<PackCalendar> Calendars { get; init; }

    public required IReadOnlyDictionary<string, ApprovalChain> Chains { get; init; }

    public required IReadOnlyList<Gate> Gates { get; init; }

    public required IReadOnlyDictionary<string, Calculator> Calculators { get; init; }

    public required IReadOnlyDictionary<string, VerificationPlan> Verifications { get; init; }

    public required IReadOnlyDictionary<string, Template> Templates { get; init; }

    public required IReadOnlyDictionary<string, Report> Reports { get; init; }

    public required RecordRules Records { get; init; }

    /// <summary>Definition id → Elsa definition JSON, untouched.</summary>
    public required IReadOnlyDictionary<string, string> Workflows { get; init; }

    /// <summary>Scenario file name without ending → JSON, untouched.</summary>
    public required IReadOnlyDictionary<string, string> Scenarios { get; init; }

    /// <summary>Relative path → text, exactly as read.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>Keys of the pack's clocks, in the order of its limits.</summary>
    public IEnumerable<string> Clocks => Limits.Select(limit => limit.Clock).Distinct(StringComparer.Ordinal);

    /// <summary>Tables that are worked out again when something they read changes.</summary>
    public IEnumerable<DecisionTable> LiveTables => Tables.Values.Where(table => table.Live);

    /// <summary>The limit in force for a clock: the first of the clock's limits whose condition holds; null when none does.</summary>
    public LimitDefinition? LimitFor(string clock, IFactReader reader) =>
        Limits.FirstOrDefault(limit => limit.Clock == clock && (limit.When?.Holds(reader) ?? true));

    /// <summary>The limit of that key, or null.</summary>
    public LimitDefinition? Limit(string key) => Limits.FirstOrDefault(limit => limit.Key == key);

    /// <summary>What runs a kind of matter, or null when the pack does not take it.</summary>
    public PackKind? Kind(string kind) => Identity.Kinds.FirstOrDefault(candidate => candidate.Kind == kind);

    /// <summary>The readings in force, with those chosen in place of the defaults.</summary>
    /// <exception cref="RuleViolationException"><c>setting-unknown</c>, <c>setting-wrong</c></exception>
    public PackSettings Settings(IReadOnlyDictionary<string, FactValue>? chosen = null) => new(Identity.Settings, chosen);
}

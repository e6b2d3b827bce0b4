using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.CaseActivities;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Migration;
using CaseManagement.Workflows.Runtime.Plans;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>
/// Moves the running cases of one version of a process to another: case by case, each in its own commit. Stopped anywhere, it is simply done
/// again: cases that are there already are no longer among those to move.
/// </summary>
public sealed class ProcessMigration(
    IDbContextFactory<CaseManagementDbContext> contexts, CaseRuntime runtime, StoredConfigurations configurations, IPlanSource plans,
    IConfigurationWriter writer, ConfigurationAudit audit)
{
    /// <summary>Most cases looked at or moved in one request.</summary>
    public const int LargestBatch = 500;

    /// <summary>Most shapes renamed in one request.</summary>
    public const int LargestMap = 500;

    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = 1_000;

    public static readonly Rule SameVersion = new("migration.same-version", "The version to leave and the version to go to are the same.");
    public static readonly Rule ToDraft = new("migration.to-draft", "Cases do not go to a draft, which can still change; publish it first.");
    public static readonly Rule MapTooLarge = new("migration.map-too-large", $"At most {LargestMap} steps can be named.");

    /// <summary>What became of each shape, and how many cases are to move.</summary>
    /// <exception cref="RuleViolationException"><c>process-unknown</c>, <c>process-version-unknown</c>, or a rule of this class.</exception>
    /// <exception cref="InvalidInputException">The map names a shape that is not there, or the same one twice.</exception>
    public async Task<MigrationOutline> OutlineAsync(MigrationOrder order, CancellationToken cancellationToken)
    {
        RuleViolationException.ThrowUnless(order.From != order.To, SameVersion);
        RuleViolationException.ThrowUnless(order.Map.Count <= LargestMap, MapTooLarge);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var states = await db.ProcessVersions.Where(p => p.ProcessKey == order.Process).ToDictionaryAsync(p => p.Version, p => p.State, cancellationToken);
        RuleViolationException.ThrowUnless(states.Count > 0, CaseRuntime.NoProcess);
        RuleViolationException.ThrowUnless(states.ContainsKey(order.From) && states.ContainsKey(order.To), ProcessInstaller.VersionUnknown);
        RuleViolationException.ThrowUnless(states[order.To] is ProcessVersionState.Published or ProcessVersionState.Retracted, ToDraft);

        var (from, to) = (await configurations.ProcessAsync(order.Process, order.From, cancellationToken), await configurations.ProcessAsync(order.Process, order.To, cancellationToken));
        var workflows = new List<MappedWorkflow>();
        foreach (var kind in from.Pack.Identity.Kinds.DistinctBy(k => k.Workflow))
        {
            if (to.Pack.Kind(kind.Kind) is { } same
                && await plans.FindAsync(from.DefinitionVersionId(kind.Workflow), cancellationToken) is { } old
                && await plans.FindAsync(to.DefinitionVersionId(same.Workflow), cancellationToken) is { } now)
            {
                workflows.Add(new MappedWorkflow(kind.Workflow, ActivityMap.Between(old, now, order.Map)));
            }
        }

        ThrowUnlessKnown(order.Map, workflows);
        return new MigrationOutline(from, to, workflows, await CasesOf(db, order).CountAsync(cancellationToken));
    }

    /// <summary>Looks at, or moves, a batch of cases.</summary>
    /// <param name="order">Where from, where to, why.</param>
    /// <param name="dryRun">Nothing is written.</param>
    /// <param name="after">Cases up to this id have been dealt with; null: from the first.</param>
    /// <param name="most">At most so many, 1 to <see cref="LargestBatch"/>.</param>
    /// <param name="by">Who moves them.</param>
    /// <param name="cancellationToken">Stops between two cases; those moved so far stay moved.</param>
    /// <exception cref="RuleViolationException">As for <see cref="OutlineAsync"/>, and <c>reason-required</c>.</exception>
    public async Task<MigrationBatch> RunAsync(MigrationOrder order, bool dryRun, Guid? after, int most, Performer by, CancellationToken cancellationToken)
    {
        RuleViolationException.ThrowUnless(dryRun || !string.IsNullOrWhiteSpace(order.Reason), ComplaintRules.ReasonRequired);
        RuleViolationException.ThrowUnless(order.Reason.Length <= LongestReason, ComplaintRules.TextTooLong);
        var outline = await OutlineAsync(order, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = (await CasesOf(db, order).Select(c => c.Id).ToListAsync(cancellationToken)).Where(id => after is null || id.CompareTo(after.Value) > 0).Order().ToList();
        var batch = ids.Take(Math.Clamp(most, 1, LargestBatch)).ToList();
        if (!dryRun && batch.Count > 0)
        {
            await RecordAsync(order, batch.Count, by, cancellationToken);
        }

        var results = new List<CaseMigration>(batch.Count);
        foreach (var id in batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            results.Add(await runtime.MigrateAsync(id, order, by, dryRun, cancellationToken));
        }

        return new MigrationBatch(outline, results, ids.Count - batch.Count, ids.Count > batch.Count ? batch[^1] : null);
    }

    private static IQueryable<Workflows.Cases.Store.CaseRow> CasesOf(CaseManagementDbContext db, MigrationOrder order) =>
        db.Cases.AsNoTracking().Where(c => c.Process == order.Process && c.ProcessVersion == order.From && c.Status == CaseStatus.Open);

    private static void ThrowUnlessKnown(IReadOnlyDictionary<string, string> map, List<MappedWorkflow> workflows)
    {
        var problems = map.Where(pair => !workflows.Exists(w => ActivityMap.Find(w.Map.From, pair.Key) is not null && ActivityMap.Find(w.Map.To, pair.Value) is not null))
            .Select(pair => new InputProblem($"map.{pair.Key}", "activity-unknown", $"No workflow leads from “{pair.Key}” to “{pair.Value}”."))
            .Concat(map.GroupBy(pair => pair.Value, StringComparer.Ordinal).Where(g => g.Count() > 1)
                .Select(g => new InputProblem($"map.{g.Last().Key}", "activity-named-twice", $"“{g.Key}” cannot take the place of two steps.")))
            .ToList();
        if (problems.Count > 0)
        {
            throw new InvalidInputException(problems);
        }
    }

    private ValueTask<long> RecordAsync(MigrationOrder order, int cases, Performer by, CancellationToken cancellationToken) => writer.RunWithContextAsync(
        async (db, _) => await audit.RecordAsync(
            db, $"process:{order.Process}", "process.migrating", by.Actor,
            new JsonObject
            {
                ["from"] = order.From,
                ["to"] = order.To,
                ["cases"] = cases,
                ["map"] = order.Map.Count == 0 ? null : new JsonObject(order.Map.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value))),
                ["reason"] = order.Reason,
            },
            cancellationToken),
        cancellationToken);
}

/// <summary>A workflow of both versions, with what became of its shapes.</summary>
/// <param name="Workflow">Its id in the version to leave.</param>
public sealed record MappedWorkflow(string Workflow, ActivityMap Map)
{
    /// <summary>Shapes of the old version without a counterpart; cases that wait there cannot go.</summary>
    public IEnumerable<PlanNode> Unmapped => Map.Unmapped;

    /// <summary>Shapes of the new version that could take this one's place: of its type, and nobody's counterpart yet.</summary>
    public IEnumerable<PlanNode> Candidates(PlanNode old) => Map.To.Nodes.Where(n => n.TypeName == old.TypeName && Map.Back(n) is null);
}

/// <summary>Two versions of a process side by side.</summary>
/// <param name="Cases">Open cases on the version to leave.</param>
public sealed record MigrationOutline(ProcessVersionInUse From, ProcessVersionInUse To, IReadOnlyList<MappedWorkflow> Workflows, int Cases)
{
    /// <summary>What a shape is called, in the version to leave or else in the one to go to; null for none of theirs.</summary>
    public BilingualText? NameOf(string? shape) => shape is null
        ? null
        : Workflows.SelectMany(w => new[] { w.Map.From, w.Map.To }).SelectMany(p => p.Nodes).FirstOrDefault(n => n.Id == shape) is { } node ? ShapeTexts.Of(node) : null;

    /// <summary>What a clock is called.</summary>
    public BilingualText ClockName(string clock) =>
        To.Pack.Limits.Concat(From.Pack.Limits).FirstOrDefault(l => l.Clock == Domain.Clocks.Clock.NameOf(clock))?.Name ?? new BilingualText(clock, clock);
}

/// <summary>What became of a batch.</summary>
/// <param name="Results">One for each case of the batch.</param>
/// <param name="Left">Cases after it.</param>
/// <param name="Next">Where the next batch begins: after this case. Null when none is left.</param>
public sealed record MigrationBatch(MigrationOutline Outline, IReadOnlyList<CaseMigration> Results, int Left, Guid? Next);

/// <summary>What befell cases a reader may not see: how many, and how they fared, but not which.</summary>
/// <param name="Count">Null: fewer than five.</param>
public sealed record UnseenCases(MigrationEnd End, string? Code, string? Shape, int? Count)
{
    private const int Telling = 5;

    /// <summary>Cases alike, counted.</summary>
    public static IReadOnlyList<UnseenCases> Of(IEnumerable<CaseMigration> results) => [.. results
        .GroupBy(r => r.Refusals is [var first, ..] ? (r.End, first.Code, Shape: first.ActivityId) : (r.End, Code: (string?)null, Shape: null))
        .OrderBy(g => g.Key.End).ThenByDescending(g => g.Count())
        .Select(g => new UnseenCases(g.Key.End, g.Key.Code, g.Key.Shape, g.Count() < Telling ? null : g.Count()))];
}

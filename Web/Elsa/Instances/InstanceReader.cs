using System.Text.Json;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Runtime;
using CaseManagement.Web.Simulations;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Elsa.Instances;

/// <summary>An instance as somebody sees it.</summary>
/// <param name="Row">Its columns.</param>
/// <param name="Plan">What it runs; null when that is gone.</param>
/// <param name="Instance">Its state; null when the plan is gone.</param>
/// <param name="Sight">How much of it may be told.</param>
public sealed record SeenInstance(InstanceRow Row, WorkflowPlan? Plan, WorkflowInstance? Instance, InstanceSight Sight)
{
    /// <summary>What happened in it, where it is a trial and no database knows; null otherwise.</summary>
    public IReadOnlyList<JournalRow>? Trial { get; init; }

    public bool IsFull => Sight == InstanceSight.Full;

    /// <summary>Its timers that failed too often and wait for an operator.</summary>
    public IReadOnlyList<StoredTimer> GivenUp { get; init; } = [];
}

/// <summary>Reads instances: those in the database, and trial runs of the reader's own.</summary>
public sealed class InstanceReader(IDbContextFactory<CaseManagementDbContext> contexts, InstanceAccess access, IPlanSource plans, KeptTrials trials)
{
    /// <summary>One page of what the person may know of, and how many there are.</summary>
    public async Task<(IReadOnlyList<(InstanceRow Row, InstanceSight Sight)> Page, int Total)> ListAsync(
        InstanceFilter filter, Person person, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var rows = filter.Apply(await InstanceAccess.VisibleAsync(db, scope, cancellationToken));
        var total = await rows.CountAsync(cancellationToken);
        var page = new List<(InstanceRow, InstanceSight)>();
        foreach (var row in await filter.Order(rows).Skip(filter.Before).Take(filter.PageSize).ToListAsync(cancellationToken))
        {
            page.Add((row, await InstanceAccess.SightAsync(db, scope, row, cancellationToken)));
        }

        return (page, total);
    }

    /// <summary>One instance; null when there is none or the person may not know of it.</summary>
    public async Task<SeenInstance?> FindAsync(string? id, Person person, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var guid))
        {
            return null;
        }

        if (trials.Find(guid, person.Id) is { } trial)
        {
            return new SeenInstance(trial.Row, trial.Instance.Plan, trial.Instance, InstanceSight.Full) { Trial = trial.Journal };
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Instances.AsNoTracking().SingleOrDefaultAsync(i => i.Id == guid, cancellationToken);
        var sight = row is null
            ? InstanceSight.None
            : await InstanceAccess.SightAsync(db, await access.ScopeAsync(db, person, cancellationToken), row, cancellationToken);
        if (row is null || sight == InstanceSight.None)
        {
            return null;
        }

        var state = await db.InstanceStates.AsNoTracking().SingleAsync(s => s.Id == guid, cancellationToken);
        var plan = await plans.FindAsync(row.DefinitionVersionId, cancellationToken);
        return new SeenInstance(row, plan, plan is null ? null : WorkflowInstance.Read(new StoredInstance(row, state.State), plan), sight)
        {
            GivenUp = await FailedTimers.GivenUpOf(db, guid, row.CorrelationId).ToListAsync(cancellationToken),
        };
    }

    /// <summary>What happened in an instance that was found.</summary>
    public async Task<InstanceHistory> HistoryAsync(SeenInstance seen, CancellationToken cancellationToken)
    {
        var id = seen.Row.Id;
        if (seen.Trial is { } journal)
        {
            return InstanceHistory.Of(journal);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Journal.AsNoTracking().Where(j => j.InstanceId == id).OrderBy(j => j.Sequence).ToListAsync(cancellationToken);
        return InstanceHistory.Of(rows.Select(r => new JournalRow(
            r.InstanceId, r.Sequence, r.At, r.ExecutionId, r.ActivityId, r.NodeId, r.ActivityType, r.Event, r.AtOnce,
            r.Outcomes is null ? null : JsonSerializer.Deserialize<List<string>>(r.Outcomes), r.Data)));
    }
}

using System.Runtime.InteropServices;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Simulation;

/// <summary>Reads committed rows; collects writes and applies them at the commit.</summary>
internal sealed class InMemoryTransaction(InMemoryTables tables) : IBurstTransaction
{
    private readonly List<BurstChanges> _saved = [];
    private List<Guid>? _takenTimers;

    public ValueTask<StoredInstance?> LoadInstanceAsync(Guid id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Find(id));

    public ValueTask<IReadOnlyList<BookmarkRow>> FindBookmarksAsync(
        string stimulusName, string stimulusKey, string? correlationId, CancellationToken cancellationToken)
    {
        IReadOnlyList<BookmarkRow> found = tables.Bookmarks.TryGetValue(StimulusHash.Of(stimulusName, stimulusKey), out var rows)
            ? rows.FindAll(r => r.StimulusName == stimulusName && r.StimulusKey == stimulusKey
                && (correlationId is null || r.CorrelationId == correlationId))
            : [];
        return ValueTask.FromResult(found);
    }

    public ValueTask<IReadOnlyList<TriggerRow>> FindTriggersAsync(
        string stimulusName, string stimulusKey, CancellationToken cancellationToken)
    {
        List<TriggerRow>? found = null;
        foreach (var rows in tables.Triggers.Values)
        {
            foreach (var row in rows)
            {
                if (row.StimulusName == stimulusName && row.StimulusKey == stimulusKey)
                {
                    (found ??= []).Add(row);
                }
            }
        }

        return ValueTask.FromResult<IReadOnlyList<TriggerRow>>(found ?? (IReadOnlyList<TriggerRow>)[]);
    }

    public ValueTask<IReadOnlyList<KeptStimulusRow>> FindKeptAsync(
        string stimulusName, string stimulusKey, DateTimeOffset now, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<KeptStimulusRow>>(tables.Kept.Count == 0
            ? []
            : tables.Kept.FindAll(r => r.StimulusName == stimulusName && r.StimulusKey == stimulusKey && r.ExpiresAt > now));

    public ValueTask<IReadOnlyList<Guid>> FindRunningAsync(
        string? definitionId, string? correlationId, bool matchCorrelation, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<Guid>>(
        [
            .. tables.Order.Where(id => tables.Instances[id].Row is var row && row.Status == WorkflowStatus.Running
                && (definitionId is null || row.DefinitionId == definitionId)
                && (!matchCorrelation || row.CorrelationId == correlationId)),
        ]);

    public ValueTask<TimerRow?> TakeTimerAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!tables.Timers.TryGetValue(id, out var timer) || _takenTimers?.Contains(id) == true)
        {
            return ValueTask.FromResult<TimerRow?>(null);
        }

        (_takenTimers ??= []).Add(id);
        return ValueTask.FromResult<TimerRow?>(timer);
    }

    public ValueTask SaveAsync(BurstChanges changes, CancellationToken cancellationToken)
    {
        foreach (var updated in changes.UpdatedInstances)
        {
            if (Find(updated.Row.Id)?.Row.Version != updated.Row.Version - 1)
            {
                throw new LostRaceException($"Instance {updated.Row.Id} has changed meanwhile.");
            }
        }

        _saved.Add(changes);
        return ValueTask.CompletedTask;
    }

    public void Commit()
    {
        foreach (var id in _takenTimers ?? [])
        {
            tables.Timers.Remove(id);
        }

        foreach (var changes in _saved)
        {
            Apply(changes);
        }
    }

    private StoredInstance? Find(Guid id)
    {
        for (var i = _saved.Count - 1; i >= 0; i--)
        {
            foreach (var stored in _saved[i].UpdatedInstances.Concat(_saved[i].InsertedInstances))
            {
                if (stored.Row.Id == id)
                {
                    return stored;
                }
            }
        }

        return tables.Instances.TryGetValue(id, out var found) ? found : null;
    }

    private void Apply(BurstChanges changes)
    {
        foreach (var inserted in changes.InsertedInstances)
        {
            tables.Order.Add(inserted.Row.Id);
            tables.Instances.Add(inserted.Row.Id, inserted);
        }

        foreach (var updated in changes.UpdatedInstances)
        {
            tables.Instances[updated.Row.Id] = updated;
        }

        ApplyBookmarks(changes);
        foreach (var id in changes.RemovedTimers)
        {
            tables.Timers.Remove(id);
        }

        foreach (var timer in changes.AddedTimers)
        {
            tables.Timers[timer.Id] = timer;
        }

        ApplyJournal(changes.Journal);
        if (changes.HasRare)
        {
            ApplyRare(changes);
        }
    }

    private void ApplyRare(BurstChanges changes)
    {
        ApplyCorrelations(changes);
        foreach (var (instanceId, incident) in changes.AddedIncidents)
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(tables.Incidents, instanceId, out _) ??= []).Add(incident);
        }

        foreach (var (instanceId, incident) in changes.ResolvedIncidents)
        {
            var incidents = CollectionsMarshal.GetValueRefOrAddDefault(tables.Incidents, instanceId, out _) ??= [];
            incidents.RemoveAll(i => i.Id == incident.Id);
            incidents.Add(incident);
        }

        tables.Outgoing.AddRange(changes.Outgoing);
        tables.Kept.RemoveAll(r => changes.DeliveredStimuli.Contains(r.Id));
        tables.Kept.AddRange(changes.KeptStimuli);
        foreach (var replaced in changes.ReplacedTriggers)
        {
            tables.Triggers[replaced.DefinitionId] = replaced.Triggers;
            foreach (var old in tables.Timers.Values.Where(t => t.Kind == TimerKinds.Trigger
                && TriggerTimers.DefinitionOf(t) == replaced.DefinitionId).ToList())
            {
                tables.Timers.Remove(old.Id);
            }

            foreach (var timer in replaced.Timers)
            {
                tables.Timers[timer.Id] = timer;
            }
        }
    }

    // Most bursts are of one new instance: its rows are taken as they are.
    private void ApplyJournal(List<JournalRow> rows)
    {
        if (AreOfOneInstance(rows) && tables.Journal.TryAdd(rows[0].InstanceId, rows))
        {
            return;
        }

        foreach (var row in rows)
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(tables.Journal, row.InstanceId, out _) ??= []).Add(row);
        }
    }

    private static bool AreOfOneInstance(List<JournalRow> rows)
    {
        foreach (var row in rows)
        {
            if (row.InstanceId != rows[0].InstanceId)
            {
                return false;
            }
        }

        return rows.Count > 0;
    }

    private void ApplyBookmarks(BurstChanges changes)
    {
        foreach (var id in changes.RemovedBookmarks)
        {
            if (tables.BookmarkStimuli.Remove(id, out var hash) && tables.Bookmarks.TryGetValue(hash, out var rows))
            {
                rows.RemoveAll(r => r.BookmarkId == id);
                if (rows.Count == 0)
                {
                    tables.Bookmarks.Remove(hash);
                }
            }
        }

        foreach (var row in changes.AddedBookmarks)
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(tables.Bookmarks, row.StimulusHash, out _) ??= []).Add(row);
            tables.BookmarkStimuli[row.BookmarkId] = row.StimulusHash;
        }
    }

    private void ApplyCorrelations(BurstChanges changes)
    {
        foreach (var (instanceId, correlationId) in changes.RecorrelatedInstances)
        {
            foreach (var rows in tables.Bookmarks.Values)
            {
                for (var i = 0; i < rows.Count; i++)
                {
                    if (rows[i].InstanceId == instanceId)
                    {
                        rows[i] = rows[i] with { CorrelationId = correlationId };
                    }
                }
            }
        }
    }
}

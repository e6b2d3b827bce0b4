using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Simulation;

/// <summary>
/// Keeps everything in memory, as documents: nothing an instance knows survives a burst unless it was written. One burst at a
/// time; one that throws leaves no trace.
/// </summary>
public sealed class InMemoryBurstStore : ISimulationStore, IDisposable
{
    private const int MaxReruns = 10;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly InMemoryTables _tables = new();

    public async ValueTask<T> RunAsync<T>(Func<IBurstTransaction, ValueTask<T>> burst, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            for (var run = 1; ; run++)
            {
                try
                {
                    var transaction = new InMemoryTransaction(_tables);
                    var result = await burst(transaction);
                    transaction.Commit();
                    return result;
                }
                catch (LostRaceException) when (run < MaxReruns)
                {
                    // somebody changed the row meanwhile: again, from scratch
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public ValueTask<IReadOnlyList<StoredInstance>> InstancesAsync(CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<StoredInstance>>(t => [.. t.Order.Select(id => t.Instances[id])], cancellationToken);

    public ValueTask<IReadOnlyList<JournalRow>> JournalAsync(Guid instanceId, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<JournalRow>>(
            t => t.Journal.TryGetValue(instanceId, out var rows) ? [.. rows] : [], cancellationToken);

    public ValueTask<TimerRow?> FirstDueAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
        ReadAsync(
            t => t.Timers.Values.Where(r => r.DueAt <= until).OrderBy(r => r.DueAt).ThenByDescending(r => r.Severity)
                .ThenBy(r => r.Id).FirstOrDefault(),
            cancellationToken);

    /// <summary>What was to be sent, in the order it was written. Nothing is sent from here.</summary>
    public ValueTask<IReadOnlyList<OutgoingRow>> OutgoingAsync(CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<OutgoingRow>>(t => [.. t.Outgoing], cancellationToken);

    /// <summary>Timers and index rows that exist, for tests that nothing is left behind.</summary>
    public ValueTask<(int Timers, int Bookmarks, int Kept)> CountRowsAsync(CancellationToken cancellationToken) =>
        ReadAsync(t => (t.Timers.Count, t.BookmarkStimuli.Count, t.Kept.Count), cancellationToken);

    public void Dispose() => _turn.Dispose();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<T> ReadAsync<T>(Func<InMemoryTables, T> read, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return read(_tables);
        }
        finally
        {
            _turn.Release();
        }
    }
}

/// <summary>The committed rows.</summary>
internal sealed class InMemoryTables
{
    public List<Guid> Order { get; } = [];
    public Dictionary<Guid, StoredInstance> Instances { get; } = [];
    public Dictionary<Guid, List<JournalRow>> Journal { get; } = [];
    public Dictionary<long, List<BookmarkRow>> Bookmarks { get; } = [];
    public Dictionary<Guid, long> BookmarkStimuli { get; } = [];
    public Dictionary<Guid, TimerRow> Timers { get; } = [];
    public Dictionary<string, IReadOnlyList<TriggerRow>> Triggers { get; } = new(StringComparer.Ordinal);
    public List<KeptStimulusRow> Kept { get; } = [];
    public Dictionary<Guid, List<Incident>> Incidents { get; } = [];
    public List<OutgoingRow> Outgoing { get; } = [];
}

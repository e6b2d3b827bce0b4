using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Simulation;

/// <summary>Keeps cases and instances in memory. One burst at a time; one that throws leaves no trace.</summary>
public sealed class InMemoryCaseStore : ICaseStore, ISimulationStore, IDisposable
{
    private readonly InMemoryBurstStore _bursts = new();
    private readonly InMemoryCaseTables _cases = new();
    private long _configurationVersion = 1;

    public ValueTask<T> RunAsync<T>(Func<ICaseTransaction, ValueTask<T>> burst, CancellationToken cancellationToken) =>
        _bursts.RunAsync(
            async transaction =>
            {
                var cases = new InMemoryCaseTransaction(transaction, _cases, Interlocked.Read(ref _configurationVersion));
                var result = await burst(cases);
                cases.Commit();
                return result;
            },
            cancellationToken);

    ValueTask<T> IBurstStore.RunAsync<T>(Func<IBurstTransaction, ValueTask<T>> burst, CancellationToken cancellationToken) =>
        RunAsync<T>(burst, cancellationToken);

    /// <summary>Tells later bursts that processes, limits, calendars or the organisation are other than before.</summary>
    public void ConfigurationChanged() => Interlocked.Increment(ref _configurationVersion);

    /// <summary>All cases in the order they were registered.</summary>
    public ValueTask<IReadOnlyList<StoredCase>> CasesAsync(CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<StoredCase>>(t => [.. t.Order.Select(id => t.Cases[id])], cancellationToken);

    /// <summary>The tasks of a case, oldest first.</summary>
    public ValueTask<IReadOnlyList<TaskRow>> TasksAsync(Guid complaint, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<TaskRow>>(
            t => [.. t.Tasks.Values.Where(r => r.ComplaintId == complaint).OrderBy(r => r.CreatedAt)], cancellationToken);

    /// <summary>The clocks of a case by key.</summary>
    public ValueTask<IReadOnlyList<ClockRow>> ClocksAsync(Guid complaint, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<ClockRow>>(
            t => [.. t.Clocks.Values.Where(r => r.ComplaintId == complaint).OrderBy(r => r.Key, StringComparer.Ordinal)],
            cancellationToken);

    /// <summary>The events of a case in order.</summary>
    public ValueTask<IReadOnlyList<EventRow>> EventsAsync(Guid complaint, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<EventRow>>(
            t => [.. t.Events.Values.Where(r => r.ComplaintId == complaint).OrderBy(r => r.Sequence)], cancellationToken);

    /// <summary>The messages of a case, oldest first.</summary>
    public ValueTask<IReadOnlyList<MessageRow>> MessagesAsync(Guid complaint, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<MessageRow>>(
            t => [.. t.Messages.Values.Where(r => r.ComplaintId == complaint).OrderBy(r => r.CreatedAt)], cancellationToken);

    public ValueTask<IReadOnlyList<StoredInstance>> InstancesAsync(CancellationToken cancellationToken) =>
        _bursts.InstancesAsync(cancellationToken);

    public ValueTask<IReadOnlyList<JournalRow>> JournalAsync(Guid instanceId, CancellationToken cancellationToken) =>
        _bursts.JournalAsync(instanceId, cancellationToken);

    public ValueTask<TimerRow?> FirstDueAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
        _bursts.FirstDueAsync(until, cancellationToken);

    /// <inheritdoc cref="InMemoryBurstStore.TimersAsync"/>
    public ValueTask<IReadOnlyList<TimerRow>> TimersAsync(CancellationToken cancellationToken) =>
        _bursts.TimersAsync(cancellationToken);

    public void Dispose() => _bursts.Dispose();

    private ValueTask<T> ReadAsync<T>(Func<InMemoryCaseTables, T> read, CancellationToken cancellationToken) =>
        _bursts.RunAsync(_ => ValueTask.FromResult(read(_cases)), cancellationToken);
}

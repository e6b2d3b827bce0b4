using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Simulation;

/// <summary>Cases and instances in memory, kept as documents. One burst at a time; one that throws leaves no trace. For simulations and scenarios.</summary>
/// <remarks>The properties show what is committed; read them while no burst runs.</remarks>
public sealed class InMemoryCaseStore : ISimulatedCaseStore
{
    private const int MaxReruns = 10;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly InMemoryTables _tables = new();
    private readonly InMemoryCaseTables _cases = new();

    /// <inheritdoc/>
    public long ConfigurationVersion { get; set; } = 1;

    /// <inheritdoc/>
    public IReadOnlyList<StoredCase> Cases => [.. _cases.Order.Select(id => _cases.Cases[id])];

    /// <inheritdoc/>
    public IReadOnlyList<StoredInstance> Instances => [.. _tables.Order.Select(id => _tables.Instances[id])];

    /// <inheritdoc/>
    public IReadOnlyList<TimerRow> Timers => [.. _tables.Timers.Values.OrderBy(t => t.Id)];

    /// <inheritdoc/>
    public IReadOnlyList<EventRow> Events(Guid complaint) =>
        [.. _cases.Events.Values.Where(e => e.ComplaintId == complaint).OrderBy(e => e.Sequence)];

    /// <summary>What people are to a case.</summary>
    public IReadOnlyList<PartyRow> Parties(Guid complaint) =>
        [.. _cases.Parties.Where(p => p.Value && p.Key.ComplaintId == complaint).Select(p => p.Key).OrderBy(p => p.Kind, StringComparer.Ordinal).ThenBy(p => p.Who, StringComparer.Ordinal)];

    /// <summary>What cases are found by.</summary>
    public IReadOnlyList<CaseTextRow> Texts => [.. _cases.Texts.Values];

    /// <summary>By what other cases of the same complainant are found.</summary>
    public IReadOnlyList<TraceRow> Traces(Guid complaint) => [.. _cases.Traces.Values.Where(t => t.ComplaintId == complaint).OrderBy(t => t.Kind, StringComparer.Ordinal)];

    /// <summary>The files of a case.</summary>
    public IReadOnlyList<AttachmentRow> Attachments(Guid complaint) => [.. _cases.Attachments.Values.Where(a => a.ComplaintId == complaint)];

    /// <inheritdoc/>
    public IReadOnlyList<MessageRow> Messages(Guid complaint) => [.. _cases.Messages.Values.Where(m => m.ComplaintId == complaint)];

    /// <summary>The tasks of a case, in the order they were created.</summary>
    public IReadOnlyList<TaskRow> Tasks(Guid complaint) => [.. _cases.Tasks.Values.Where(t => t.ComplaintId == complaint).OrderBy(t => t.CreatedAt)];

    /// <summary>The clocks of a case.</summary>
    public IReadOnlyList<ClockRow> Clocks(Guid complaint) => [.. _cases.Clocks.Values.Where(c => c.ComplaintId == complaint)];

    /// <summary>What an instance waits for, as others find it.</summary>
    public IReadOnlyList<BookmarkRow> Bookmarks(Guid instance) => [.. _tables.Bookmarks.Values.SelectMany(rows => rows).Where(b => b.InstanceId == instance)];

    /// <inheritdoc/>
    public IReadOnlyList<JournalRow> Journal(Guid instance) => _tables.Journal.GetValueOrDefault(instance) ?? [];

    /// <inheritdoc/>
    public TimerRow? FirstDue(DateTimeOffset until) =>
        _tables.Timers.Values.Where(t => t.DueAt <= until).OrderBy(t => t.DueAt).ThenByDescending(t => t.Severity).ThenBy(t => t.Id).FirstOrDefault();

    ValueTask<T> IBurstStore.RunAsync<T>(Func<IBurstTransaction, ValueTask<T>> burst, CancellationToken cancellationToken) =>
        RunAsync(burst, cancellationToken);

    public async ValueTask<T> RunAsync<T>(Func<ICaseTransaction, ValueTask<T>> burst, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            for (var run = 1; ; run++)
            {
                try
                {
                    var instances = new InMemoryTransaction(_tables);
                    var cases = new InMemoryCaseTransaction(instances, _cases, ConfigurationVersion);
                    var result = await burst(cases);
                    instances.Commit();
                    cases.Commit();
                    return result;
                }
                catch (LostRaceException) when (run < MaxReruns)
                {
                    // again, from scratch
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}

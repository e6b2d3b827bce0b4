using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Simulation;

/// <summary>Cases and instances in memory, kept as documents. One burst at a time; one that throws leaves no trace. For simulations and scenarios.</summary>
public sealed class InMemoryCaseStore : ICaseStore, IBurstStore, IDisposable
{
    private const int MaxReruns = 10;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly InMemoryTables _tables = new();
    private readonly InMemoryCaseTables _cases = new();

    /// <summary>Rises when the simulation changes its configuration.</summary>
    public long ConfigurationVersion { get; set; } = 1;

    /// <summary>All cases, in the order they were registered.</summary>
    public IReadOnlyList<StoredCase> Cases => [.. _cases.Order.Select(id => _cases.Cases[id])];

    public IReadOnlyList<EventRow> Events(Guid complaint) => _cases.Events.GetValueOrDefault(complaint) ?? [];

    public IReadOnlyList<MessageRow> Messages(Guid complaint) => _cases.Messages.GetValueOrDefault(complaint) ?? [];

    public IReadOnlyList<JournalRow> Journal(Guid instance) => _tables.Journal.GetValueOrDefault(instance) ?? [];

    /// <summary>The timer due first, graver ones first at the same moment; null when nothing is due up to that moment.</summary>
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
                    var transaction = new InMemoryCaseTransaction(_tables, _cases, ConfigurationVersion);
                    var result = await burst(transaction);
                    transaction.Commit();
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

internal sealed class InMemoryCaseTables
{
    public List<Guid> Order { get; } = [];
    public Dictionary<Guid, StoredCase> Cases { get; } = [];
    public Dictionary<Guid, Guid> CaseOfTask { get; } = [];
    public Dictionary<string, Guid> ByExternalId { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, long> Sequences { get; } = new(StringComparer.Ordinal);
    public Dictionary<(string Principal, string Key), AnswerRow> Answers { get; } = [];
    public Dictionary<Guid, List<EventRow>> Events { get; } = [];
    public Dictionary<Guid, List<MessageRow>> Messages { get; } = [];
}

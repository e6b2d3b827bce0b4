using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Simulation;

/// <summary>A store whose content a simulation can look at.</summary>
public interface ISimulationStore : IBurstStore, IAsyncDisposable
{
    /// <summary>All instances, in the order they were created.</summary>
    ValueTask<IReadOnlyList<StoredInstance>> InstancesAsync(CancellationToken cancellationToken);

    /// <summary>The journal of an instance in order.</summary>
    ValueTask<IReadOnlyList<JournalRow>> JournalAsync(Guid instanceId, CancellationToken cancellationToken);

    /// <summary>The timer due first, graver ones first at the same moment; null when nothing is due up to that moment.</summary>
    ValueTask<TimerRow?> FirstDueAsync(DateTimeOffset until, CancellationToken cancellationToken);
}

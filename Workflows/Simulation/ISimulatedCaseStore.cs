using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Simulation;

/// <summary>A case store whose content a simulation can look at: in memory, or a database of its own.</summary>
/// <remarks>Everything shows what is committed; look while no burst runs.</remarks>
public interface ISimulatedCaseStore : ICaseStore, IBurstStore, IDisposable
{
    /// <summary>As <see cref="ICaseTransaction.ConfigurationVersionAsync"/>; the simulation raises it when it changes its configuration.</summary>
    long ConfigurationVersion { get; set; }

    /// <summary>All cases, in the order they were registered.</summary>
    IReadOnlyList<StoredCase> Cases { get; }

    /// <summary>All instances, in the order they were created.</summary>
    IReadOnlyList<StoredInstance> Instances { get; }

    /// <summary>The events of a case in order.</summary>
    IReadOnlyList<EventRow> Events(Guid complaint);

    /// <summary>The messages of a case in the order they were written.</summary>
    IReadOnlyList<MessageRow> Messages(Guid complaint);

    /// <summary>The journal of an instance in order.</summary>
    IReadOnlyList<JournalRow> Journal(Guid instance);

    /// <summary>Timers that have not fired, by id.</summary>
    IReadOnlyList<TimerRow> Timers { get; }

    /// <summary>The timer due first, graver ones first at the same moment; null when nothing is due up to that moment.</summary>
    TimerRow? FirstDue(DateTimeOffset until);
}

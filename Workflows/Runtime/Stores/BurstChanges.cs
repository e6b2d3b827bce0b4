namespace CaseManagement.Workflows.Runtime.Stores;

/// <summary>Everything one burst writes, handed to the store once, at the end.</summary>
public sealed class BurstChanges
{
    private RareChanges? _rare;

    public List<StoredInstance> InsertedInstances { get; } = [];

    /// <summary>Each expects the stored version to be one less than its own; else the store raises <see cref="LostRaceException"/>.</summary>
    public List<StoredInstance> UpdatedInstances { get; } = [];

    public List<BookmarkRow> AddedBookmarks { get; } = [];
    public List<Guid> RemovedBookmarks { get; } = [];
    public List<TimerRow> AddedTimers { get; } = [];

    /// <summary>Ids; a row that is already gone is no error.</summary>
    public List<Guid> RemovedTimers { get; } = [];

    public List<JournalRow> Journal { get; } = new(8);

    /// <summary>False: the lists below are empty, and a store need not look at them.</summary>
    public bool HasRare => _rare is not null;

    /// <summary>New correlation ids of instances whose index rows stay.</summary>
    public List<(Guid InstanceId, string? CorrelationId)> RecorrelatedInstances => Rare.RecorrelatedInstances;

    public List<IncidentRow> AddedIncidents => Rare.AddedIncidents;

    /// <summary>What failed in this burst and is not settled by it.</summary>
    public IEnumerable<Incident> NewFaults => _rare is null ? [] : _rare.AddedIncidents.Select(i => i.Incident).Where(i => i.ResolvedAt is null);
    public List<IncidentRow> ResolvedIncidents => Rare.ResolvedIncidents;
    public List<KeptStimulusRow> KeptStimuli => Rare.KeptStimuli;
    public List<Guid> DeliveredStimuli => Rare.DeliveredStimuli;

    /// <summary>To be sent once the burst is committed.</summary>
    public List<OutgoingRow> Outgoing => Rare.Outgoing;

    /// <summary>Definitions whose trigger rows (and timers of kind <see cref="TimerKinds.Trigger"/>) are replaced by the given ones.</summary>
    public List<ReplacedTriggers> ReplacedTriggers => Rare.ReplacedTriggers;

    private RareChanges Rare => _rare ??= new RareChanges();

    // most bursts have none of these
    private sealed class RareChanges
    {
        public List<(Guid InstanceId, string? CorrelationId)> RecorrelatedInstances { get; } = [];
        public List<IncidentRow> AddedIncidents { get; } = [];
        public List<IncidentRow> ResolvedIncidents { get; } = [];
        public List<KeptStimulusRow> KeptStimuli { get; } = [];
        public List<Guid> DeliveredStimuli { get; } = [];
        public List<OutgoingRow> Outgoing { get; } = [];
        public List<ReplacedTriggers> ReplacedTriggers { get; } = [];
    }
}

/// <summary>The triggers by which a definition starts from now on; empty lists withdraw it.</summary>
public sealed record ReplacedTriggers(string DefinitionId, IReadOnlyList<TriggerRow> Triggers, IReadOnlyList<TimerRow> Timers);

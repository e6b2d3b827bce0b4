namespace CaseManagement.Workflows.Runtime.Stores;

/// <summary>The columns of a workflow instance; everything else is in its state document.</summary>
public sealed record InstanceRow
{
    /// <summary>UUIDv7, so rows sort by creation.</summary>
    public required Guid Id { get; init; }

    public required string DefinitionId { get; init; }

    /// <summary>The version the instance is pinned to.</summary>
    public required string DefinitionVersionId { get; init; }

    public required int DefinitionVersion { get; init; }
    public required WorkflowStatus Status { get; init; }
    public required WorkflowSubStatus SubStatus { get; init; }
    public string? CorrelationId { get; init; }
    public string? Name { get; init; }
    public Guid? ParentInstanceId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public int IncidentCount { get; init; }

    /// <summary>1 when inserted, one more at every update. An update expects the stored row at <c>Version - 1</c>.</summary>
    public required int Version { get; init; }
}

/// <summary>An instance as the store keeps it: columns and the state document (UTF-8 JSON).</summary>
public readonly record struct StoredInstance(InstanceRow Row, ReadOnlyMemory<byte> State);

/// <summary>One entry of the index by which a stimulus finds waiting instances it does not know by id.</summary>
/// <remarks><c>StimulusHash</c>: <see cref="Runtime.StimulusHash.Of"/> of name and key; equal hashes need their name and key
/// compared.</remarks>
public readonly record struct BookmarkRow(
    Guid BookmarkId, Guid InstanceId, long StimulusHash, string StimulusName, string StimulusKey, string? CorrelationId);

/// <summary>A stimulus by which a published definition starts.</summary>
/// <remarks><c>NodeId</c>: The activity the run starts at.</remarks>
public sealed record TriggerRow(
    string DefinitionId, string DefinitionVersionId, string NodeId, long StimulusHash, string StimulusName, string StimulusKey);

/// <summary>A stimulus that found nobody and waits for a matching bookmark.</summary>
/// <remarks><c>Input</c>: The stimulus' input as UTF-8 JSON. <c>ExpiresAt</c>: From this moment on it may be purged and is no
/// longer delivered.</remarks>
public sealed record KeptStimulusRow(
    Guid Id, long StimulusHash, string StimulusName, string StimulusKey, string? CorrelationId, Guid? InstanceId,
    ReadOnlyMemory<byte> Input, DateTimeOffset KeptAt, DateTimeOffset ExpiresAt);

/// <summary>A moment at which somebody must be woken. The row is the truth: whoever deletes it in a burst fires it.</summary>
public sealed record TimerRow
{
    /// <summary>For a timer of a bookmark: the bookmark's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The instance to resume; none for a timer that starts a definition or belongs to another layer.</summary>
    public Guid? InstanceId { get; init; }

    public Guid? BookmarkId { get; init; }
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>0 is ordinary; of the timers that are due, graver (higher) ones fire first.</summary>
    public int Severity { get; init; }

    /// <summary><see cref="TimerKinds"/>, or a kind of another layer.</summary>
    public required string Kind { get; init; }

    /// <summary>Small text for the kind's own use: ids, never facts.</summary>
    public string? Payload { get; init; }
}

/// <summary>The kinds of timer the runtime fires itself.</summary>
public static class TimerKinds
{
    /// <summary>Resumes a bookmark.</summary>
    public const string Bookmark = "Bookmark";

    /// <summary>Starts a published definition; the payload names definition and activity.</summary>
    public const string Trigger = "Trigger";
}

/// <summary>
/// Something an activity wants sent to the outside. The store keeps it in its outbox, in the burst's own commit, and it is delivered
/// at least once; the id is its idempotency key.
/// </summary>
public sealed record OutgoingRow
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }

    public required Guid InstanceId { get; init; }

    /// <summary>The bookmark that waits for the answer; none where nobody does.</summary>
    public Guid? BookmarkId { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>The activity's type.</summary>
    public required string ActivityType { get; init; }

    /// <summary>How it is delivered: <c>http</c>, <c>email</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>Whom it goes to, as people read it: an e-mail address, a host.</summary>
    public required string Address { get; init; }

    public required string Subject { get; init; }

    /// <summary>What is delivered, as its channel reads it.</summary>
    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a journal row records of an activity.</summary>
public enum JournalEvent
{
    Started,
    Completed,
    Suspended,
    Resumed,
    Faulted,
    Canceled,

    /// <summary>The instance went to another version of its definition; the row is of the workflow itself.</summary>
    Migrated,
}

/// <summary>One entry of an instance's history, in order of <paramref name="Sequence"/>.</summary>
/// <remarks><c>Sequence</c>: From 1, without gaps within one instance. <c>ExecutionId</c>: Which execution of the activity,
/// unique within the instance. <c>AtOnce</c>: The activity started immediately before, at the same moment: the row stands for
/// two events. <c>Outcomes</c>: Of a completion; null means the single outcome Done. <c>Data</c>: A small JSON object in UTF-8,
/// or null.</remarks>
public readonly record struct JournalRow(
    Guid InstanceId, int Sequence, DateTimeOffset At, int ExecutionId, string ActivityId, string NodeId, string ActivityType,
    JournalEvent Event, bool AtOnce, IReadOnlyList<string>? Outcomes, byte[]? Data);

/// <summary>An incident that appeared or was resolved in a burst.</summary>
public readonly record struct IncidentRow(Guid InstanceId, Incident Incident);

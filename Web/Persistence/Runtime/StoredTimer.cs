namespace CaseManagement.Web.Persistence.Runtime;

/// <summary>A timer that has not fired, with what its dispatch needs.</summary>
public sealed class StoredTimer
{
    public required Guid Id { get; init; }
    public Guid? InstanceId { get; init; }
    public Guid? BookmarkId { get; init; }
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>0 is ordinary; of the timers that are due, graver (higher) ones fire first.</summary>
    public required int Severity { get; init; }

    public required string Kind { get; init; }
    public string? Payload { get; init; }

    /// <summary>The definition it starts; set for the timers that came with a definition's triggers.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>When it is tried next, in the product's own time: <see cref="DueAt"/> at first, later after each failure.</summary>
    public required DateTimeOffset NextAttemptAt { get; init; }

    /// <summary>How often it was tried and failed.</summary>
    public int Attempts { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? LastError { get; init; }

    /// <summary>The node that is firing it.</summary>
    public string? LeasedBy { get; init; }

    /// <summary>Until when, by the wall clock, the other nodes leave it alone.</summary>
    public DateTimeOffset? LeasedUntil { get; init; }
}

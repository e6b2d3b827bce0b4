namespace CaseManagement.Workflows.Runtime;

/// <summary>A request to start a workflow. Give the definition (its published version runs) or one exact version.</summary>
public sealed record StartRequest
{
    public string? DefinitionId { get; init; }
    public string? DefinitionVersionId { get; init; }
    public string? CorrelationId { get; init; }

    /// <summary>The instance's name, shown in lists.</summary>
    public string? Name { get; init; }

    /// <summary>Values by input name; see <see cref="Expressions.WorkflowValues"/> for what a value may be.</summary>
    public IReadOnlyDictionary<string, object?>? Input { get; init; }

    /// <summary>The trigger the run starts at, by node id or by activity id of the root container.</summary>
    public string? TriggerNodeId { get; init; }

    /// <summary>What the trigger receives.</summary>
    public object? TriggerInput { get; init; }

    public Guid? ParentInstanceId { get; init; }

    /// <summary>
    /// Starts although findings say it cannot run: it faults where it cannot go on. For definitions that are tried or were
    /// published elsewhere; what is published here has no such findings.
    /// </summary>
    public bool DespiteFindings { get; init; }

    /// <summary>The id to use, else a new UUIDv7.</summary>
    public Guid? InstanceId { get; init; }
}

/// <summary>Whether a start happened.</summary>
public enum StartOutcome
{
    Started,

    /// <summary>No such definition, or no published version.</summary>
    NotFound,

    /// <summary>The activation strategy forbids another instance now.</summary>
    Refused,

    /// <summary>The definition has findings that keep it from running.</summary>
    CannotRun,

    /// <summary>An input does not fit its declared type.</summary>
    InvalidInput,
}

/// <remarks><c>Instance</c>: The instance as the burst left it; null unless started. <c>Reason</c>: Why not, in words for a log
/// or an operator.</remarks>
public sealed record StartResult(StartOutcome Outcome, WorkflowInstance? Instance, string? Reason = null);

/// <summary>What became of a stimulus.</summary>
public enum DeliverOutcome
{
    /// <summary>It resumed or started something.</summary>
    Delivered,

    /// <summary>Nobody waits yet; it is kept for later.</summary>
    Kept,

    /// <summary>Nobody waits for it (any more). Nothing has changed; telling again is harmless.</summary>
    AlreadyDone,
}

/// <remarks><c>Resumed</c>: Bookmarks resumed. <c>Started</c>: Instances started by a trigger.</remarks>
public sealed record DeliverResult(DeliverOutcome Outcome, int Resumed, IReadOnlyList<Guid> Started)
{
    public static DeliverResult AlreadyDone { get; } = new(DeliverOutcome.AlreadyDone, 0, []);
    public static DeliverResult Kept { get; } = new(DeliverOutcome.Kept, 0, []);
    public static DeliverResult ResumedOne { get; } = new(DeliverOutcome.Delivered, 1, []);
}

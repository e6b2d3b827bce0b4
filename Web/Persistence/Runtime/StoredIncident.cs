namespace CaseManagement.Web.Persistence.Runtime;

/// <summary>A fault of an activity.</summary>
public sealed class StoredIncident
{
    public required Guid InstanceId { get; init; }

    /// <summary>From 1 within the instance.</summary>
    public required int Id { get; init; }

    public required int ExecutionId { get; init; }
    public required string ActivityId { get; init; }
    public required string NodeId { get; init; }
    public required string ActivityType { get; init; }
    public required string Message { get; init; }
    public required string ExceptionType { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>When a retry or the replacement of the activity settled it.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }
}

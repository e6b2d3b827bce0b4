namespace CaseManagement.Workflows.Runtime;

/// <summary>A fault of an activity, kept with the instance until an operator resolves it.</summary>
/// <remarks><c>Id</c>: From 1 within the instance. <c>ExecutionId</c>: The execution that faulted and is run again by a retry.
/// <c>ExceptionType</c>: CLR name of the exception. <c>ResolvedAt</c>: When a retry or the replacement of the activity settled
/// it.</remarks>
public sealed record Incident(
    int Id, int ExecutionId, string ActivityId, string NodeId, string ActivityType, string Message, string ExceptionType,
    DateTimeOffset At, DateTimeOffset? ResolvedAt = null);

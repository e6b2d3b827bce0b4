namespace CaseManagement.Workflows.Runtime;

/// <summary>A fault of an activity, kept with the instance until an operator resolves it.</summary>
/// <param name="Id">From 1 within the instance.</param>
/// <param name="ExecutionId">The execution that faulted and is run again by a retry.</param>
/// <param name="ExceptionType">CLR name of the exception.</param>
/// <param name="ResolvedAt">When a retry or the replacement of the activity settled it.</param>
public sealed record Incident(
    int Id, int ExecutionId, string ActivityId, string NodeId, string ActivityType, string Message, string ExceptionType,
    DateTimeOffset At, DateTimeOffset? ResolvedAt = null);

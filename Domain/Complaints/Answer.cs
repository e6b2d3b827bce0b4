namespace CaseManagement.Domain.Complaints;

/// <summary>One answer of the complainant; numbered by its place, across rounds. The outcome is Agreed, Rejected or Received.</summary>
public sealed record Answer(string Outcome, string? Reason, DateTimeOffset At);

/// <summary>A rung a step of the process has already answered.</summary>
public sealed record AnsweredRung(Guid Instance, string Shape, string Clock, string Rung, DateTimeOffset At);

/// <summary>A step of the process that waits for the complainant.</summary>
public sealed record AwaitedAnswer(Guid Instance, string Shape, bool Material);

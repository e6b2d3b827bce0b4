namespace CaseManagement.Web.Persistence.Cases;

/// <summary>Who may take an open task; there are rows only for open tasks that nobody holds.</summary>
public sealed class TaskCandidate
{
    public required Guid TaskId { get; init; }

    /// <summary>The task's case, repeated here so that what is offered to somebody is read from one index.</summary>
    public required Guid ComplaintId { get; init; }

    /// <summary><c>role</c>, <c>role@department</c> or <c>user:id</c>.</summary>
    public required string Candidate { get; init; }

    /// <summary>The task's own, repeated here so that an inbox reads in due order.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The department that leads the case, repeated here so that what other departments offer is told apart.</summary>
    public string? Lead { get; init; }

    /// <summary>The task's own, repeated here so that approvals are told apart.</summary>
    public string? Chain { get; init; }
}

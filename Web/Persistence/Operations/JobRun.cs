namespace CaseManagement.Web.Persistence.Operations;

/// <summary>How a run of a recurring job stands.</summary>
public enum JobRunState
{
    /// <summary>Somebody wants it now; no node has begun.</summary>
    Asked,

    Running,

    Done,

    /// <summary>It threw; the message is kept.</summary>
    Failed,

    /// <summary>Its node went away meanwhile. Another one does the work again.</summary>
    Interrupted,
}

/// <summary>One run of a recurring job on one node.</summary>
public sealed class JobRun
{
    /// <summary>Sorts by when it was asked for or began. One that is asked for on the page has the id the page gave it, so that it is asked for once.</summary>
    public required Guid Id { get; init; }

    /// <summary>The job's key.</summary>
    public required string Job { get; init; }

    public required JobRunState State { get; set; }

    /// <summary>Who asked for it; null: its schedule did.</summary>
    public string? AskedBy { get; init; }

    public string? AskedByName { get; init; }

    /// <summary>By the wall clock, as all here.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>The node that ran it.</summary>
    public string? Node { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>What it failed with.</summary>
    public string? Error { get; set; }
}

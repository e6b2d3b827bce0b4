using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Jobs;

/// <summary>
/// What runs by itself: timers, recurring jobs, nodes. Administrators act; auditors and process owners look; supervisors see the timers of their cases
/// and have those tried again.
/// </summary>
public interface IJobPages
{
    /// <summary>Null when this reader may not look.</summary>
    Task<JobsPage?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Has a timer tried again at once.</summary>
    /// <param name="attempts">How often it had failed as the reader saw it.</param>
    Task<ActionAnswer> RetryAsync(Guid timer, int attempts, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Drops a timer, for a reason.</summary>
    /// <inheritdoc cref="RetryAsync"/>
    Task<ActionAnswer> SkipAsync(Guid timer, int attempts, string? reason, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Runs a recurring job now; the same <paramref name="run"/> once.</summary>
    Task<ActionAnswer> RunAsync(string job, Guid run, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>The page.</summary>
public sealed record JobsPage
{
    public required string Zone { get; init; }

    /// <summary>May retry, skip and run.</summary>
    public required bool MayAct { get; init; }

    /// <summary>Only the timers of the reader's cases are shown, without jobs and nodes.</summary>
    public bool IsOwn { get; init; }

    public required IReadOnlyList<JobFigure> Figures { get; init; }
    public required IReadOnlyList<TimerGroup> Timers { get; init; }
    public required IReadOnlyList<RecurringRow> Recurring { get; init; }
    public required IReadOnlyList<NodeRow> Nodes { get; init; }
    public Note? Note { get; init; }

    /// <summary>The timer whose reason is missing, and what is said about it.</summary>
    public (Guid Timer, string Message)? ReasonError { get; init; }
}

/// <summary>A figure with what it counts and what it means.</summary>
public sealed record JobFigure(string Name, string Value, string Means, bool Bad);

/// <summary>Timers in the same situation, the most urgent first; <paramref name="More"/> are not shown.</summary>
public sealed record TimerGroup(string Id, string Title, string Means, IReadOnlyList<TimerLine> Timers, int More);

/// <summary>One timer.</summary>
public sealed record TimerLine
{
    public required Guid Id { get; init; }

    /// <summary>What it wakes, in words.</summary>
    public required string What { get; init; }

    /// <summary>The case's number, where it is one's.</summary>
    public string? Case { get; init; }

    /// <summary>For readers who may see the case.</summary>
    public string? CaseHref { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required int Attempts { get; init; }

    /// <summary>When it is tried next by itself; null: not at all.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>For those who act; it may speak of the case.</summary>
    public string? Error { get; init; }
    public bool MayRetry { get; init; }
    public bool MaySkip { get; init; }
}

/// <summary>A recurring job.</summary>
/// <param name="Run">Names the run that the button asks for.</param>
/// <param name="Busy">It is asked for or running, so it cannot be asked for.</param>
public sealed record RecurringRow(string Key, string Name, string What, DateTimeOffset? NextAt, Guid Run, bool Busy, IReadOnlyList<RunLine> Runs);

/// <summary>A run of a recurring job.</summary>
public sealed record RunLine(StateMark State, DateTimeOffset? StartedAt, string Duration, string Node, string By, string? Error);

/// <summary>A process of the product.</summary>
public sealed record NodeRow(string Name, string Machine, string Version, StateMark State, DateTimeOffset StartedAt, string Seen, long Fired, long Failed, string Lateness);

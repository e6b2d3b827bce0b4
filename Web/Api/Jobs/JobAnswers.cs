using CaseManagement.Web.Organisation;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Web.Api.Jobs;

/// <summary>What runs by itself.</summary>
/// <param name="Due">Timers due and not begun; <c>total</c> counts up to 100,000.</param>
/// <param name="Late">Those of them due for more than five seconds.</param>
/// <param name="Failing">Timers that failed and are tried again by themselves.</param>
/// <param name="GivenUp">Timers that failed too often and wait for somebody.</param>
/// <param name="Recurring">Recurring jobs with their newest runs; empty for a supervisor, who sees timers of their cases alone.</param>
public sealed record JobsAnswer(TimersAnswer Due, TimersAnswer Late, TimersAnswer Failing, TimersAnswer GivenUp, IReadOnlyList<RecurringAnswer> Recurring);

/// <summary>Timers in the same situation, the most urgent first, at most fifty.</summary>
public sealed record TimersAnswer(int Total, IReadOnlyList<TimerAnswer> Items);

/// <summary>A timer.</summary>
/// <param name="Id">What is retried.</param>
/// <param name="Kind">clock, count (cases that are counted together are looked at again), wait or trigger.</param>
/// <param name="Complaint">Its case, where the caller may open it.</param>
/// <param name="Number">The case's number.</param>
/// <param name="DueAt">When it was to fire.</param>
/// <param name="Attempts">How often it failed.</param>
/// <param name="NextAt">When it is tried next; absent where it waits for somebody.</param>
/// <param name="Error">Why it failed last; for those who operate the product.</param>
/// <param name="MayRetry">The caller may have it tried again now.</param>
public sealed record TimerAnswer(
    Guid Id, string Kind, Guid? Complaint, string? Number, DateTimeOffset DueAt, int Attempts, DateTimeOffset? NextAt, string? Error, bool MayRetry)
{
    internal static TimerAnswer Of(SeenTimer seen, TimerSight sight, bool toProgram) => new(
        seen.Timer.Id,
        seen.Timer.Kind switch { CaseTimers.Clock => "clock", CaseTimers.Count => "count", Delegating.TimerKind => "delegation", TimerKinds.Trigger => "trigger", _ => "wait" },
        seen.SeesCase || toProgram ? seen.Case : null, seen.Number, seen.Timer.DueAt, seen.Timer.Attempts,
        seen.Timer.NextAttemptAt == ParkedTimers.Until ? null : seen.Timer.NextAttemptAt, sight == TimerSight.Operates ? seen.Timer.LastError : null, seen.MayRetry);
}

/// <summary>A recurring job.</summary>
/// <param name="Name">What it is run by.</param>
/// <param name="NextAt">When it runs next by itself.</param>
/// <param name="Runs">Its newest runs, newest first.</param>
public sealed record RecurringAnswer(string Name, DateTimeOffset? NextAt, IReadOnlyList<RunAnswer> Runs);

/// <summary>A run of a recurring job.</summary>
/// <param name="State">asked, running, done, failed or interrupted.</param>
/// <param name="By">Who asked for it; absent: the schedule.</param>
public sealed record RunAnswer(Guid Id, string State, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? Node, string? By, string? Error);

/// <summary>A run that was asked for.</summary>
public sealed record RunAskedAnswer(string Name, Guid Run);

/// <summary>Which timer as it was looked at.</summary>
public sealed record RetryTimerRequest
{
    /// <summary>How often it had failed when it was looked at; absent: as it is now.</summary>
    public int? Attempts { get; init; }
}

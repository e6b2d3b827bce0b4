using System.Security.Claims;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Simulation;

/// <summary>Replays recorded cases for process owners and administrators; for others there is no such page.</summary>
public interface IReplayPages
{
    /// <summary>The page before anything has run; null when there is none for this reader.</summary>
    /// <param name="typed">What was typed for limits, by <c>key.amount</c> and <c>key.unit</c>.</param>
    Task<ReplayPage?> FormAsync(string key, ReplayForm form, IReadOnlyDictionary<string, string> typed, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Runs the replay.</summary>
    /// <param name="progress">Told how many of how many cases are done; nothing was told when the page comes back with errors.</param>
    Task<ReplayPage?> RunAsync(
        string key, ReplayForm form, IReadOnlyDictionary<string, string> typed, ClaimsPrincipal user, Func<int, int, ValueTask> progress, CancellationToken cancellationToken);
}

/// <summary>Which cases to replay against what, as posted.</summary>
public sealed record ReplayForm
{
    /// <summary>The version of the process the page is about.</summary>
    public int? Version { get; init; }

    /// <summary>Days, yyyy-MM-dd, in the process's zone; the second one counts too.</summary>
    public string? From { get; init; }

    public string? To { get; init; }
    public bool OpenCases { get; init; }

    /// <summary>The version to replay on; nothing: each case on its own.</summary>
    public string? On { get; init; }
}

/// <summary>Replaying recorded cases.</summary>
public sealed record ReplayPage
{
    public required ProcessTop Top { get; init; }

    /// <summary>The page of the process around it; the controller puts it there.</summary>
    public ProcessPage? Frame { get; init; }
    public required ReplayForm Form { get; init; }
    public required IReadOnlyList<Choice> Versions { get; init; }
    public required IReadOnlyList<ReplayLimit> Limits { get; init; }
    public required IReadOnlyList<Choice> Units { get; init; }
    public string? PeriodError { get; init; }
    public Note? Note { get; init; }
    public ReplayView? Result { get; init; }

    public bool HasErrors => PeriodError is not null || Note is not null || Limits.Any(l => l.Error is not null);
}

/// <summary>A limit that may be tried with another length.</summary>
/// <param name="Now">How it reads as it is in force.</param>
/// <param name="Amount">As typed; empty: as it is.</param>
/// <param name="Unit">As chosen; empty: as it is.</param>
public sealed record ReplayLimit(string Key, string Name, string Now, string? Amount, string? Unit, string? Error = null);

/// <summary>What a replay came to.</summary>
public sealed record ReplayView
{
    public required string Zone { get; init; }
    public required int Cases { get; init; }
    public required int Replayed { get; init; }

    /// <summary>Cases counted that the reader may not see; none: fewer than <see cref="Fewest"/>, not counted.</summary>
    public required int? Restricted { get; init; }
    public required int Fewest { get; init; }
    public required bool OutOfTime { get; init; }
    public required IReadOnlyList<ReplayRow> Rows { get; init; }
    public required IReadOnlyList<ReplayDifference> Differences { get; init; }
    public required IReadOnlyList<ReplayStopped> Stopped { get; init; }
    public required int NotReplayable { get; init; }
    public required int MostListed { get; init; }
    public required bool Truncated { get; init; }
}

/// <summary>One clock: breached of decided, in truth and in the replay.</summary>
/// <param name="Undecided">Runs in the replay that were neither met nor breached.</param>
public sealed record ReplayRow(string Name, int Late, int Base, int LateReplayed, int BaseReplayed, int TurnedLate, int TurnedMet, int Undecided);

/// <summary>A clock of a case that ends otherwise.</summary>
public sealed record ReplayDifference(string Number, string Href, string Clock, string Recorded, DateTimeOffset? RecordedDue, string Replayed, DateTimeOffset? ReplayedDue);

/// <summary>A case that cannot be replayed from some moment on.</summary>
public sealed record ReplayStopped(string Number, string Href, DateTimeOffset Since, string Why);

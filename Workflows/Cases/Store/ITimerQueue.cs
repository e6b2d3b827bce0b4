using System.Diagnostics.CodeAnalysis;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Cases.Store;

/// <summary>
/// Deals out timers that are due to the nodes that fire them. A lease only spares others the work: what keeps a timer from firing
/// twice is that its burst deletes its row.
/// </summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue: what is due first comes first.")]
public interface ITimerQueue
{
    /// <summary>Raised after a commit of this process that wrote timers. Handlers must return at once and not throw.</summary>
    event EventHandler? TimersWritten;

    /// <summary>Leases timers that are due, among them those whose lease has run out; the gravest first, then the most overdue.</summary>
    /// <param name="now">The product's own time.</param>
    /// <param name="limit">At most so many, 1 or more.</param>
    /// <param name="lease">Who takes them.</param>
    /// <param name="cancellationToken">Gives up while nothing has been leased.</param>
    ValueTask<IReadOnlyList<ClaimedTimer>> ClaimDueAsync(
        DateTimeOffset now, int limit, Lease lease, CancellationToken cancellationToken);

    /// <summary>When the next timer that nobody has leased is due, in the product's own time; null when there is none.</summary>
    ValueTask<DateTimeOffset?> NextDueAtAsync(CancellationToken cancellationToken);

    /// <summary>Hands a leased timer back untried; it stays due. Nothing happens when it is gone or another node's by now.</summary>
    ValueTask ReleaseAsync(Guid id, string node, CancellationToken cancellationToken);

    /// <summary>
    /// The timer could not be fired and is tried again later, so that it stands in nobody's way. Nothing happens when it is gone,
    /// was moved, or is another node's by now.
    /// </summary>
    /// <param name="id">The timer.</param>
    /// <param name="node">Whose lease it is.</param>
    /// <param name="reason">Why, for operators; what is beyond 4,000 characters is cut off.</param>
    /// <param name="retryAt">When to try again, in the product's own time; see <see cref="Backoff"/>.</param>
    /// <param name="cancellationToken">Gives up before anything has changed.</param>
    ValueTask FailedAsync(Guid id, string node, string reason, DateTimeOffset retryAt, CancellationToken cancellationToken);
}

/// <summary>A timer that is due and leased.</summary>
/// <param name="Timer">The row as it was leased; the burst that fires it reads it again.</param>
/// <param name="Attempts">How often it has failed; a lease that ran out counts.</param>
public readonly record struct ClaimedTimer(TimerRow Timer, int Attempts);

/// <summary>How long to wait after failures.</summary>
public static class Backoff
{
    /// <summary>One second after the first failure, twice as long after each further one, an hour at most.</summary>
    /// <param name="attempts">Failures so far, 1 or more.</param>
    public static TimeSpan After(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(3600, Math.Pow(2, Math.Clamp(attempts, 1, 13) - 1)));
}

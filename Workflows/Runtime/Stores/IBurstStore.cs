namespace CaseManagement.Workflows.Runtime.Stores;

/// <summary>Runs bursts, each in one transaction.</summary>
public interface IBurstStore
{
    /// <summary>
    /// Runs <paramref name="burst"/> and commits what it saved, or nothing when it throws. After a lost race the delegate is run
    /// again from scratch, so it must have no effect outside the transaction.
    /// </summary>
    ValueTask<T> RunAsync<T>(Func<IBurstTransaction, ValueTask<T>> burst, CancellationToken cancellationToken);
}

/// <summary>What a burst reads, and the one write at its end.</summary>
public interface IBurstTransaction
{
    ValueTask<StoredInstance?> LoadInstanceAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Index rows of this stimulus, oldest instance first; with a correlation id only those that carry it.</summary>
    ValueTask<IReadOnlyList<BookmarkRow>> FindBookmarksAsync(
        string stimulusName, string stimulusKey, string? correlationId, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<TriggerRow>> FindTriggersAsync(
        string stimulusName, string stimulusKey, CancellationToken cancellationToken);

    /// <summary>Kept stimuli of this name and key that have not expired at <paramref name="now"/>, oldest first.</summary>
    ValueTask<IReadOnlyList<KeptStimulusRow>> FindKeptAsync(
        string stimulusName, string stimulusKey, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Ids of instances that run, limited to a definition and to a correlation id where given.</summary>
    ValueTask<IReadOnlyList<Guid>> FindRunningAsync(
        string? definitionId, string? correlationId, bool matchCorrelation, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes the timer row in this transaction and answers it; null when it is gone. This is the fence against firing twice.
    /// </summary>
    ValueTask<TimerRow?> TakeTimerAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Writes everything in one go.</summary>
    /// <exception cref="LostRaceException">An updated instance is no longer at the version it was read at.</exception>
    ValueTask SaveAsync(BurstChanges changes, CancellationToken cancellationToken);
}

/// <summary>A burst must not go on: it is undone as a whole. Activities' other exceptions become incidents.</summary>
public abstract class BurstAbortedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Somebody else changed what this burst had read; the store runs the burst again.</summary>
public sealed class LostRaceException(string message) : BurstAbortedException(message);

/// <summary>An instance's state document would exceed <see cref="RuntimeLimits.MaxStateBytes"/>.</summary>
public sealed class InstanceTooLargeException(Guid instanceId, int bytes)
    : BurstAbortedException($"The state of workflow instance {instanceId} would take {bytes} bytes.")
{
    public Guid InstanceId { get; } = instanceId;
}

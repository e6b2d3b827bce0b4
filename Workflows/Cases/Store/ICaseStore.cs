using CaseManagement.Domain.Counting;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Cases.Store;

/// <summary>Runs bursts that touch cases: the workflow's part and the case's part in one transaction.</summary>
public interface ICaseStore
{
    /// <inheritdoc cref="IBurstStore.RunAsync"/>
    ValueTask<T> RunAsync<T>(Func<ICaseTransaction, ValueTask<T>> burst, CancellationToken cancellationToken);
}

/// <summary>Reads cases beside the bursts.</summary>
public interface ICaseReads
{
    /// <summary>Reads a case as it is committed: it waits for no burst, holds none up and is none.</summary>
    /// <returns>Null when there is no such case.</returns>
    ValueTask<CaseReading?> FindAsync(Guid id, CancellationToken cancellationToken);
}

/// <summary>A case as it was read.</summary>
/// <param name="Document">Its document, UTF-8 JSON.</param>
/// <param name="ConfigurationVersion">As <see cref="ICaseTransaction.ConfigurationVersionAsync"/>.</param>
public sealed record CaseReading(ReadOnlyMemory<byte> Document, long ConfigurationVersion);

/// <summary>What a burst reads and writes of cases, in the same transaction as its workflow part.</summary>
public interface ICaseTransaction : IBurstTransaction
{
    ValueTask<StoredCase?> LoadCaseAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The case that has this task, or null.</summary>
    ValueTask<Guid?> FindCaseOfTaskAsync(Guid task, CancellationToken cancellationToken);

    ValueTask<Guid?> FindCaseByExternalIdAsync(string externalId, CancellationToken cancellationToken);

    /// <summary>Takes the next value of a sequence, from 1. It is used up only if this transaction commits, so numbers have no gaps.</summary>
    ValueTask<long> NextAsync(string sequence, CancellationToken cancellationToken);

    /// <summary>Rises with every committed change of processes, limits, calendars or the organisation.</summary>
    ValueTask<long> ConfigurationVersionAsync(CancellationToken cancellationToken);

    ValueTask<AnswerRow?> FindAnswerAsync(string principal, string key, CancellationToken cancellationToken);

    /// <summary>
    /// Does one thing to many cases: they are read together, with the instances that belong to them, and what the work saves of them may be sent
    /// together, at the latest when this returns. In between a context that shares the transaction does not see it.
    /// </summary>
    /// <param name="cases">Ids; those that are not there are no error. A few hundred at most.</param>
    /// <param name="work">Loads and saves these cases.</param>
    /// <param name="cancellationToken">Gives up before anything was read.</param>
    ValueTask TogetherAsync(IReadOnlyList<Guid> cases, Func<ValueTask> work, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes these timer rows in this transaction and answers those that were there; the others have fired already. The same fence as
    /// <see cref="IBurstTransaction.TakeTimerAsync"/>.
    /// </summary>
    ValueTask<IReadOnlyList<TimerRow>> TakeTimersAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken);

    /// <summary>Messages that no case's burst writes, such as one about many cases.</summary>
    ValueTask SaveMessagesAsync(IReadOnlyList<MessageRow> messages, CancellationToken cancellationToken);

    /// <summary>What cases are found by, of cases that were stored before that was kept.</summary>
    ValueTask SaveTextsAsync(IReadOnlyList<CaseTextRow> texts, CancellationToken cancellationToken);

    /// <summary>The cases that are counted together under a key, in the order they came; this transaction holds the key's sequence.</summary>
    /// <param name="key">As <see cref="CountedAs.Key"/>.</param>
    /// <param name="since">Received from then on.</param>
    /// <param name="until">Received until then.</param>
    /// <param name="cancellationToken">Gives up before anything was read.</param>
    ValueTask<IReadOnlyList<CountedItem>> CountedAsync(string key, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>By what a counter counts a case from now on, in place of what was there.</summary>
    ValueTask SaveCountAsync(CountRow row, CancellationToken cancellationToken);

    /// <exception cref="LostRaceException">The case is no longer at the version it was read at.</exception>
    ValueTask SaveCaseAsync(CaseChanges changes, CancellationToken cancellationToken);

    ValueTask SaveAnswerAsync(AnswerRow answer, CancellationToken cancellationToken);
}

/// <summary>Everything one burst changed of one case, written in one go.</summary>
public sealed record CaseChanges
{
    public required CaseRow Row { get; init; }

    public required ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>What it is found by; null when that is as it was.</summary>
    public CaseTextRow? Text { get; init; }

    /// <summary>Tasks to insert or replace, by id.</summary>
    public IReadOnlyList<TaskRow> Tasks { get; init; } = [];

    /// <summary>Clocks to insert or replace, by case and key.</summary>
    public IReadOnlyList<ClockRow> Clocks { get; init; } = [];

    /// <summary>Files to insert or replace, by id.</summary>
    public IReadOnlyList<AttachmentRow> Attachments { get; init; } = [];

    /// <summary>To insert, with the case itself.</summary>
    public IReadOnlyList<TraceRow> Traces { get; init; } = [];

    /// <summary>To insert.</summary>
    public IReadOnlyList<PartyRow> Parties { get; init; } = [];

    /// <summary>To delete.</summary>
    public IReadOnlyList<PartyRow> PartiesGone { get; init; } = [];

    /// <summary>Recipients whose messages about this case that have not left yet are dropped.</summary>
    public IReadOnlyList<string> Silenced { get; init; } = [];

    public IReadOnlyList<EventRow> Events { get; init; } = [];

    public IReadOnlyList<MessageRow> Messages { get; init; } = [];

    /// <summary>Timers to insert, or to move if a row of this id is there.</summary>
    public IReadOnlyList<TimerRow> Timers { get; init; } = [];

    /// <summary>Timers to delete if they are there.</summary>
    public IReadOnlyList<Guid> TimersGone { get; init; } = [];
}

using CaseManagement.Domain.Counting;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Simulation;

/// <summary>Reads what it has written, else what is committed; the case's part of it is kept only when <see cref="Commit"/> is reached.</summary>
internal sealed class InMemoryCaseTransaction(IBurstTransaction bursts, InMemoryCaseTables committed, long configurationVersion)
    : ICaseTransaction
{
    private readonly InMemoryCaseTables _written = new();

    public void Commit() => committed.Take(_written);

    public ValueTask<StoredCase?> LoadCaseAsync(Guid id, CancellationToken cancellationToken) => ValueTask.FromResult(FindCase(id));

    public ValueTask<Guid?> FindCaseOfTaskAsync(Guid task, CancellationToken cancellationToken) =>
        ValueTask.FromResult((_written.Tasks.GetValueOrDefault(task) ?? committed.Tasks.GetValueOrDefault(task))?.ComplaintId);

    public ValueTask<Guid?> FindCaseByExternalIdAsync(string externalId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(FindUnique((nameof(CaseRow.ExternalId), externalId)));

    public ValueTask<long> NextAsync(string sequence, CancellationToken cancellationToken)
    {
        var last = _written.Sequences.TryGetValue(sequence, out var mine) ? mine : committed.Sequences.GetValueOrDefault(sequence);
        _written.Sequences[sequence] = last + 1;
        return ValueTask.FromResult(last + 1);
    }

    public ValueTask<long> ConfigurationVersionAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(configurationVersion);

    public ValueTask<AnswerRow?> FindAnswerAsync(string principal, string key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            _written.Answers.GetValueOrDefault((principal, key)) ?? committed.Answers.GetValueOrDefault((principal, key)));

    public ValueTask TogetherAsync(IReadOnlyList<Guid> cases, Func<ValueTask> work, CancellationToken cancellationToken) => work();

    public ValueTask SaveMessagesAsync(IReadOnlyList<MessageRow> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
        {
            Add(_written.Messages, committed.Messages, message.Id, message);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask SaveTextsAsync(IReadOnlyList<CaseTextRow> texts, CancellationToken cancellationToken)
    {
        foreach (var text in texts)
        {
            _written.Texts[text.ComplaintId] = text;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<CountedItem>> CountedAsync(string key, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<CountedItem>>(
        [
            .. committed.Counts.Where(c => !_written.Counts.ContainsKey(c.Key)).Concat(_written.Counts).Select(c => c.Value)
                .Where(c => c.Group == key && c.At >= since && c.At <= until).OrderBy(c => c.At)
                .Select(c => new CountedItem(c.ComplaintId, c.Number, c.At, c.Distinct!, c.Holds, c.Weight)),
        ]);

    public ValueTask SaveCountAsync(CountRow row, CancellationToken cancellationToken)
    {
        _written.Counts[(row.ComplaintId, row.Counter)] = row;
        return ValueTask.CompletedTask;
    }

    public ValueTask SaveCaseAsync(CaseChanges changes, CancellationToken cancellationToken)
    {
        var row = changes.Row;
        if ((FindCase(row.Id)?.Row.Version ?? 0) != row.Version - 1)
        {
            throw new LostRaceException($"Case {row.Id} is no longer at version {row.Version - 1}.");
        }

        foreach (var value in InMemoryCaseTables.UniqueOf(row))
        {
            if (FindUnique(value) is { } other && other != row.Id)
            {
                throw new LostRaceException($"Case {other} has the {value.Column} {value.Value} already.");
            }
        }

        // A copy: the caller may use its buffer again.
        _written.Put(new StoredCase(row, changes.Document.ToArray()));
        if (changes.Text is { } text)
        {
            _written.Texts[row.Id] = text;
        }

        foreach (var task in changes.Tasks)
        {
            _written.Tasks[task.Id] = task;
        }

        foreach (var clock in changes.Clocks)
        {
            _written.Clocks[(clock.ComplaintId, clock.Key)] = clock;
        }

        foreach (var attachment in changes.Attachments)
        {
            var known = _written.Attachments.GetValueOrDefault(attachment.Id) ?? committed.Attachments.GetValueOrDefault(attachment.Id);
            _written.Attachments[attachment.Id] = known is null ? attachment : known with { State = attachment.State };
        }

        foreach (var trace in changes.Traces)
        {
            Add(_written.Traces, committed.Traces, (trace.ComplaintId, trace.Kind), trace);
        }

        foreach (var party in changes.PartiesGone)
        {
            _written.Parties[party] = false;
        }

        foreach (var party in changes.Parties)
        {
            _written.Parties[party] = true;
        }

        foreach (var silenced in committed.Messages.Values.Where(m => m.ComplaintId == row.Id && changes.Silenced.Contains(m.Recipient)
            && (m.State is MessageStates.Pending or MessageStates.Noticed)).ToList())
        {
            _written.Messages[silenced.Id] = silenced with { State = MessageStates.Dropped, LastError = MessageStates.Recused, NextAttemptAt = null };
        }

        foreach (var happened in changes.Events)
        {
            Add(_written.Events, committed.Events, (happened.ComplaintId, happened.Sequence), happened);
        }

        foreach (var message in changes.Messages)
        {
            Add(_written.Messages, committed.Messages, message.Id, message);
        }

        var timers = new BurstChanges();
        timers.RemovedTimers.AddRange(changes.TimersGone);
        timers.AddedTimers.AddRange(changes.Timers);
        return bursts.SaveAsync(timers, cancellationToken);
    }

    public ValueTask SaveAnswerAsync(AnswerRow answer, CancellationToken cancellationToken)
    {
        Add(_written.Answers, committed.Answers, (answer.Principal, answer.Key), answer);
        return ValueTask.CompletedTask;
    }

    public ValueTask<StoredInstance?> LoadInstanceAsync(Guid id, CancellationToken cancellationToken) =>
        bursts.LoadInstanceAsync(id, cancellationToken);

    public async ValueTask<IReadOnlyList<BookmarkRow>> FindBookmarksAsync(
        string stimulusName, string stimulusKey, string? correlationId, CancellationToken cancellationToken) =>
        [.. (await bursts.FindBookmarksAsync(stimulusName, stimulusKey, correlationId, cancellationToken)).OrderBy(b => b.InstanceId)];

    public ValueTask<IReadOnlyList<TriggerRow>> FindTriggersAsync(
        string stimulusName, string stimulusKey, CancellationToken cancellationToken) =>
        bursts.FindTriggersAsync(stimulusName, stimulusKey, cancellationToken);

    public ValueTask<IReadOnlyList<KeptStimulusRow>> FindKeptAsync(
        string stimulusName, string stimulusKey, DateTimeOffset now, CancellationToken cancellationToken) =>
        bursts.FindKeptAsync(stimulusName, stimulusKey, now, cancellationToken);

    public ValueTask<IReadOnlyList<Guid>> FindRunningAsync(
        string? definitionId, string? correlationId, bool matchCorrelation, CancellationToken cancellationToken) =>
        bursts.FindRunningAsync(definitionId, correlationId, matchCorrelation, cancellationToken);

    public async ValueTask<IReadOnlyList<TimerRow>> TakeTimersAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var taken = new List<TimerRow>(ids.Count);
        foreach (var id in ids)
        {
            if (await bursts.TakeTimerAsync(id, cancellationToken) is { } timer)
            {
                taken.Add(timer);
            }
        }

        return taken;
    }

    public ValueTask<TimerRow?> TakeTimerAsync(Guid id, CancellationToken cancellationToken) =>
        bursts.TakeTimerAsync(id, cancellationToken);

    public ValueTask SaveAsync(BurstChanges changes, CancellationToken cancellationToken)
    {
        foreach (var outgoing in changes.HasRare ? changes.Outgoing : [])
        {
            Add(_written.Messages, committed.Messages, outgoing.Id, OutgoingMessages.ToMessage(outgoing));
        }

        return bursts.SaveAsync(changes, cancellationToken);
    }

    private StoredCase? FindCase(Guid id) =>
        _written.Cases.TryGetValue(id, out var mine) || committed.Cases.TryGetValue(id, out mine) ? mine : null;

    private Guid? FindUnique((string Column, string Value) value)
    {
        if (_written.Unique.TryGetValue(value, out var mine))
        {
            return mine;
        }

        // A case this transaction has written again no longer has what only its committed row has.
        return committed.Unique.TryGetValue(value, out var other) && !_written.Cases.ContainsKey(other) ? other : null;
    }

    private static void Add<TKey, TRow>(Dictionary<TKey, TRow> written, Dictionary<TKey, TRow> committed, TKey key, TRow row)
        where TKey : notnull
    {
        if (committed.ContainsKey(key) || !written.TryAdd(key, row))
        {
            throw new LostRaceException($"There is a row {key} already.");
        }
    }
}

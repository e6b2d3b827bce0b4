using CaseManagement.Domain.Counting;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>
/// One run of one burst. Writes wait and travel with the next read or the commit. Cases and instances are locked when they are read, so bursts on one case
/// follow one another. The tokens are not looked at: a burst that has begun is finished.
/// </summary>
/// <param name="session">The connection.</param>
/// <param name="group">With whom it shares the transaction; null: a context takes part in it, and it is open already.</param>
internal sealed class PostgreSqlCaseTransaction(PostgreSqlSession session, BurstGroup? group) : ICaseTransaction
{
    private readonly Dictionary<Guid, long> _lockedVersions = [];
    private readonly Dictionary<Guid, StoredInstance> _readAhead = [];
    private readonly Dictionary<Guid, StoredCase> _casesReadAhead = [];

    // what is saved of cases that are done together, not yet queued: rows of one table travel in one statement
    private readonly List<BurstChanges> _keptBursts = [];
    private readonly List<CaseChanges> _keptCases = [];
    private StoredCase? _caseReadAhead;
    private bool _isTogether;
    private bool _hasEnded;

    /// <summary>It wanted what another of its group has; whatever it made of that does not count.</summary>
    public bool Collides { get; private set; }

    /// <summary>From now on it refuses: its connection is another burst's.</summary>
    public void End() => _hasEnded = true;

    public async ValueTask<StoredCase?> LoadCaseAsync(Guid id, CancellationToken cancellationToken)
    {
        if (_casesReadAhead.Remove(id, out var together))
        {
            return together;
        }

        if (_caseReadAhead is { } ahead && ahead.Row.Id == id)
        {
            return ahead;
        }

        var (found, instances) = Queue(tables => (tables.Cases.Load(id), tables.Instances.LoadCorrelated(id.ToString())));
        await AnswersAsync();
        return Keep(found, instances);
    }

    public async ValueTask<Guid?> FindCaseOfTaskAsync(Guid task, CancellationToken cancellationToken)
    {
        var (found, instances) = Queue(tables => (tables.Cases.LoadOfTask(task), tables.Instances.LoadOfTask(task)));
        await AnswersAsync();
        _caseReadAhead = Keep(found, instances);
        return _caseReadAhead?.Row.Id;
    }

    public async ValueTask<Guid?> FindCaseByExternalIdAsync(string externalId, CancellationToken cancellationToken)
    {
        var rows = await AskAsync(tables => tables.Cases.FindByExternalId(externalId));
        return rows.Count > 0 ? rows[0] : null;
    }

    public async ValueTask<long> NextAsync(string sequence, CancellationToken cancellationToken) =>
        (await AskAsync(tables => tables.Cases.Next(sequence)))[0];

    public async ValueTask<long> ConfigurationVersionAsync(CancellationToken cancellationToken) =>
        group?.Stamp ?? (await AskAsync(tables => tables.Cases.Stamp()))[0];

    public async ValueTask<AnswerRow?> FindAnswerAsync(string principal, string key, CancellationToken cancellationToken) =>
        (await AskAsync(tables => tables.Cases.FindAnswer(principal, key))).FirstOrDefault();

    public async ValueTask<StoredInstance?> LoadInstanceAsync(Guid id, CancellationToken cancellationToken)
    {
        if (_readAhead.Remove(id, out var ahead))
        {
            return ahead;
        }

        var rows = await AskAsync(tables => tables.Instances.Load(id));
        if (rows.Count == 0)
        {
            return null;
        }

        Hold(id);
        _lockedVersions[id] = rows[0].Row.Version;
        return rows[0];
    }

    public async ValueTask<IReadOnlyList<BookmarkRow>> FindBookmarksAsync(
        string stimulusName, string stimulusKey, string? correlationId, CancellationToken cancellationToken) =>
        await AskHoldingAsync(StimulusHash.Of(stimulusName, stimulusKey), tables => tables.Stimuli.FindBookmarks(stimulusName, stimulusKey, correlationId));

    public async ValueTask<IReadOnlyList<TriggerRow>> FindTriggersAsync(
        string stimulusName, string stimulusKey, CancellationToken cancellationToken) =>
        await AskAsync(tables => tables.Stimuli.FindTriggers(stimulusName, stimulusKey));

    public async ValueTask<IReadOnlyList<KeptStimulusRow>> FindKeptAsync(
        string stimulusName, string stimulusKey, DateTimeOffset now, CancellationToken cancellationToken) =>
        await AskHoldingAsync(StimulusHash.Of(stimulusName, stimulusKey), tables => tables.Stimuli.FindKept(stimulusName, stimulusKey, now));

    public async ValueTask<IReadOnlyList<Guid>> FindRunningAsync(
        string? definitionId, string? correlationId, bool matchCorrelation, CancellationToken cancellationToken) =>
        // Two who ask whether something runs, in order to start it, ask one after the other.
        await AskHoldingAsync(
            StimulusHash.Of($"running/{definitionId}", matchCorrelation ? correlationId ?? "" : "*"),
            tables => tables.Instances.FindRunning(definitionId, correlationId, matchCorrelation));

    public async ValueTask<TimerRow?> TakeTimerAsync(Guid id, CancellationToken cancellationToken) =>
        (await AskAsync(tables => tables.Timers.Take([id]))).FirstOrDefault();

    public async ValueTask<IReadOnlyList<TimerRow>> TakeTimersAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        await AskAsync(tables => tables.Timers.Take(ids));

    public ValueTask SaveAnswerAsync(AnswerRow answer, CancellationToken cancellationToken) =>
        WriteAsync(tables => tables.Cases.SaveAnswer(answer));

    public async ValueTask TogetherAsync(IReadOnlyList<Guid> cases, Func<ValueTask> work, CancellationToken cancellationToken)
    {
        var (found, instances) = Queue(tables => (tables.Cases.Load(cases), tables.Instances.LoadCorrelated([.. cases.Select(id => id.ToString())])));
        await AnswersAsync();
        foreach (var stored in found.Rows)
        {
            Hold(stored.Row.Id);
            _lockedVersions[stored.Row.Id] = stored.Row.Version;
            _casesReadAhead[stored.Row.Id] = stored;
        }

        Keep(instances);
        _isTogether = true;
        try
        {
            await work();
            QueueKept();
        }
        finally
        {
            _isTogether = false;
            _casesReadAhead.Clear();
            _keptBursts.Clear();
            _keptCases.Clear();
        }

        if (group is null)
        {
            await session.RunAsync();
        }
    }

    public ValueTask SaveMessagesAsync(IReadOnlyList<MessageRow> messages, CancellationToken cancellationToken) =>
        WriteAsync(tables => tables.Messages.Insert(messages));

    public ValueTask SaveTextsAsync(IReadOnlyList<CaseTextRow> texts, CancellationToken cancellationToken) =>
        WriteAsync(tables => tables.Texts.Save(texts));

    public async ValueTask<IReadOnlyList<CountedItem>> CountedAsync(string key, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken) =>
        await AskAsync(tables => tables.Counts.Find(key, since, until));

    public ValueTask SaveCountAsync(CountRow row, CancellationToken cancellationToken) => WriteAsync(tables => tables.Counts.Save(row));

    public ValueTask SaveCaseAsync(CaseChanges changes, CancellationToken cancellationToken)
    {
        _caseReadAhead = null;
        if (!_isTogether)
        {
            return WriteAsync(tables => Write(tables, [changes]));
        }

        if (_keptCases.Exists(kept => kept.Row.Id == changes.Row.Id))
        {
            QueueKept(); // rows of one case twice in one statement are refused
        }

        _keptCases.Add(changes);
        return ValueTask.CompletedTask;
    }

    public ValueTask SaveAsync(BurstChanges changes, CancellationToken cancellationToken)
    {
        if (!_isTogether)
        {
            return WriteAsync(tables => Write(tables, [changes]));
        }

        _keptBursts.Add(changes);
        return ValueTask.CompletedTask;
    }

    private void Write(PostgreSqlTables tables, IReadOnlyList<CaseChanges> cases)
    {
        foreach (var changes in cases)
        {
            tables.Cases.Save(changes.Row, changes.Document, IsCertain(changes.Row.Id, changes.Row.Version, "Case"));
        }

        tables.Texts.Save([.. cases.Select(static c => c.Text).OfType<CaseTextRow>()]);
        tables.Tasks.Save(AllOf(cases, static c => c.Tasks));
        tables.Tasks.Save(AllOf(cases, static c => c.Clocks));
        tables.Attachments.Save(AllOf(cases, static c => c.Attachments));
        tables.Traces.Insert(AllOf(cases, static c => c.Traces));
        tables.Parties.Delete(AllOf(cases, static c => c.PartiesGone));
        tables.Parties.Insert(AllOf(cases, static c => c.Parties));
        foreach (var changes in cases)
        {
            tables.Messages.Silence(changes.Row.Id, changes.Silenced);
        }

        tables.Events.Insert(AllOf(cases, static c => c.Events));
        tables.Messages.Insert(AllOf(cases, static c => c.Messages));
        tables.Timers.Delete(AllOf(cases, static c => c.TimersGone));
        tables.Timers.Save(AllOf(cases, static c => c.Timers));
    }

    private void Write(PostgreSqlTables tables, IReadOnlyList<BurstChanges> bursts)
    {
        foreach (var instance in AllOf(bursts, static b => b.InsertedInstances))
        {
            tables.Instances.Insert(instance);
        }

        foreach (var instance in AllOf(bursts, static b => b.UpdatedInstances))
        {
            var row = instance.Row;
            tables.Instances.Update(instance, IsCertain(row.Id, row.Version, "Instance"));
            _readAhead.Remove(row.Id);
        }

        tables.Stimuli.DeleteBookmarks(AllOf(bursts, static b => b.RemovedBookmarks));
        tables.Stimuli.Insert(AllOf(bursts, static b => b.AddedBookmarks));
        tables.Timers.Delete(AllOf(bursts, static b => b.RemovedTimers));
        tables.Timers.Save(AllOf(bursts, static b => b.AddedTimers));
        tables.Instances.Insert(AllOf(bursts, static b => b.Journal));
        foreach (var changes in bursts.Where(static b => b.HasRare))
        {
            WriteRare(tables, changes);
        }
    }

    private static void WriteRare(PostgreSqlTables tables, BurstChanges changes)
    {
        foreach (var (instanceId, correlationId) in changes.RecorrelatedInstances)
        {
            tables.Stimuli.Recorrelate(instanceId, correlationId);
        }

        tables.Instances.Save(changes.AddedIncidents);
        tables.Instances.Save(changes.ResolvedIncidents);
        tables.Stimuli.DeleteKept(changes.DeliveredStimuli);
        tables.Stimuli.Keep(changes.KeptStimuli);
        tables.Messages.Insert([.. changes.Outgoing.Select(OutgoingMessages.ToMessage)]);
        foreach (var replaced in changes.ReplacedTriggers)
        {
            tables.Stimuli.ReplaceTriggers(replaced.DefinitionId, replaced.Triggers);
            tables.Timers.DeleteOfDefinition(replaced.DefinitionId);
            tables.Timers.Save(replaced.Timers);
        }
    }

    private static IReadOnlyList<TRow> AllOf<TChanges, TRow>(IReadOnlyList<TChanges> changes, Func<TChanges, IReadOnlyList<TRow>> rows) =>
        changes.Count == 1 ? rows(changes[0]) : [.. changes.SelectMany(rows)];

    private void QueueKept()
    {
        if (_keptBursts.Count + _keptCases.Count == 0)
        {
            return;
        }

        var (bursts, cases) = (_keptBursts.ToArray(), _keptCases.ToArray());
        _keptBursts.Clear();
        _keptCases.Clear();
        Queue(tables =>
        {
            Write(tables, bursts);
            Write(tables, cases);
            return true;
        });
    }

    private T Queue<T>(Func<PostgreSqlTables, T> queue)
    {
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        QueueKept();
        return group is null ? queue(session.Tables) : group.Queue(this, queue);
    }

    private ValueTask AnswersAsync() => group is null ? session.RunAsync() : group.AnswersAsync();

    private async ValueTask<List<T>> AskAsync<T>(Func<PostgreSqlTables, Result<T>> ask)
    {
        var result = Queue(ask);
        await AnswersAsync();
        return result.Rows;
    }

    /// <summary>The same about what only one transaction may be about at a time: others wait for its end.</summary>
    private ValueTask<List<T>> AskHoldingAsync<T>(long key, Func<PostgreSqlTables, Result<T>> ask)
    {
        Hold(key);
        return AskAsync(tables =>
        {
            session.Lock(key);
            return ask(tables);
        });
    }

    /// <summary>A context looks at the database itself, so what it shares is written at once; what is done together is written together.</summary>
    private ValueTask WriteAsync(Action<PostgreSqlTables> write)
    {
        Queue(tables =>
        {
            write(tables);
            return true;
        });
        return group is null && !_isTogether ? session.RunAsync() : ValueTask.CompletedTask;
    }

    private void Hold(object what)
    {
        if (group?.TryHold(what, this) is false)
        {
            Collides = true;
            throw new LostRaceException("Another burst of the same transaction has it.");
        }
    }

    private StoredCase? Keep(Result<StoredCase> found, Result<StoredInstance> instances)
    {
        if (found.Rows.Count == 0)
        {
            return null;
        }

        var stored = found.First;
        Hold(stored.Row.Id);
        _lockedVersions[stored.Row.Id] = stored.Row.Version;
        Keep(instances);
        return stored;
    }

    private void Keep(Result<StoredInstance> instances)
    {
        foreach (var instance in instances.Rows.Where(i => _lockedVersions.TryAdd(i.Row.Id, i.Row.Version)))
        {
            Hold(instance.Row.Id);
            _readAhead[instance.Row.Id] = instance;
        }
    }

    /// <summary>True when this transaction has the row locked at the version before.</summary>
    private bool IsCertain(Guid id, long version, string what)
    {
        if (version == 1 || !_lockedVersions.TryGetValue(id, out var locked))
        {
            return false;
        }

        if (locked != version - 1)
        {
            throw new LostRaceException($"{what} {id} is no longer at version {version - 1}.");
        }

        _lockedVersions[id] = version;
        return true;
    }
}

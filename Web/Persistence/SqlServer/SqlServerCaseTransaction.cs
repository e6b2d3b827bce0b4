using System.Globalization;
using CaseManagement.Domain.Counting;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>
/// One run of one burst. Writes wait and travel with the next read or the commit. Cases and instances are locked when they are read, so bursts on one case
/// follow one another. The tokens are not looked at: a burst that has begun is finished.
/// </summary>
/// <param name="session">The connection.</param>
/// <param name="isShared">A context takes part in the transaction, and it is open already.</param>
internal sealed class SqlServerCaseTransaction(SqlServerSession session, bool isShared) : ICaseTransaction
{
    private readonly Dictionary<Guid, StoredInstance> _readAhead = [];
    private readonly Dictionary<Guid, StoredCase> _casesReadAhead = [];
    private readonly HashSet<Guid> _instancesSeen = [];
    private Result<long>? _stamp;
    private StoredCase? _caseReadAhead;
    private bool _isTogether;
    private bool _hasEnded;

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

        var tables = Tables();
        var (found, instances) = (tables.Cases.Load(id), tables.Instances.LoadCorrelated(id.ToString()));
        await session.RunAsync();
        return Keep(found, instances);
    }

    public async ValueTask<Guid?> FindCaseOfTaskAsync(Guid task, CancellationToken cancellationToken)
    {
        var tables = Tables();
        var (found, instances) = (tables.Cases.LoadOfTask(task), tables.Instances.LoadOfTask(task));
        await session.RunAsync();
        _caseReadAhead = Keep(found, instances);
        return _caseReadAhead?.Row.Id;
    }

    public async ValueTask<Guid?> FindCaseByExternalIdAsync(string externalId, CancellationToken cancellationToken)
    {
        var rows = await AnswerAsync(Tables().Cases.FindByExternalId(externalId));
        return rows.Count > 0 ? rows[0] : null;
    }

    public async ValueTask<long> NextAsync(string sequence, CancellationToken cancellationToken) =>
        (await AnswerAsync(Tables().Cases.Next(sequence)))[0];

    public async ValueTask<long> ConfigurationVersionAsync(CancellationToken cancellationToken)
    {
        var tables = Tables();
        if (isShared)
        {
            return (await AnswerAsync(tables.Cases.Stamp()))[0];
        }

        return _stamp!.Rows.Count > 0 ? _stamp.First : (await AnswerAsync(_stamp))[0];
    }

    public async ValueTask<AnswerRow?> FindAnswerAsync(string principal, string key, CancellationToken cancellationToken) =>
        (await AnswerAsync(Tables().Cases.FindAnswer(principal, key))).FirstOrDefault();

    public async ValueTask<StoredInstance?> LoadInstanceAsync(Guid id, CancellationToken cancellationToken)
    {
        if (_readAhead.Remove(id, out var ahead))
        {
            return ahead;
        }

        var rows = await AnswerAsync(Tables().Instances.Load(id));
        _instancesSeen.Add(id);
        return rows.Count > 0 ? rows[0] : null;
    }

    public async ValueTask<IReadOnlyList<BookmarkRow>> FindBookmarksAsync(
        string stimulusName, string stimulusKey, string? correlationId, CancellationToken cancellationToken) =>
        await AnswerAsync(HoldingTables(StimulusHash.Of(stimulusName, stimulusKey)).Stimuli.FindBookmarks(stimulusName, stimulusKey, correlationId));

    public async ValueTask<IReadOnlyList<TriggerRow>> FindTriggersAsync(
        string stimulusName, string stimulusKey, CancellationToken cancellationToken) =>
        await AnswerAsync(Tables().Stimuli.FindTriggers(stimulusName, stimulusKey));

    public async ValueTask<IReadOnlyList<KeptStimulusRow>> FindKeptAsync(
        string stimulusName, string stimulusKey, DateTimeOffset now, CancellationToken cancellationToken) =>
        await AnswerAsync(HoldingTables(StimulusHash.Of(stimulusName, stimulusKey)).Stimuli.FindKept(stimulusName, stimulusKey, now));

    public async ValueTask<IReadOnlyList<Guid>> FindRunningAsync(
        string? definitionId, string? correlationId, bool matchCorrelation, CancellationToken cancellationToken)
    {
        // Two who ask whether something runs, in order to start it, ask one after the other.
        var key = StimulusHash.Of($"running/{definitionId}", matchCorrelation ? correlationId ?? "" : "*");
        return await AnswerAsync(HoldingTables(key).Instances.FindRunning(definitionId, correlationId, matchCorrelation));
    }

    public async ValueTask<TimerRow?> TakeTimerAsync(Guid id, CancellationToken cancellationToken) =>
        (await AnswerAsync(Tables().Timers.Take([id]))).FirstOrDefault();

    public async ValueTask<IReadOnlyList<TimerRow>> TakeTimersAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        await AnswerAsync(Tables().Timers.Take(ids));

    public ValueTask SaveAnswerAsync(AnswerRow answer, CancellationToken cancellationToken)
    {
        Tables().Cases.SaveAnswer(answer);
        return WrittenAsync();
    }

    public async ValueTask TogetherAsync(IReadOnlyList<Guid> cases, Func<ValueTask> work, CancellationToken cancellationToken)
    {
        var tables = Tables();
        var (found, instances) = (tables.Cases.Load(cases), tables.Instances.LoadCorrelated(cases.Select(id => id.ToString())));
        await session.RunAsync();
        foreach (var stored in found.Rows)
        {
            _casesReadAhead[stored.Row.Id] = stored;
        }

        Keep(instances);
        _isTogether = true;
        try
        {
            await work();
        }
        finally
        {
            _isTogether = false;
            _casesReadAhead.Clear();
        }

        await WrittenAsync();
    }

    public ValueTask SaveMessagesAsync(IReadOnlyList<MessageRow> messages, CancellationToken cancellationToken)
    {
        Tables().Messages.Insert(messages);
        return WrittenAsync();
    }

    public ValueTask SaveTextsAsync(IReadOnlyList<CaseTextRow> texts, CancellationToken cancellationToken)
    {
        Tables().Texts.Save(texts);
        return WrittenAsync();
    }

    public async ValueTask<IReadOnlyList<CountedItem>> CountedAsync(string key, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken) =>
        await AnswerAsync(Tables().Counts.Find(key, since, until));

    public ValueTask SaveCountAsync(CountRow row, CancellationToken cancellationToken)
    {
        Tables().Counts.Save(row);
        return WrittenAsync();
    }

    public ValueTask SaveCaseAsync(CaseChanges changes, CancellationToken cancellationToken)
    {
        _caseReadAhead = null;
        var tables = Tables();
        tables.Cases.Save(changes.Row, changes.Document);
        tables.Texts.Save(changes.Text is { } text ? [text] : []);
        tables.Tasks.Save(changes.Tasks);
        tables.Tasks.Save(changes.Clocks);
        tables.Attachments.Save(changes.Attachments);
        tables.Traces.Insert(changes.Traces);
        tables.Parties.Delete(changes.PartiesGone);
        tables.Parties.Insert(changes.Parties);
        tables.Messages.Silence(changes.Row.Id, changes.Silenced);
        tables.Events.Insert(changes.Events);
        tables.Messages.Insert(changes.Messages);
        tables.Timers.Delete(changes.TimersGone);
        tables.Timers.Save(changes.Timers);
        return WrittenAsync();
    }

    public ValueTask SaveAsync(BurstChanges changes, CancellationToken cancellationToken)
    {
        var tables = Tables();
        foreach (var instance in changes.InsertedInstances)
        {
            tables.Instances.Insert(instance);
        }

        foreach (var instance in changes.UpdatedInstances)
        {
            tables.Instances.Update(instance);
            _readAhead.Remove(instance.Row.Id);
        }

        tables.Stimuli.DeleteBookmarks(changes.RemovedBookmarks);
        tables.Stimuli.Insert(changes.AddedBookmarks);
        foreach (var (instanceId, correlationId) in changes.RecorrelatedInstances)
        {
            tables.Stimuli.Recorrelate(instanceId, correlationId);
        }

        tables.Timers.Delete(changes.RemovedTimers);
        tables.Timers.Save(changes.AddedTimers);
        tables.Instances.Insert(changes.Journal);
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

        return WrittenAsync();
    }

    /// <summary>
    /// Where statements are queued. With the first the transaction begins, takes its share of the configuration and reads which it is: before any
    /// row is locked, so that a change of the configuration and the bursts never wait for each other in a circle.
    /// </summary>
    private SqlServerTables Tables()
    {
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        if (!isShared && _stamp is null)
        {
            session.Begin();
            session.Lock(new Statement(ApplicationLocks.ShareConfigurationSql));
            _stamp = session.Tables.Cases.Stamp();
        }

        return session.Tables;
    }

    /// <summary>The same about what only one transaction may be about at a time: others wait for its end.</summary>
    private SqlServerTables HoldingTables(long key)
    {
        var tables = Tables();
        session.Lock(new Statement(ApplicationLocks.OneKeySql).Bind($"CaseManagement/{key.ToString(CultureInfo.InvariantCulture)}"));
        return tables;
    }

    private async ValueTask<List<T>> AnswerAsync<T>(Result<T> result)
    {
        await session.RunAsync();
        return result.Rows;
    }

    /// <summary>A context looks at the database itself, so what it shares is written at once; what is done together is written together.</summary>
    private ValueTask WrittenAsync() => isShared && !_isTogether ? session.RunAsync() : ValueTask.CompletedTask;

    private StoredCase? Keep(Result<StoredCase> found, Result<StoredInstance> instances)
    {
        if (found.Rows.Count == 0)
        {
            return null;
        }

        Keep(instances);
        return found.First;
    }

    private void Keep(Result<StoredInstance> instances)
    {
        foreach (var instance in instances.Rows.Where(i => _instancesSeen.Add(i.Row.Id)))
        {
            _readAhead[instance.Row.Id] = instance;
        }
    }
}

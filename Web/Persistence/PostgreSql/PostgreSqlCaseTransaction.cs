using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>
/// One run of one burst. Writes wait and travel with the next read or the commit. Cases and instances are locked when they are read, so bursts on one case
/// follow one another. The tokens are not looked at: a burst that has begun is finished.
/// </summary>
/// <param name="session">The connection.</param>
/// <param name="isShared">A context takes part in the transaction, which is open already.</param>
internal sealed class PostgreSqlCaseTransaction(PostgreSqlSession session, bool isShared) : ICaseTransaction
{
    private readonly Dictionary<Guid, long> _lockedVersions = [];
    private readonly Dictionary<Guid, StoredInstance> _readAhead = [];
    private readonly Dictionary<Guid, StoredCase> _casesReadAhead = [];
    private StoredCase? _caseReadAhead;
    private bool _isTogether;
    private long? _stamp;
    private bool _hasBegun;
    private bool _hasEnded;

    private PostgreSqlTables Tables
    {
        get
        {
            ObjectDisposedException.ThrowIf(_hasEnded, this);
            return session.Tables;
        }
    }

    /// <summary>Something was sent or waits to be.</summary>
    public bool HasBegun => _hasBegun;

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

        var tables = Tables;
        var stamp = Begin();
        var found = tables.Cases.Load(id);
        var instances = tables.Instances.LoadCorrelated(id.ToString());
        await RunAsync(stamp);
        return Keep(found, instances);
    }

    public async ValueTask<Guid?> FindCaseOfTaskAsync(Guid task, CancellationToken cancellationToken)
    {
        var tables = Tables;
        var stamp = Begin();
        var found = tables.Cases.LoadOfTask(task);
        var instances = tables.Instances.LoadOfTask(task);
        await RunAsync(stamp);
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
        _stamp ?? (await AskAsync(tables => tables.Cases.Stamp()))[0];

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

        _lockedVersions[id] = rows[0].Row.Version;
        return rows[0];
    }

    public async ValueTask<IReadOnlyList<BookmarkRow>> FindBookmarksAsync(
        string stimulusName, string stimulusKey, string? correlationId, CancellationToken cancellationToken) =>
        await AskAsync(tables => tables.Stimuli.FindBookmarks(stimulusName, stimulusKey, correlationId));

    public async ValueTask<IReadOnlyList<TriggerRow>> FindTriggersAsync(
        string stimulusName, string stimulusKey, CancellationToken cancellationToken) =>
        await AskAsync(tables => tables.Stimuli.FindTriggers(stimulusName, stimulusKey));

    public async ValueTask<IReadOnlyList<KeptStimulusRow>> FindKeptAsync(
        string stimulusName, string stimulusKey, DateTimeOffset now, CancellationToken cancellationToken) =>
        await AskAsync(tables => tables.Stimuli.FindKept(stimulusName, stimulusKey, now));

    public async ValueTask<IReadOnlyList<Guid>> FindRunningAsync(
        string? definitionId, string? correlationId, bool matchCorrelation, CancellationToken cancellationToken) =>
        await AskAsync(tables =>
        {
            // Two who ask whether something runs, in order to start it, ask one after the other.
            session.Lock(StimulusHash.Of($"running/{definitionId}", matchCorrelation ? correlationId ?? "" : "*"));
            return tables.Instances.FindRunning(definitionId, correlationId, matchCorrelation);
        });

    public async ValueTask<TimerRow?> TakeTimerAsync(Guid id, CancellationToken cancellationToken) =>
        (await AskAsync(tables => tables.Timers.Take(id))).FirstOrDefault();

    public ValueTask SaveAnswerAsync(AnswerRow answer, CancellationToken cancellationToken)
    {
        Write().Cases.SaveAnswer(answer);
        return WrittenAsync();
    }

    public async ValueTask TogetherAsync(IReadOnlyList<Guid> cases, Func<ValueTask> work, CancellationToken cancellationToken)
    {
        var tables = Tables;
        var stamp = Begin();
        var found = tables.Cases.Load(cases);
        var instances = tables.Instances.LoadCorrelated([.. cases.Select(id => id.ToString())]);
        await RunAsync(stamp);
        foreach (var stored in found.Rows)
        {
            _lockedVersions[stored.Row.Id] = stored.Row.Version;
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
        Write().Messages.Insert(messages);
        return WrittenAsync();
    }

    public ValueTask SaveCaseAsync(CaseChanges changes, CancellationToken cancellationToken)
    {
        var tables = Write();
        var row = changes.Row;
        tables.Cases.Save(row, changes.Document, IsCertain(row.Id, row.Version, "Case"));
        _caseReadAhead = null;
        tables.Tasks.Save(changes.Tasks);
        tables.Tasks.Save(changes.Clocks);
        tables.Events.Insert(changes.Events);
        tables.Messages.Insert(changes.Messages);
        tables.Timers.Delete(changes.TimersGone);
        tables.Timers.Save(changes.Timers);
        return WrittenAsync();
    }

    public ValueTask SaveAsync(BurstChanges changes, CancellationToken cancellationToken)
    {
        var tables = Write();
        foreach (var instance in changes.InsertedInstances)
        {
            tables.Instances.Insert(instance);
        }

        foreach (var instance in changes.UpdatedInstances)
        {
            var row = instance.Row;
            tables.Instances.Update(instance, IsCertain(row.Id, row.Version, "Instance"));
            _readAhead.Remove(row.Id);
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
    /// With the first statements the transaction begins, takes its share of the configuration and reads which it is: before any row
    /// is locked, so that a change of the configuration and the bursts never wait for each other in a circle.
    /// </summary>
    private Result<long>? Begin()
    {
        if (_hasBegun || isShared)
        {
            return null;
        }

        _hasBegun = true;
        session.Begin();
        session.Ask(session.Of(AdvisoryLocks.ShareConfigurationSql), static _ => true);
        return session.Tables.Cases.Stamp();
    }

    private async ValueTask RunAsync(Result<long>? stamp)
    {
        await session.RunAsync();
        _stamp ??= stamp?.First;
    }

    private async ValueTask<List<T>> AskAsync<T>(Func<PostgreSqlTables, Result<T>> ask)
    {
        var tables = Tables;
        var stamp = Begin();
        var result = ask(tables);
        await RunAsync(stamp);
        return result.Rows;
    }

    private PostgreSqlTables Write()
    {
        var tables = Tables;
        Begin();
        return tables;
    }

    /// <summary>A context looks at the database itself, so what it shares is written at once; what is done together is written together.</summary>
    private ValueTask WrittenAsync() => isShared && !_isTogether ? session.RunAsync() : ValueTask.CompletedTask;

    private StoredCase? Keep(Result<StoredCase> found, Result<StoredInstance> instances)
    {
        if (found.Rows.Count == 0)
        {
            return null;
        }

        var stored = found.First;
        _lockedVersions[stored.Row.Id] = stored.Row.Version;
        Keep(instances);
        return stored;
    }

    private void Keep(Result<StoredInstance> instances)
    {
        foreach (var instance in instances.Rows.Where(i => _lockedVersions.TryAdd(i.Row.Id, i.Row.Version)))
        {
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

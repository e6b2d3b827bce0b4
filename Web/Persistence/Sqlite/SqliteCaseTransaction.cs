using CaseManagement.Domain.Counting;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>
/// One run of one burst. Reads see what it wrote before, and what the bursts committed together with it did. The tokens are not
/// looked at: a burst that has begun is finished.
/// </summary>
internal sealed class SqliteCaseTransaction(SqliteTables tables) : ICaseTransaction
{
    private readonly Dictionary<Guid, InstanceRow> _loadedInstances = [];
    private CaseRow? _loadedCase;
    private bool _hasEnded;

    private SqliteTables Tables
    {
        get
        {
            ObjectDisposedException.ThrowIf(_hasEnded, this);
            return tables;
        }
    }

    /// <summary>From now on it refuses: its place on the connection is another burst's.</summary>
    public void End() => _hasEnded = true;

    public ValueTask<StoredCase?> LoadCaseAsync(Guid id, CancellationToken cancellationToken)
    {
        var stored = Tables.Cases.Load(id);
        _loadedCase = stored?.Row ?? _loadedCase;
        return ValueTask.FromResult(stored);
    }

    public ValueTask<Guid?> FindCaseOfTaskAsync(Guid task, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Tables.Tasks.FindCase(task));

    public ValueTask<Guid?> FindCaseByExternalIdAsync(string externalId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Tables.Cases.FindByExternalId(externalId));

    public ValueTask<long> NextAsync(string sequence, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Tables.Cases.Next(sequence));

    public ValueTask<long> ConfigurationVersionAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(Tables.Cases.ConfigurationVersion());

    public ValueTask<AnswerRow?> FindAnswerAsync(string principal, string key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Tables.Cases.FindAnswer(principal, key));

    public ValueTask<StoredInstance?> LoadInstanceAsync(Guid id, CancellationToken cancellationToken)
    {
        var stored = Tables.Instances.Load(id);
        if (stored is { } found)
        {
            _loadedInstances[id] = found.Row;
        }

        return ValueTask.FromResult(stored);
    }

    public ValueTask<IReadOnlyList<BookmarkRow>> FindBookmarksAsync(
        string stimulusName, string stimulusKey, string? correlationId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<BookmarkRow>>(Tables.Stimuli.FindBookmarks(stimulusName, stimulusKey, correlationId));

    public ValueTask<IReadOnlyList<TriggerRow>> FindTriggersAsync(
        string stimulusName, string stimulusKey, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<TriggerRow>>(Tables.Stimuli.FindTriggers(stimulusName, stimulusKey));

    public ValueTask<IReadOnlyList<KeptStimulusRow>> FindKeptAsync(
        string stimulusName, string stimulusKey, DateTimeOffset now, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<KeptStimulusRow>>(Tables.Stimuli.FindKept(stimulusName, stimulusKey, now));

    public ValueTask<IReadOnlyList<Guid>> FindRunningAsync(
        string? definitionId, string? correlationId, bool matchCorrelation, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<Guid>>(Tables.Instances.FindRunning(definitionId, correlationId, matchCorrelation));

    public ValueTask<TimerRow?> TakeTimerAsync(Guid id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Tables.Timers.Take(id));

    public ValueTask<IReadOnlyList<TimerRow>> TakeTimersAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<TimerRow>>([.. ids.Select(Tables.Timers.Take).OfType<TimerRow>()]);

    public ValueTask SaveAnswerAsync(AnswerRow answer, CancellationToken cancellationToken) =>
        Write(answer, static (tables, row) => tables.Cases.SaveAnswer(row));

    // the database is in this process: reading one by one costs nothing more
    public ValueTask TogetherAsync(IReadOnlyList<Guid> cases, Func<ValueTask> work, CancellationToken cancellationToken) => work();

    public ValueTask SaveMessagesAsync(IReadOnlyList<MessageRow> messages, CancellationToken cancellationToken) =>
        Write(messages, static (tables, rows) => Each(rows, tables.Messages.Insert));

    public ValueTask SaveTextsAsync(IReadOnlyList<CaseTextRow> texts, CancellationToken cancellationToken) =>
        Write(texts, (tables, all) => Each(all, tables.Texts.Save));

    public ValueTask<IReadOnlyList<CountedItem>> CountedAsync(string key, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Tables.Counts.Find(key, since, until));

    public ValueTask SaveCountAsync(CountRow row, CancellationToken cancellationToken) => Write(row, static (tables, one) => tables.Counts.Save(one));

    public ValueTask SaveCaseAsync(CaseChanges changes, CancellationToken cancellationToken) =>
        Write(changes, (tables, all) =>
        {
            tables.Cases.Save(all.Row, all.Document.Span, _loadedCase);
            _loadedCase = all.Row;
            if (all.Text is { } text)
            {
                tables.Texts.Save(text);
            }

            Each(all.Tasks, tables.Tasks.Save);
            Each(all.Clocks, tables.Tasks.Save);
            Each(all.Attachments, tables.Attachments.Save);
            Each(all.Traces, tables.Traces.Insert);
            Each(all.PartiesGone, tables.Parties.Delete);
            Each(all.Parties, tables.Parties.Insert);
            Each(all.Silenced, who => tables.Messages.Silence(all.Row.Id, who));
            Each(all.Events, tables.Events.Insert);
            Each(all.Messages, tables.Messages.Insert);
            Each(all.TimersGone, tables.Timers.Delete);
            Each(all.Timers, tables.Timers.Save);
        });

    public ValueTask SaveAsync(BurstChanges changes, CancellationToken cancellationToken) =>
        Write(changes, (tables, all) =>
        {
            Each(all.InsertedInstances, tables.Instances.Insert);
            foreach (var instance in all.UpdatedInstances)
            {
                tables.Instances.Update(instance, _loadedInstances.GetValueOrDefault(instance.Row.Id));
                _loadedInstances[instance.Row.Id] = instance.Row;
            }

            Each(all.RemovedBookmarks, tables.Stimuli.DeleteBookmark);
            Each(all.AddedBookmarks, tables.Stimuli.Insert);
            Each(all.RemovedTimers, tables.Timers.Delete);
            Each(all.AddedTimers, tables.Timers.Save);
            Each(all.Journal, tables.Instances.Insert);
            if (all.HasRare)
            {
                WriteRare(tables, all);
            }
        });

    private static void WriteRare(SqliteTables tables, BurstChanges all)
    {
        Each(all.RecorrelatedInstances, changed => tables.Stimuli.Recorrelate(changed.InstanceId, changed.CorrelationId));
        Each(all.AddedIncidents, tables.Instances.Save);
        Each(all.ResolvedIncidents, tables.Instances.Save);
        Each(all.DeliveredStimuli, tables.Stimuli.DeleteKept);
        Each(all.KeptStimuli, tables.Stimuli.Keep);
        Each(all.Outgoing, outgoing => tables.Messages.Insert(OutgoingMessages.ToMessage(outgoing)));
        foreach (var replaced in all.ReplacedTriggers)
        {
            tables.Stimuli.ReplaceTriggers(replaced.DefinitionId, replaced.Triggers);
            tables.Timers.DeleteOfDefinition(replaced.DefinitionId);
            Each(replaced.Timers, tables.Timers.Save);
        }
    }

    private ValueTask Write<T>(T rows, Action<SqliteTables, T> write)
    {
        try
        {
            write(Tables, rows);
            return ValueTask.CompletedTask;
        }
        catch (SqliteException exception) when (
            exception.SqliteExtendedErrorCode is raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY)
        {
            // Somebody wrote the same number, external id or answer first; run again, the burst will find it.
            throw new LostRaceException(exception.Message);
        }
    }

    private static void Each<T>(IReadOnlyList<T> rows, Action<T> write)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            write(rows[i]);
        }
    }
}

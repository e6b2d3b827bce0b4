using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Simulation;

/// <summary>Reads committed rows and what this burst saved; applies everything at the commit.</summary>
internal sealed class InMemoryCaseTransaction(InMemoryTables tables, InMemoryCaseTables cases, long configurationVersion) : ICaseTransaction
{
    private readonly InMemoryTransaction _inner = new(tables);
    private readonly List<CaseChanges> _saved = [];
    private readonly Dictionary<string, long> _sequences = new(StringComparer.Ordinal);
    private readonly List<AnswerRow> _answers = [];

    public ValueTask<StoredCase?> LoadCaseAsync(Guid id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_saved.FindLast(c => c.Row.Id == id) is { } saved
            ? new StoredCase(saved.Row, saved.Document)
            : cases.Cases.TryGetValue(id, out var found) ? found : (StoredCase?)null);

    public ValueTask<Guid?> FindCaseOfTaskAsync(Guid task, CancellationToken cancellationToken) =>
        ValueTask.FromResult(cases.CaseOfTask.TryGetValue(task, out var id) ? id : (Guid?)null);

    public ValueTask<Guid?> FindCaseByExternalIdAsync(string externalId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(cases.ByExternalId.TryGetValue(externalId, out var id) ? id : (Guid?)null);

    public ValueTask<long> NextAsync(string sequence, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_sequences[sequence] = _sequences.GetValueOrDefault(sequence, cases.Sequences.GetValueOrDefault(sequence)) + 1);

    public ValueTask<long> ConfigurationVersionAsync(CancellationToken cancellationToken) => ValueTask.FromResult(configurationVersion);

    public ValueTask<AnswerRow?> FindAnswerAsync(string principal, string key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(cases.Answers.GetValueOrDefault((principal, key)));

    public ValueTask SaveCaseAsync(CaseChanges changes, CancellationToken cancellationToken)
    {
        var stored = _saved.FindLast(c => c.Row.Id == changes.Row.Id)?.Row.Version
            ?? (cases.Cases.TryGetValue(changes.Row.Id, out var found) ? found.Row.Version : 0);
        if (stored != changes.Row.Version - 1)
        {
            throw new LostRaceException($"Case {changes.Row.Id} has changed meanwhile.");
        }

        _saved.Add(changes);
        return ValueTask.CompletedTask;
    }

    public ValueTask SaveAnswerAsync(AnswerRow answer, CancellationToken cancellationToken)
    {
        _answers.Add(answer);
        return ValueTask.CompletedTask;
    }

    public ValueTask<StoredInstance?> LoadInstanceAsync(Guid id, CancellationToken cancellationToken) => _inner.LoadInstanceAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<BookmarkRow>> FindBookmarksAsync(string stimulusName, string stimulusKey, string? correlationId, CancellationToken cancellationToken) =>
        _inner.FindBookmarksAsync(stimulusName, stimulusKey, correlationId, cancellationToken);

    public ValueTask<IReadOnlyList<TriggerRow>> FindTriggersAsync(string stimulusName, string stimulusKey, CancellationToken cancellationToken) =>
        _inner.FindTriggersAsync(stimulusName, stimulusKey, cancellationToken);

    public ValueTask<IReadOnlyList<KeptStimulusRow>> FindKeptAsync(string stimulusName, string stimulusKey, DateTimeOffset now, CancellationToken cancellationToken) =>
        _inner.FindKeptAsync(stimulusName, stimulusKey, now, cancellationToken);

    public ValueTask<IReadOnlyList<Guid>> FindRunningAsync(string? definitionId, string? correlationId, bool matchCorrelation, CancellationToken cancellationToken) =>
        _inner.FindRunningAsync(definitionId, correlationId, matchCorrelation, cancellationToken);

    public ValueTask<TimerRow?> TakeTimerAsync(Guid id, CancellationToken cancellationToken) => _inner.TakeTimerAsync(id, cancellationToken);

    public ValueTask SaveAsync(BurstChanges changes, CancellationToken cancellationToken) => _inner.SaveAsync(changes, cancellationToken);

    public void Commit()
    {
        _inner.Commit();
        foreach (var changes in _saved)
        {
            Apply(changes);
        }

        foreach (var (sequence, value) in _sequences)
        {
            cases.Sequences[sequence] = value;
        }

        foreach (var answer in _answers)
        {
            cases.Answers.TryAdd((answer.Principal, answer.Key), answer);
        }
    }

    private void Apply(CaseChanges changes)
    {
        var id = changes.Row.Id;
        if (!cases.Cases.ContainsKey(id))
        {
            cases.Order.Add(id);
            cases.Events[id] = [];
            cases.Messages[id] = [];
        }

        cases.Cases[id] = new StoredCase(changes.Row, changes.Document);
        if (changes.Row.ExternalId is { } external)
        {
            cases.ByExternalId[external] = id;
        }

        foreach (var task in changes.Tasks)
        {
            cases.CaseOfTask[task.Id] = id;
        }

        cases.Events[id].AddRange(changes.Events);
        cases.Messages[id].AddRange(changes.Messages);
        foreach (var gone in changes.TimersGone)
        {
            tables.Timers.Remove(gone);
        }

        foreach (var timer in changes.Timers)
        {
            tables.Timers[timer.Id] = timer;
        }
    }
}

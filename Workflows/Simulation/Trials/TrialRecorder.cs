using System.Text.Json;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Simulation.Scenarios;

namespace CaseManagement.Workflows.Simulation.Trials;

/// <summary>Puts together what a trial shows, from what its store has.</summary>
internal sealed class TrialRecorder(ISimulatedCaseStore store, CaseRuntime cases, DateTimeOffset startedAt)
{
    private readonly List<(DateTimeOffset At, Guid Case, JsonElement Data)> _refusals = [];

    /// <summary>Somebody tried to complete a task and was refused.</summary>
    public void Refuse(DateTimeOffset at, Guid complaint, HumanTask task, string outcome, string code, string message) =>
        _refusals.Add((at, complaint, JsonSerializer.SerializeToElement(new Dictionary<string, string>
        {
            ["task"] = task.Key,
            ["titleZh"] = task.TitleZh,
            ["titleEn"] = task.TitleEn,
            ["outcome"] = outcome,
            ["code"] = code,
            ["message"] = message,
        })));

    /// <param name="endedAt">Where the virtual clock stands.</param>
    /// <param name="names">What cases are called; one without a name goes by its number.</param>
    /// <param name="stoppedBy">The bound that stopped it.</param>
    /// <param name="failure">What of a scenario did not hold.</param>
    public async ValueTask<TrialResult> ResultAsync(
        DateTimeOffset endedAt, IReadOnlyDictionary<Guid, string> names, string? stoppedBy, ScenarioFailure? failure, CancellationToken cancellationToken)
    {
        var shown = new List<TrialCase>();
        var entries = new List<(DateTimeOffset RecordedAt, int Case, long Sequence, TrialEntry Entry)>();
        foreach (var stored in store.Cases)
        {
            var outcome = (await cases.ReadAsync(stored.Row.Id, cancellationToken))!;
            var (place, messages) = (shown.Count, MessagesOf(stored.Row.Id));
            shown.Add(new TrialCase(names.GetValueOrDefault(stored.Row.Id, stored.Row.Number), outcome.Complaint, outcome.Rules, messages));
            var next = 0;
            foreach (var row in store.Events(stored.Row.Id))
            {
                var message = row.Type == CaseEvents.MessageQueued ? messages[next++] : null;
                entries.Add((row.RecordedAt, place, row.Sequence, EntryOf(row, place, message)));
            }

            entries.AddRange(_refusals.Where(r => r.Case == stored.Row.Id)
                .Select(r => (r.At, place, long.MaxValue, new TrialEntry(r.At, place, TrialEntry.Refused, Actor.Workflow, r.Data))));
        }

        return new TrialResult
        {
            StartedAt = startedAt,
            EndedAt = endedAt,
            StoppedBy = stoppedBy,
            Failure = failure,
            Cases = shown,
            Instances = [.. store.Instances.Select(i => new TrialInstance(i, store.Journal(i.Row.Id)))],
            Timeline = [.. entries.OrderBy(e => e.RecordedAt).ThenBy(e => e.Case).ThenBy(e => e.Sequence).Select(e => e.Entry)],
        };
    }

    // codes of invented cases open nothing, and are not sealed
    private List<MessageRow> MessagesOf(Guid complaint) =>
        [.. store.Messages(complaint).Select(m => m with { BodyZh = SealedCode.Fill(m.BodyZh, kept => kept), BodyEn = SealedCode.Fill(m.BodyEn, kept => kept) })];

    private static TrialEntry EntryOf(EventRow row, int place, MessageRow? message)
    {
        using var data = JsonDocument.Parse(row.Data);
        return new TrialEntry(
            row.At, place, row.Type, new Actor(Enum.Parse<ActorKind>(row.ActorKind), row.ActorId, row.ActorName), data.RootElement.Clone(), message);
    }
}

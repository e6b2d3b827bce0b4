using System.Globalization;
using CaseManagement.Domain.Auditing;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Cases;

/// <summary>Turns what a burst did to a case into rows: the document, its index rows that changed, events with their chain, messages, timers.</summary>
internal sealed class CaseWriter(TimeProvider wallClock, IAuditOrigin? origin)
{
    public CaseChanges Write(CaseSession session)
    {
        var act = session.Act;
        var complaint = act.Complaint;
        var messageRows = MessageWriter.Write(act).ToList();
        foreach (var message in messageRows)
        {
            act.Record(CaseEvents.MessageQueued, ("id", message.Id.ToString()), ("template", message.Template), ("to", message.Recipient), ("channel", message.Channel), ("state", message.State == MessageStates.Noticed ? MessageStates.Delivered : message.State));
        }

        complaint.Confidentiality.NoteReaders(act);
        var after = CaseRowImage.Of(act, act.At);
        var before = session.Before;
        var sequence = session.Stored?.Row.EventSequence ?? 0;
        var stream = StreamOf(complaint.Id);
        var head = session.Stored?.Row.EventHead ?? AuditChain.Origin(stream);
        var events = new List<EventRow>(act.Log.Events.Count);
        var recordedAt = wallClock.GetUtcNow();
        var circumstances = (origin?.Current ?? AuditCircumstances.None) with
        {
            EntityVersion = complaint.Version + 1,
            DefinitionVersion = string.Create(CultureInfo.InvariantCulture, $"{complaint.Process}/{complaint.ProcessVersion}"),
        };
        var byItself = new AuditCircumstances { EntityVersion = circumstances.EntityVersion, DefinitionVersion = circumstances.DefinitionVersion };
        foreach (var happened in act.Log.Events)
        {
            var data = happened.Data.ToJsonString();
            var around = happened.By switch
            {
                { Kind: ActorKind.Timer or ActorKind.Workflow } => byItself,
                { OnBehalfOf: { } other } => circumstances with { Via = AuditCircumstances.ViaDelegation, OnBehalfOf = other },
                _ => circumstances,
            };
            var link = AuditChain.Next(stream, ++sequence, head, happened.Type, happened.At, recordedAt, happened.By, data, around);
            head = link.Hash;
            events.Add(new EventRow
            {
                ComplaintId = complaint.Id.Value,
                Sequence = sequence,
                At = happened.At,
                RecordedAt = recordedAt,
                Type = happened.Type,
                ActorKind = happened.By.Kind.ToString(),
                ActorId = happened.By.Id,
                ActorName = happened.By.Name,
                Data = data,
                Salt = link.Salt,
                Body = link.Body,
                Hash = link.Hash,
            });
        }

        complaint.Version++;
        return new CaseChanges
        {
            Row = after.Row! with { EventSequence = sequence, EventHead = head, Version = complaint.Version },
            Document = CaseDocument.Write(complaint),
            Text = before.Text == after.Text ? null : after.Text,
            Tasks = [.. after.Tasks.Values.Where(t => !before.Tasks.TryGetValue(t.Id, out var old) || !Same(old, t))],
            Clocks = [.. after.Clocks.Values.Where(c => !before.Clocks.TryGetValue(c.Key, out var old) || old != c)],
            Attachments = [.. after.Attachments.Values.Where(a => !before.Attachments.TryGetValue(a.Id, out var old) || old != a)],
            Traces = session.Stored is null ? [.. ContactTrace.Of(complaint.Complainant).Select(t => new TraceRow(complaint.Id.Value, t.Kind, t.Value))] : [],
            Parties = [.. after.Parties.Except(before.Parties)],
            PartiesGone = [.. before.Parties.Except(after.Parties)],
            Silenced = [.. act.Log.Silenced.Distinct(StringComparer.Ordinal).Select(p => Candidates.UserPrefix + p)],
            Events = events,
            Messages = messageRows,
            Timers = [.. after.Timers.Values.Where(t => !before.Timers.TryGetValue(t.Id, out var old) || old != t), .. session.Counting.Woken, .. DecidedRequest(act)],
            TimersGone = [.. before.Timers.Keys.Where(t => !after.Timers.ContainsKey(t))],
        };
    }

    /// <summary>The audit stream of a case.</summary>
    public static string StreamOf(ComplaintId id) => $"case/{id}";

    // a timer that is due at once: however often the cases a request is about are busy, they learn of it
    private static IEnumerable<TimerRow> DecidedRequest(CaseAct act) =>
        act.Complaint.Request is not null && act.Log.Events.Any(e => e.Type is CaseEvents.Closed or CaseEvents.Withdrawn)
            ? [new TimerRow { Id = CaseTimers.IdOf(act.Complaint.Id, "request", "decided"), DueAt = act.At, Severity = 0, Kind = CaseTimers.Request, Payload = act.Complaint.Id.ToString() }]
            : [];

    // records compare lists by reference
    private static bool Same(TaskRow old, TaskRow now) =>
        old.Candidates.SequenceEqual(now.Candidates, StringComparer.Ordinal) && old with { Candidates = now.Candidates } == now;
}

using System.Globalization;
using CaseManagement.Domain.Auditing;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using CaseManagement.Workflows.Simulation;

namespace CaseManagement.Web.Seeding;

/// <summary>A case that was really walked in memory, ready to be copied with other people, words and moments.</summary>
internal sealed class SeedTemplate
{
    // of a closed case: what history shows at a glance
    private static readonly HashSet<string> KeptOfClosed = [CaseEvents.Received, CaseEvents.TaskCompleted, CaseEvents.Closed, CaseEvents.Withdrawn];

    private readonly StoredCase _case;
    private readonly IReadOnlyList<TaskRow> _tasks;
    private readonly IReadOnlyList<ClockRow> _clocks;
    private readonly IReadOnlyList<EventRow> _events;
    private readonly IReadOnlyList<MessageRow> _messages;
    private readonly IReadOnlyList<StoredInstance> _instances;
    private readonly IReadOnlyList<BookmarkRow> _bookmarks;
    private readonly IReadOnlyList<JournalRow> _journal;
    private readonly IReadOnlyList<TimerRow> _timers;
    private readonly Dictionary<Guid, (string Clock, string Rung)> _rungs;
    private readonly ReadOnlyMemory<byte> _document;
    private readonly SeedText _text;

    /// <param name="store">Where the one case was walked.</param>
    /// <param name="now">When the walk ended.</param>
    /// <param name="words">The words it was walked with.</param>
    public SeedTemplate(InMemoryCaseStore store, DateTimeOffset now, IEnumerable<string> words)
    {
        _case = store.Cases.Single();
        var id = _case.Row.Id;
        var complaint = CaseDocument.Read(_case.Document.Span);
        IsOpen = complaint.IsOpen;
        _tasks = store.Tasks(id);
        _clocks = store.Clocks(id);
        _events = [.. store.Events(id).Where(e => IsOpen || KeptOfClosed.Contains(e.Type))];
        _messages = [.. store.Messages(id).OrderBy(m => m.CreatedAt).Take(IsOpen ? int.MaxValue : 1)];
        _instances = store.Instances;
        _bookmarks = [.. _instances.SelectMany(i => store.Bookmarks(i.Row.Id))];
        _journal = IsOpen ? [.. _instances.SelectMany(i => store.Journal(i.Row.Id))] : [];
        _timers = store.Timers;
        _rungs = complaint.Clocks.All.Values.SelectMany(c => c.NextWakeUps(now).Select(w => (Clock: c.Key, Rung: w.Key)))
            .ToDictionary(r => CaseTimers.IdOf(complaint.Id, r.Clock, r.Rung));
        complaint.Version = 1;
        _document = CaseDocument.Write(complaint);
        _text = new SeedText([.. words, Number, Tracking]);
    }

    public bool IsOpen { get; }

    /// <summary>How often it is copied, beside the others.</summary>
    public required int Weight { get; init; }

    /// <summary>A copy came in this many hours before or after the template.</summary>
    public required (double Earlier, double Later) Hours { get; init; }

    private string Number => _case.Row.Number;

    private string Tracking => _case.Row.TrackingHash ?? "no-tracking";

    /// <summary>Writes a copy.</summary>
    /// <param name="transaction">Where.</param>
    /// <param name="number">From 1.</param>
    /// <param name="words">The copy's word for each of the template's.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask CopyAsync(ICaseTransaction transaction, long number, Dictionary<string, string> words, CancellationToken cancellationToken)
    {
        var draw = new SeedDraw(number);
        words[Number] = SeedCommand.NumberOf(number);
        words[Tracking] = $"{Tracking[..Math.Max(0, Tracking.Length - 16)]}{number.ToString("x16", CultureInfo.InvariantCulture)}";
        var minutes = Math.Round(((draw.Share(20) * (Hours.Earlier + Hours.Later)) - Hours.Earlier) * 60);
        var difference = new SeedDifference(number, TimeSpan.FromMinutes(minutes), words);
        var events = Chained(difference);
        await transaction.SaveCaseAsync(
            new CaseChanges
            {
                Row = RowOf(difference) with { EventSequence = events.Count, EventHead = events[^1].Hash, Version = 1 },
                Document = _text.Of(_document, difference),
                Text = TextOf(difference),
                Tasks = [.. _tasks.Select(t => Copy(t, difference))],
                Clocks = [.. _clocks.Select(c => Copy(c, difference))],
                Events = events,
                Messages = [.. _messages.Select(m => Copy(m, difference))],
                Timers = [.. _timers.Select(t => Copy(t, difference))],
            },
            cancellationToken);
        await transaction.SaveAsync(ProcessOf(difference), cancellationToken);
    }

    private CaseRow RowOf(SeedDifference difference)
    {
        var row = _case.Row;
        return row with
        {
            Id = difference.Of(row.Id),
            Number = _text.Of(row.Number, difference)!,
            Category = _text.Of(row.Category, difference),
            Channel = _text.Of(row.Channel, difference),
            Subject = _text.Of(row.Subject, difference)!,
            Lead = _text.Of(row.Lead, difference),
            Handler = _text.Of(row.Handler, difference),
            ComplainantName = _text.Of(row.ComplainantName, difference),
            TrackingHash = _text.Of(row.TrackingHash, difference),
            ReceivedAt = difference.Of(row.ReceivedAt),
            ClosedAt = difference.Of(row.ClosedAt),
            NextDueAt = difference.Of(row.NextDueAt),
            UpdatedAt = difference.Of(row.UpdatedAt),
        };
    }

    private CaseTextRow TextOf(SeedDifference difference) => new()
    {
        ComplaintId = difference.Of(_case.Row.Id),
        Words = CaseTexts.Plain(_text.Of($"{Number}\n{_case.Row.Subject}\n{SeedWalks.Description}", difference)),
        People = CaseTexts.Plain(_text.Of($"{_case.Row.ComplainantName}\n{SeedWalks.Phone}", difference)),
        Lead = _text.Of(_case.Row.Lead, difference),
        IsOpen = IsOpen,
    };

    private TaskRow Copy(TaskRow task, SeedDifference difference) => task with
    {
        Id = difference.Of(task.Id),
        ComplaintId = difference.Of(task.ComplaintId),
        Assignee = _text.Of(task.Assignee, difference),
        AssigneeName = _text.Of(task.AssigneeName, difference),
        Candidates = [.. task.Candidates.Select(c => _text.Of(c, difference)!)],
        DueAt = difference.Of(task.DueAt),
        CreatedAt = difference.Of(task.CreatedAt),
        DoneAt = difference.Of(task.DoneAt),
        Lead = _text.Of(task.Lead, difference),
    };

    private static ClockRow Copy(ClockRow clock, SeedDifference difference) => clock with
    {
        ComplaintId = difference.Of(clock.ComplaintId),
        StartedAt = difference.Of(clock.StartedAt),
        DueAt = difference.Of(clock.DueAt),
        WarnAt = difference.Of(clock.WarnAt),
        MetAt = difference.Of(clock.MetAt),
        BreachedAt = difference.Of(clock.BreachedAt),
    };

    private MessageRow Copy(MessageRow message, SeedDifference difference) => message with
    {
        Id = difference.Of(message.Id),
        ComplaintId = difference.Of(message.ComplaintId),
        Recipient = _text.Of(message.Recipient, difference)!,
        Address = _text.Of(message.Address, difference),
        SubjectZh = _text.Of(message.SubjectZh, difference)!,
        SubjectEn = _text.Of(message.SubjectEn, difference)!,
        BodyZh = _text.Of(message.BodyZh, difference)!,
        BodyEn = _text.Of(message.BodyEn, difference)!,

        // nothing leaves the house because of an invented case
        State = message.State is MessageStates.Pending or MessageStates.Noticed ? MessageStates.Delivered : message.State,
        NextAttemptAt = null,
        CreatedAt = difference.Of(message.CreatedAt),
    };

    private TimerRow Copy(TimerRow timer, SeedDifference difference) => timer with
    {
        Id = _rungs.TryGetValue(timer.Id, out var rung)
            ? CaseTimers.IdOf(new ComplaintId(difference.Of(_case.Row.Id)), rung.Clock, rung.Rung)
            : difference.Of(timer.Id),
        InstanceId = timer.InstanceId is { } instance ? difference.Of(instance) : null,
        BookmarkId = timer.BookmarkId is { } bookmark ? difference.Of(bookmark) : null,
        DueAt = difference.Of(timer.DueAt),
        Payload = _text.Of(timer.Payload, difference),
    };

    /// <summary>The events with a chain of their own, so that it verifies.</summary>
    private List<EventRow> Chained(SeedDifference difference)
    {
        var id = difference.Of(_case.Row.Id);
        var stream = $"case/{new ComplaintId(id)}";
        var head = AuditChain.Origin(stream);
        var events = new List<EventRow>(_events.Count);
        foreach (var happened in _events)
        {
            var actor = new Actor(Enum.Parse<ActorKind>(happened.ActorKind), _text.Of(happened.ActorId, difference), _text.Of(happened.ActorName, difference));
            var data = _text.Of(happened.Data, difference)!;
            var (at, recordedAt) = (difference.Of(happened.At), difference.Of(happened.RecordedAt));
            var link = AuditChain.Next(stream, events.Count + 1, head, happened.Type, at, recordedAt, actor, data);
            head = link.Hash;
            events.Add(happened with
            {
                ComplaintId = id,
                Sequence = events.Count + 1,
                At = at,
                RecordedAt = recordedAt,
                ActorId = actor.Id,
                ActorName = actor.Name,
                Data = data,
                Salt = link.Salt,
                Body = link.Body,
                Hash = link.Hash,
            });
        }

        return events;
    }

    private BurstChanges ProcessOf(SeedDifference difference)
    {
        var changes = new BurstChanges();
        foreach (var (row, state) in _instances)
        {
            changes.InsertedInstances.Add(new StoredInstance(
                row with
                {
                    Id = difference.Of(row.Id),
                    CorrelationId = _text.Of(row.CorrelationId, difference),
                    Name = _text.Of(row.Name, difference),
                    CreatedAt = difference.Of(row.CreatedAt),
                    UpdatedAt = difference.Of(row.UpdatedAt),
                    FinishedAt = difference.Of(row.FinishedAt),
                    Version = 1,
                },
                _text.Of(state, difference)));
        }

        changes.AddedBookmarks.AddRange(_bookmarks.Select(b => b with
        {
            BookmarkId = difference.Of(b.BookmarkId),
            InstanceId = difference.Of(b.InstanceId),
            CorrelationId = _text.Of(b.CorrelationId, difference),
        }));
        changes.Journal.AddRange(_journal.Select(j => j with { InstanceId = difference.Of(j.InstanceId), At = difference.Of(j.At) }));
        return changes;
    }
}

using System.Security.Cryptography;
using System.Text;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Tasks;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Cases;

/// <summary>The kind of timer that wakes a case for one of its clocks.</summary>
public static class CaseTimers
{
    /// <summary>The payload is the case's id; which rung it was for, the case finds out itself.</summary>
    public const string Clock = "Clock";

    /// <summary>Wakes a case that is counted together with others, because they have changed. The payload is the case's id.</summary>
    public const string Count = "Count";

    /// <summary>A request about somebody's data was decided: the cases it is about learn it. The payload is the request's own case.</summary>
    public const string Request = "Request";

    /// <summary>The same for the same rung of the same clock, so that however often a limit is moved there is one timer.</summary>
    public static Guid IdOf(ComplaintId complaint, string clock, string rung)
    {
        var text = $"{clock}/{rung}";
        var room = 16 + Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> hashed = room <= 512 ? stackalloc byte[room] : new byte[room];
        complaint.Value.TryWriteBytes(hashed);
        var length = 16 + Encoding.UTF8.GetBytes(text, hashed[16..]);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(hashed[..length], hash);
        return new Guid(hash[..16]);
    }
}

/// <summary>A case as its index rows and timers show it. Two images, before and after a burst, say what to write.</summary>
internal sealed class CaseRowImage
{
    private CaseRowImage(
        CaseRow? row, CaseTextRow? text, Dictionary<Guid, TaskRow> tasks, Dictionary<string, ClockRow> clocks, Dictionary<Guid, AttachmentRow> attachments,
        Dictionary<Guid, TimerRow> timers, HashSet<PartyRow> parties)
    {
        Row = row;
        Text = text;
        Tasks = tasks;
        Clocks = clocks;
        Attachments = attachments;
        Timers = timers;
        Parties = parties;
    }

    public static CaseRowImage Empty { get; } = new(null, null, [], [], [], [], []);

    public CaseRow? Row { get; }
    public CaseTextRow? Text { get; }
    public Dictionary<Guid, TaskRow> Tasks { get; }
    public Dictionary<string, ClockRow> Clocks { get; }
    public Dictionary<Guid, AttachmentRow> Attachments { get; }
    public Dictionary<Guid, TimerRow> Timers { get; }
    public HashSet<PartyRow> Parties { get; }

    /// <param name="act">The case and its rules.</param>
    /// <param name="from">Timers from this instant on; those before it have been dealt with.</param>
    public static CaseRowImage Of(CaseAct act, DateTimeOffset from)
    {
        var complaint = act.Complaint;
        var running = complaint.Clocks.All.Values.Where(c => c.IsOpen).ToList();
        var nextDue = running.Where(c => c.PausedSince is null).Select(c => c.DueAt).Min();
        var tasks = complaint.Tasks.All.ToDictionary(t => t.Id, t => RowOf(complaint, t, nextDue));
        var clocks = complaint.Clocks.All.Values.ToDictionary(c => c.Key, c => RowOf(act, c), StringComparer.Ordinal);
        var attachments = complaint.Attachments.ToDictionary(a => a.Id, a => RowOf(complaint, a));
        var timers = TimersOf(act, running, from);
        var row = new CaseRow
        {
            Id = complaint.Id.Value,
            Number = complaint.Number,
            Process = complaint.Process,
            ProcessVersion = complaint.ProcessVersion,
            Kind = complaint.Kind,
            Status = complaint.Status,
            Level = complaint.Level,
            LevelRank = complaint.Level is { } level ? act.Rules.Pack.Levels.PlaceOf(level) : null,
            Category = complaint.Facts.Text("category"),
            Channel = complaint.Facts.Text("channel"),
            Subject = complaint.Subject,
            Lead = complaint.Lead,
            Handler = complaint.Handler,
            // where the identity is covered no list can tell it
            ComplainantName = complaint.CoversIdentity ? null : complaint.Complainant.Name,
            RespondentPerson = complaint.Respondent?.Person,
            Confidentiality = (int)complaint.Confidentiality.Level,
            ExternalId = complaint.ExternalId,
            TrackingHash = complaint.TrackingHash,
            ReceivedAt = complaint.ReceivedAt,
            ClosedAt = complaint.ClosedAt,
            NextDueAt = nextDue,
            IsLate = running.Exists(c => c.BreachedAt is not null),
            UpdatedAt = act.At,
            EventSequence = 0,
            EventHead = [],
            Version = 0,
        };
        return new CaseRowImage(row, CaseTexts.Of(complaint), tasks, clocks, attachments, timers, [.. PartiesOf(complaint)]);
    }

    /// <summary>Forgets a timer whose row this burst has taken: if it is still wanted, it is written again.</summary>
    public void Forget(Guid timer) => Timers.Remove(timer);

    private static IEnumerable<PartyRow> PartiesOf(Complaint complaint)
    {
        var id = complaint.Id.Value;
        var parties = complaint.Exclusion.Barred.Select(p => new PartyRow(id, PartyKinds.Barred, p))
            .Concat(complaint.Confidentiality.ReadBy.Select(r => new PartyRow(id, PartyKinds.Reader, r)))
            .Concat(complaint.Tasks.Open.Where(t => t is { Assignee: not null, DelegatedTo: not null }).Select(t => new PartyRow(id, PartyKinds.Delegate, PartyKinds.For(t.DelegatedTo!, t.Assignee!))))
            .Concat(complaint.Holds.IsHeld ? [new PartyRow(id, PartyKinds.Held, "")] : [])
            .Concat(complaint.Rights.IsRestricted ? [new PartyRow(id, PartyKinds.Restricted, "")] : [])
            .Concat(complaint.Rights.Erasure is not null ? [new PartyRow(id, PartyKinds.ToErase, "")] : []);
        return complaint.Exclusion.Binding == RespondentBinding.Unknown ? parties.Append(new PartyRow(id, PartyKinds.Unbound, complaint.Respondent?.Person ?? "")) : parties;
    }

    private static TaskRow RowOf(Complaint complaint, HumanTask task, DateTimeOffset? nextDue) => new()
    {
        Id = task.Id,
        ComplaintId = complaint.Id.Value,
        Key = task.Key,
        Kind = task.Kind.ToString(),
        TitleZh = task.TitleZh,
        TitleEn = task.TitleEn,
        State = task.State.ToString(),
        Assignee = task.Assignee,
        AssigneeName = task.AssigneeName,
        Candidates = task.IsOpen ? task.CandidateKeys : [],
        Chain = task.Chain,
        DueAt = !task.IsOpen ? null : task.Clock is { } clock && complaint.Clocks.All.GetValueOrDefault(clock) is { IsOpen: true, DueAt: { } own } ? own : nextDue,
        CreatedAt = task.CreatedAt,
        DoneAt = task.DoneAt,
        Outcome = task.Outcome,
        Lead = complaint.Lead,
    };

    private static ClockRow RowOf(CaseAct act, Domain.Clocks.Clock clock)
    {
        var name = act.Rules.NameOf(clock);
        return new ClockRow
        {
            ComplaintId = act.Complaint.Id.Value,
            Key = clock.Key,
            NameZh = name.Zh,
            NameEn = name.En,
            Limit = clock.LimitKey,
            State = CaseClocks.StateName(clock),
            Unit = clock.Explanation.Unit.ToString(),
            StartedAt = clock.StartedAt,
            DueAt = clock.DueAt,
            WarnAt = clock.Rungs.Where(r => r.At < clock.DueAt).Select(r => r.At).Min(),
            MetAt = clock.MetAt,
            BreachedAt = clock.BreachedAt,
            Provisional = clock.Provisional,
            PauseReason = clock.PausedSince is null ? null : clock.Suspensions[^1].Reason,
        };
    }

    private static AttachmentRow RowOf(Complaint complaint, Attachment attachment) => new()
    {
        Id = attachment.Id,
        ComplaintId = complaint.Id.Value,
        Name = attachment.Name,
        MediaType = attachment.MediaType,
        Size = attachment.Size,
        Sha256 = attachment.Sha256,
        ShownSha256 = attachment.ShownSha256,
        Source = attachment.Source.ToString(),
        State = attachment.State.ToString(),
        ActorKind = attachment.By.Kind.ToString(),
        ActorId = attachment.By.Id,
        ActorName = attachment.By.Name,
        At = attachment.At,
    };

    private static Dictionary<Guid, TimerRow> TimersOf(CaseAct act, List<Domain.Clocks.Clock> running, DateTimeOffset from)
    {
        var levels = act.Rules.Pack.Levels;
        var severity = act.Complaint.Level is { } level ? levels.Levels.Count - (levels.PlaceOf(level) ?? 0) : 0;
        var payload = act.Complaint.Id.ToString();
        var timers = new Dictionary<Guid, TimerRow>();
        foreach (var clock in running)
        {
            foreach (var (rung, at) in clock.NextWakeUps(from))
            {
                var id = CaseTimers.IdOf(act.Complaint.Id, clock.Key, rung);
                timers.Add(id, new TimerRow { Id = id, DueAt = at, Severity = severity, Kind = CaseTimers.Clock, Payload = payload });
            }
        }

        return timers;
    }
}

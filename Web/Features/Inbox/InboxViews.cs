using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>What a list sorts a case by.</summary>
internal sealed class InboxKey
{
    public required Guid Id { get; init; }

    /// <summary>Of the reader's own task in views of their work, when it was closed in the view of closed ones, else the case's next one.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    public int? LevelRank { get; init; }
}

/// <summary>When the reader's first task of a case is due.</summary>
internal sealed class TaskDue
{
    public required Guid CaseId { get; init; }
    public DateTimeOffset? DueAt { get; init; }
}

/// <summary>The views of the inbox and their conditions. A count and its list come from the same condition.</summary>
internal static class InboxViews
{
    public const string MineKey = "mine";
    public const string Today = "today";
    public const string Approval = "approval";
    public const string Escalated = "escalated";
    public const string Watched = "watched";

    /// <summary>Tasks the reader may do for others; there while they act for somebody.</summary>
    public const string ForOthers = "for";
    public const string Unassigned = "unclaimed";
    public const string Late = "late";
    public const string Soon = "soon";
    public const string Paused = "paused";
    public const string Open = "open";
    public const string Closed = "closed";

    /// <summary>Everything the reader may see: where a search from the top bar looks.</summary>
    public const string Everything = "all";

    public static readonly IReadOnlyList<string> MyWork = [MineKey, Today, Approval, Escalated, Watched];
    public static readonly IReadOnlyList<string> MyGroups = [Unassigned, Late, Soon, Paused, Open, Closed];

    public const string OpenStatus = "open";

    /// <summary>The view a filter asks for: the reader's tasks by itself, and everything for a search from the top bar or by a mark.</summary>
    public static string Chosen(InboxFilter filter) => MyWork.Concat(MyGroups).Append(ForOthers).FirstOrDefault(v => v == filter.View)
        ?? (string.IsNullOrWhiteSpace(filter.Q) && string.IsNullOrEmpty(filter.Mark) ? MineKey : Everything);

    /// <summary>The view is of the reader's own tasks.</summary>
    public static bool IsOfTasks(string view) => view is MineKey or Today or Approval;

    /// <summary>The view shows cases that are over: what came in last comes first.</summary>
    public static bool HasClosed(string view) => view is Closed or Everything or Watched;

    /// <summary>Open tasks the reader holds, or may take while nobody does.</summary>
    public static IQueryable<TaskRow> MyTasks(CaseScope scope, CaseManagementDbContext db)
    {
        var (me, keys) = (scope.Person?.Id, scope.Keys);
        return db.Tasks.Where(t => t.DoneAt == null && (t.State == "Open" || t.State == "Claimed")
            && (t.Assignee == me || (t.Assignee == null && db.TaskCandidates.Any(k => k.TaskId == t.Id && keys.Contains(k.Candidate)))));
    }

    /// <summary>The cases of the same tasks, read from the two indexes that lead to them.</summary>
    /// <param name="scope">The reader.</param>
    /// <param name="db">The database.</param>
    /// <param name="view">A view of the reader's own tasks.</param>
    /// <param name="narrow">What was chosen and typed.</param>
    /// <param name="now">The product's own time.</param>
    /// <param name="tomorrow">When the organisation's day ends.</param>
    public static IQueryable<InboxKey> KeysOfTasks(CaseScope scope, CaseManagementDbContext db, string view, Func<IQueryable<CaseRow>, IQueryable<CaseRow>> narrow, DateTimeOffset now, DateTimeOffset tomorrow)
    {
        // who holds a task or may take it sees its case, unless the case is against them
        var cases = narrow(scope.NotAgainst(db, db.Cases.AsNoTracking()).Where(c => c.Status == OpenStatus));
        return DueOfTasks(scope, db, view, now, tomorrow)
            .Join(cases, t => t.CaseId, c => c.Id, (t, c) => new InboxKey { Id = c.Id, DueAt = t.DueAt ?? c.NextDueAt, ReceivedAt = c.ReceivedAt, LevelRank = c.LevelRank });
    }

    /// <summary>The cases of the reader's tasks, each once, with when the first of those tasks is due; a task has no due time only where its case has none.</summary>
    /// <inheritdoc cref="KeysOfTasks"/>
    public static IQueryable<TaskDue> DueOfTasks(CaseScope scope, CaseManagementDbContext db, string view, DateTimeOffset now, DateTimeOffset tomorrow)
    {
        var (me, keys) = (scope.Person?.Id, scope.Keys);
        var held = db.Tasks.AsNoTracking().Where(t => t.DoneAt == null && (t.State == "Open" || t.State == "Claimed") && t.Assignee == me);
        var offered = db.TaskCandidates.AsNoTracking().Where(k => keys.Contains(k.Candidate));
        if (view == Approval)
        {
            held = held.Where(t => t.Chain != null);
            offered = offered.Where(k => k.Chain != null);
        }

        if (view == Today)
        {
            // what is due later makes no case due sooner
            held = held.Where(t => t.DueAt < tomorrow);
            offered = offered.Where(k => k.DueAt < tomorrow);
        }

        var due = held.Select(t => new { t.ComplaintId, t.DueAt }).Concat(offered.Select(k => new { k.ComplaintId, k.DueAt }))
            .GroupBy(t => t.ComplaintId).Select(g => new TaskDue { CaseId = g.Key, DueAt = g.Min(t => t.DueAt) });
        return view == Today ? due.Where(t => t.DueAt >= now && t.DueAt < tomorrow) : due;
    }

    /// <summary>The cases of <see cref="KeysOfTasks"/> for the view of all of the reader's tasks, in no order and some several times.</summary>
    public static IQueryable<Guid> CasesOfTasks(CaseScope scope, CaseManagementDbContext db)
    {
        var (me, keys) = (scope.Person?.Id, scope.Keys);
        var open = db.Tasks.AsNoTracking().Where(t => t.DoneAt == null && (t.State == "Open" || t.State == "Claimed"));

        // no task is open in a case that is not
        var held = open.Where(t => t.Assignee == me).Select(t => t.ComplaintId);
        var offered = db.TaskCandidates.AsNoTracking().Where(k => keys.Contains(k.Candidate)).Select(k => k.ComplaintId);
        return scope.NotAgainst(db, held).Concat(scope.NotAgainst(db, offered));
    }

    /// <summary>Escalations to the reader.</summary>
    public static IQueryable<MessageRow> Escalations(CaseScope scope, CaseManagementDbContext db)
    {
        var keys = scope.Keys;
        return db.Messages.Where(m => m.Channel == "inbox" && m.Escalation && keys.Contains(m.Recipient));
    }

    /// <summary>Escalations the reader has not opened yet.</summary>
    public static IQueryable<MessageRow> Unread(CaseScope scope, CaseManagementDbContext db)
    {
        var me = scope.Person?.Id;
        return Escalations(scope, db).Where(m => !db.NotificationReads.Any(r => r.UserId == me && r.MessageId == m.Id));
    }

    /// <summary>The condition of a view that is not of the reader's own tasks.</summary>
    /// <param name="view">One of the keys.</param>
    /// <param name="scope">The reader.</param>
    /// <param name="db">The database.</param>
    /// <param name="now">The product's own time.</param>
    /// <param name="unreadOnly">Of escalations, those the reader has not opened yet.</param>
    public static Func<IQueryable<CaseRow>, IQueryable<CaseRow>> Of(string view, CaseScope scope, CaseManagementDbContext db, DateTimeOffset now, bool unreadOnly = false)
    {
        var keys = scope.Keys;
        var escalations = unreadOnly ? Unread(scope, db) : Escalations(scope, db);
        var offered = db.TaskCandidates.Where(k => keys.Contains(k.Candidate)).Select(k => k.ComplaintId);
        var (ofReader, ofClocks) = (OfReader(view, scope, db, unreadOnly), OfClocks(view, db, now));
        return view switch
        {
            Escalated => cases => cases.Where(c => c.Status == OpenStatus && escalations.Any(m => m.ComplaintId == c.Id)),
            Unassigned => cases => cases.Where(c => c.Status == OpenStatus && offered.Contains(c.Id)),
            Late => cases => cases.Where(c => c.Status == OpenStatus && c.NextDueAt < now),
            Soon or Paused => cases => cases.Where(c => c.Status == OpenStatus && ofClocks!.Contains(c.Id)),
            Watched => cases => cases.Where(c => ofReader!.Contains(c.Id)),
            Closed => cases => cases.Where(c => c.Status != OpenStatus),
            Everything => cases => cases,
            _ => cases => cases.Where(c => c.Status == OpenStatus),
        };
    }

    /// <summary>The cases of a view that is told by what concerns the reader alone, open ones or not, some several times; null for the others.</summary>
    /// <inheritdoc cref="Of"/>
    public static IQueryable<Guid>? OfReader(string view, CaseScope scope, CaseManagementDbContext db, bool unreadOnly)
    {
        var me = scope.Person?.Id;
        return view switch
        {
            Escalated => (unreadOnly ? Unread(scope, db) : Escalations(scope, db)).Select(m => m.ComplaintId),
            Watched => db.CaseWatches.Where(w => w.UserId == me).Select(w => w.ComplaintId),
            _ => null,
        };
    }

    /// <summary>The cases of a view that is told by clocks, open ones or not, some several times; null for the others.</summary>
    public static IQueryable<Guid>? OfClocks(string view, CaseManagementDbContext db, DateTimeOffset now)
    {
        // compared so that the index of warnings is taken, not the one of due times
        var never = DateTimeOffset.MaxValue;
        return view switch
        {
            Soon => db.Clocks.Where(k => k.MetAt == null && (k.State == "running" || k.State == "breached") && k.WarnAt <= now && (k.DueAt ?? never) > now).Select(k => k.ComplaintId),
            Paused => db.Clocks.Where(k => k.State == "paused").Select(k => k.ComplaintId),
            _ => null,
        };
    }
}

using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>A case of a list with the moment it is sorted by: of the reader's own task, else the case's next one.</summary>
public sealed class DueCase
{
    public required CaseRow Case { get; init; }
    public DateTimeOffset? DueAt { get; init; }
}

/// <summary>The views of the inbox. A count and its list come from the same condition.</summary>
internal static class InboxViews
{
    public const string MineKey = "mine";
    public const string Today = "today";
    public const string Approval = "approval";
    public const string Escalated = "escalated";
    public const string Unassigned = "unclaimed";
    public const string Late = "late";
    public const string Paused = "paused";
    public const string Open = "open";
    public const string Closed = "closed";

    /// <summary>Everything the reader may see: where a search from the top bar looks.</summary>
    public const string Everything = "all";

    public static readonly IReadOnlyList<string> MyWork = [MineKey, Today, Approval, Escalated];
    public static readonly IReadOnlyList<string> MyGroups = [Unassigned, Late, Paused, Open, Closed];

    private const string OpenStatus = "open";

    /// <summary>Open cases with a task the reader holds, or may take while nobody does.</summary>
    public static IQueryable<CaseRow> Mine(CaseScope scope, CaseManagementDbContext db)
    {
        var tasks = MyTasks(scope, db);
        return scope.Visible(db).Where(c => c.Status == OpenStatus && tasks.Any(t => t.ComplaintId == c.Id));
    }

    /// <summary>Open tasks the reader holds, or may take while nobody does.</summary>
    public static IQueryable<TaskRow> MyTasks(CaseScope scope, CaseManagementDbContext db)
    {
        var (me, keys) = (scope.Person?.Id, scope.Keys);
        return db.Tasks.Where(t => t.DoneAt == null && (t.State == "Open" || t.State == "Claimed")
            && (t.Assignee == me || (t.Assignee == null && db.TaskCandidates.Any(k => k.TaskId == t.Id && keys.Contains(k.Candidate)))));
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

    /// <summary>The cases of a view with the moment each is due.</summary>
    /// <param name="view">One of the keys.</param>
    /// <param name="scope">The reader.</param>
    /// <param name="db">The database.</param>
    /// <param name="now">The product's own time.</param>
    /// <param name="tomorrow">When the organisation's day ends.</param>
    public static IQueryable<DueCase> Of(string view, CaseScope scope, CaseManagementDbContext db, DateTimeOffset now, DateTimeOffset tomorrow)
    {
        var tasks = MyTasks(scope, db);
        if (view is MineKey or Today or Approval)
        {
            var wanted = view == Approval ? tasks.Where(t => t.Chain != null) : tasks;
            var mine = scope.Visible(db).Where(c => c.Status == OpenStatus && wanted.Any(t => t.ComplaintId == c.Id))
                .Select(c => new DueCase { Case = c, DueAt = wanted.Where(t => t.ComplaintId == c.Id).Min(t => t.DueAt) ?? c.NextDueAt });
            return view == Today ? mine.Where(d => d.DueAt >= now && d.DueAt < tomorrow) : mine;
        }

        var visible = scope.Visible(db);
        var open = visible.Where(c => c.Status == OpenStatus);
        var escalations = Escalations(scope, db);
        var keys = scope.Keys;
        var cases = view switch
        {
            Escalated => open.Where(c => escalations.Any(m => m.ComplaintId == c.Id)),
            Unassigned => open.Where(c => db.Tasks.Any(t => t.ComplaintId == c.Id && t.State == "Open" && t.Assignee == null
                && db.TaskCandidates.Any(k => k.TaskId == t.Id && keys.Contains(k.Candidate)))),
            Late => open.Where(c => c.NextDueAt < now),
            Paused => open.Where(c => db.Clocks.Any(k => k.ComplaintId == c.Id && k.State == "paused")),
            Closed => visible.Where(c => c.Status != OpenStatus),
            Everything => visible,
            _ => open,
        };
        return cases.Select(c => new DueCase { Case = c, DueAt = c.NextDueAt });
    }
}

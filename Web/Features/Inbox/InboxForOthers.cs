using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Delegations;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>
/// The cases of tasks a reader may do for others: what those hold, what was delegated one by one, and what they may take and the reader may not take anyhow. Only
/// cases that both may see; sealed ones never.
/// </summary>
internal static class InboxForOthers
{
    private const int Sealed = (int)ConfidentialityLevel.Sealed;

    /// <summary>The cases, each once, with when the first of those tasks is due.</summary>
    /// <param name="scope">The reader.</param>
    /// <param name="others">For whom.</param>
    /// <param name="db">The database.</param>
    /// <param name="narrow">What was chosen and typed.</param>
    public static IQueryable<InboxKey> Keys(CaseScope scope, IReadOnlyList<ActedFor> others, CaseManagementDbContext db, Func<IQueryable<CaseRow>, IQueryable<CaseRow>> narrow)
    {
        var due = others.SelectMany(o => Tasks(scope, o, db)).Select(part => part.Select(t => new { t.ComplaintId, t.DueAt })).ToList() is [_, ..] parts
            ? parts.Aggregate((all, next) => all.Concat(next))
            : null;
        var cases = narrow(scope.Visible(db).Where(c => c.Status == InboxViews.OpenStatus && c.Confidentiality < Sealed));
        return due is null
            ? cases.Where(c => false).Select(c => new InboxKey { Id = c.Id, DueAt = c.NextDueAt, ReceivedAt = c.ReceivedAt, LevelRank = c.LevelRank })
            : due.GroupBy(t => t.ComplaintId).Select(g => new TaskDue { CaseId = g.Key, DueAt = g.Min(t => t.DueAt) })
                .Join(cases, t => t.CaseId, c => c.Id, (t, c) => new InboxKey { Id = c.Id, DueAt = t.DueAt ?? c.NextDueAt, ReceivedAt = c.ReceivedAt, LevelRank = c.LevelRank });
    }

    /// <summary>The tasks that a reader may do for one other person, in parts; a task may be in several. The reader's own sight of their cases is not asked yet.</summary>
    public static IEnumerable<IQueryable<TaskRow>> Tasks(CaseScope scope, ActedFor other, CaseManagementDbContext db)
    {
        var owner = other.Person.Id;
        var pair = PartyKinds.For(scope.Person!.Id, owner);
        var cases = other.Scope.NotAgainst(db, db.Cases);
        var open = db.Tasks.Where(t => t.DoneAt == null && (t.State == "Open" || t.State == "Claimed"));
        var held = open.Where(t => t.Assignee == owner);
        yield return held.Where(t => db.CaseParties.Any(p => p.ComplaintId == t.ComplaintId && p.Kind == PartyKinds.Delegate && p.Who == pair))
            .Join(cases, t => t.ComplaintId, c => c.Id, (t, _) => t);
        var keys = other.Scope.Keys.Except(scope.Keys, StringComparer.Ordinal).ToList();
        foreach (var standing in other.Standing)
        {
            yield return Of(held, standing);
            yield return Of(db.TaskCandidates.Where(k => keys.Contains(k.Candidate)).Join(open.Where(t => t.Assignee == null), k => k.TaskId, t => t.Id, (_, t) => t), standing);
        }

        IQueryable<TaskRow> Of(IQueryable<TaskRow> tasks, Delegation standing)
        {
            var (kinds, processes) = (standing.Kinds.Select(k => k.ToString()).ToList(), standing.Processes);
            tasks = kinds.Count == 0 ? tasks : tasks.Where(t => kinds.Contains(t.Kind));
            var its = processes.Count == 0 ? cases : cases.Where(c => processes.Contains(c.Process));
            return tasks.Join(its, t => t.ComplaintId, c => c.Id, (t, _) => t);
        }
    }
}

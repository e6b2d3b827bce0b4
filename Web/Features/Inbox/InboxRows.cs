using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>Fills the rows of one page of the inbox with a fixed number of queries.</summary>
public sealed class InboxRows(CaseRowWords processes, MaskedRows masked, IStringLocalizer<InboxWords> words)
{
    private const int ClocksShown = 2;

    /// <param name="ids">The cases, which the reader may see; the rows come in their order.</param>
    /// <param name="scope">The reader.</param>
    /// <param name="db">The database.</param>
    /// <param name="columns">The columns whose cells are filled.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="actedFor">Of whose tasks the rows tell; none: of the reader's own.</param>
    public async Task<IReadOnlyList<InboxRow>> GetAsync(
        IReadOnlyList<Guid> ids, CaseScope scope, CaseManagementDbContext db, IReadOnlyList<Choice> columns, CancellationToken cancellationToken, IReadOnlyList<ActedFor>? actedFor = null)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var read = await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        var cases = ids.Select(id => read[id]).ToList();
        var clocks = (await db.Clocks.AsNoTracking().Where(k => ids.Contains(k.ComplaintId)).ToListAsync(cancellationToken)).ToLookup(k => k.ComplaintId);
        var mine = (await InboxViews.MyTasks(scope, db).AsNoTracking().Where(t => ids.Contains(t.ComplaintId)).ToListAsync(cancellationToken)).ToLookup(t => t.ComplaintId);
        var others = (await db.Tasks.AsNoTracking().Where(t => ids.Contains(t.ComplaintId) && (t.State == "Open" || t.State == "Claimed")).ToListAsync(cancellationToken)).ToLookup(t => t.ComplaintId);
        var news = await NewsAsync(ids, scope, db, cancellationToken);
        var known = (await scope.Workable(db).Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken)).ToHashSet();
        var masks = await masked.OfAsync(cases, known, scope, db, cancellationToken);
        var said = await processes.OfAsync(cases, cancellationToken);
        var told = columns.Any(c => c.Value.StartsWith(InboxColumns.FactPrefix, StringComparison.Ordinal))
            ? await db.CaseDocuments.AsNoTracking().Where(d => ids.Contains(d.Id)).ToDictionaryAsync(d => d.Id, cancellationToken)
            : [];
        var rows = new List<InboxRow>(cases.Count);
        foreach (var row in cases)
        {
            var own = said[(row.Process, row.ProcessVersion)];
            var badges = ClockBadges.MostUrgentFirst(clocks[row.Id].Select(k => own.Badge(k, row.Lead)));
            var line = new InboxRow
            {
                CaseId = row.Id,
                Number = row.Number,
                Subject = masks.GetValueOrDefault(row.Id)?.Say(row.Subject) ?? row.Subject,
                Level = own.Words.Level(row.Level),
                Task = ForOther(others[row.Id], actedFor ?? []) ?? TitleOf(mine[row.Id].OrderBy(t => t.DueAt ?? DateTimeOffset.MaxValue).FirstOrDefault() ?? others[row.Id].OrderBy(t => t.CreatedAt).FirstOrDefault()),
                Complainant = row.Confidentiality is null or >= (int)ConfidentialityLevel.Identity ? words["Confidential"] : masks.GetValueOrDefault(row.Id)?.Name ?? row.ComplainantName,
                Process = own.Words.Process,
                News = news.GetValueOrDefault(row.Id),
                NewsIcon = "arrow-bar-up",
                Clocks = [.. badges.Take(ClocksShown)],
                ReceivedAt = row.ReceivedAt,
                Version = row.Version,
            };

            // facts of a case are for those who work on it
            var facts = known.Contains(row.Id) && told.TryGetValue(row.Id, out var stored) ? own.FactsOf(Domain.Complaints.CaseDocument.Read(stored.Document)) : null;
            rows.Add(line with { Cells = InboxCells.Of(columns, row, line, own.Words, facts, masks.GetValueOrDefault(row.Id)) });
        }

        return rows;
    }

    /// <summary>What the reader was told last of each case and has not opened. Begins at the cases: a role may have been told of thousands of others.</summary>
    private static async Task<Dictionary<Guid, string>> NewsAsync(IReadOnlyList<Guid> ids, CaseScope scope, CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        // escalations are picked out here: asked for there, the index of all escalations would be read
        var told = (await db.Messages.AsNoTracking().Where(m => ids.Contains(m.ComplaintId) && m.Channel == "inbox")
            .Select(m => new { m.Id, m.ComplaintId, m.Recipient, m.SubjectZh, m.SubjectEn, m.CreatedAt, m.Escalation }).ToListAsync(cancellationToken))
            .Where(m => m.Escalation && scope.Keys.Contains(m.Recipient)).ToList();
        var (me, messages) = (scope.Person?.Id, told.Select(m => m.Id).ToList());
        var read = messages.Count == 0 ? [] : (await db.NotificationReads.Where(r => r.UserId == me && messages.Contains(r.MessageId)).Select(r => r.MessageId).ToListAsync(cancellationToken)).ToHashSet();
        return told.Where(m => !read.Contains(m.Id)).GroupBy(m => m.ComplaintId).ToDictionary(g => g.Key, g => Said(g.MaxBy(m => m.CreatedAt)!.SubjectZh, g.MaxBy(m => m.CreatedAt)!.SubjectEn));
    }

    /// <summary>The first task that is somebody else's to do, and whose; null where none of those is acted for holds one.</summary>
    private string? ForOther(IEnumerable<TaskRow> tasks, IReadOnlyList<ActedFor> actedFor) => actedFor.Count == 0
        ? null
        : tasks.OrderBy(t => t.DueAt ?? DateTimeOffset.MaxValue).Select(t => (Task: t, Owner: actedFor.FirstOrDefault(o => t.Assignee == o.Person.Id)?.Person)).FirstOrDefault(t => t.Owner is not null)
            is (var task, { } owner) ? words["ForTask", owner.Name, TitleOf(task)!].Value : null;

    private static string? TitleOf(TaskRow? task) => task is null ? null : Said(task.TitleZh, task.TitleEn);

    private static string Said(string zh, string en) => PackWords.Language.StartsWith("en", StringComparison.Ordinal) ? en : zh;
}

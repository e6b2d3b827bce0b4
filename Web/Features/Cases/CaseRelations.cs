using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Masking;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Cases;

/// <summary>
/// Finds cases of the same complainant and cases alike. However many cases there are, it looks at a few hundred by an index, and of those names what the
/// reader may see.
/// </summary>
public sealed class CaseRelations(IDbContextFactory<CaseManagementDbContext> contexts, MaskedRows masked, IStringLocalizer<CaseWords> words)
{
    private const int MostTraced = 100;
    private const int MostKnown = 30;
    private const int MostCompared = 600;
    private const int MostShown = 5;

    // of so many cases what was written is read, and of each its beginning; more would cost more than it shows
    private const int MostRead = 40;
    private const int LongestRead = 240;
    private static readonly TimeSpan Around = TimeSpan.FromDays(90);
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    public async Task<CaseKin> GetAsync(CaseView view, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var same = await SamePersonAsync(db, view, cancellationToken);
        var known = same.Select(s => s.Case.Id).ToHashSet();
        var counted = (await CountedAsync(db, view, cancellationToken)).Where(c => !known.Contains(c.Case.Id)).Take(MostShown).ToList();
        known.UnionWith(counted.Select(c => c.Case.Id));
        var alike = (await AlikeAsync(db, view, cancellationToken)).Where(a => !known.Contains(a.Case.Id)).Take(MostShown - counted.Count).ToList();
        var masks = await masked.OfAsync([.. same.Take(MostShown).Select(s => s.Case), .. counted.Select(c => c.Case), .. alike.Select(a => a.Case)], view.Scope, db, cancellationToken);
        string SubjectOf(CaseRow row) => masks.GetValueOrDefault(row.Id)?.Say(row.Subject) ?? row.Subject;
        return new CaseKin
        {
            History = HistoryOf(view, [.. same.Select(s => s.Case)]),
            SamePerson = [.. same.Take(MostShown).Select(s => KinOf(view, s.Case, SubjectOf(s.Case), words["Same_" + s.Kind]))],
            Alike =
            [
                .. counted.Select(c => KinOf(view, c.Case, SubjectOf(c.Case), words["CountedTogether", c.Counter])),

                // of a text the reader is not shown nothing is quoted
                .. alike.Select(a => KinOf(
                    view, a.Case, SubjectOf(a.Case),
                    a.Shared.Count == 0 || masks.ContainsKey(a.Case.Id) ? words["AlikePart", a.Likeness] : words["AlikeShared", a.Likeness, view.Mask.Say(string.Join(words["AlikeSeparator"], a.Shared))])),
            ],
            LinkHref = view.MayAct ? $"/cases/{view.Complaint.Id}/actions/link" : null,
            Zone = view.Zone,
        };
    }

    /// <summary>The case of a number as the reader may see it.</summary>
    /// <returns>Its number; null where there is none for them, or it is this one.</returns>
    public async Task<string?> FindAsync(CaseView view, string number, CancellationToken cancellationToken)
    {
        var id = view.Complaint.Id.Value;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await view.Scope.Visible(db).Where(c => c.Id != id && c.Number == number).Select(c => c.Number).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Only where the reader may know both complainants: that they are one would tell who the other is.</summary>
    private async Task<List<(CaseRow Case, string Kind)>> SamePersonAsync(CaseManagementDbContext db, CaseView view, CancellationToken cancellationToken)
    {
        var traces = view.KnowsComplainant ? ContactTrace.Of(view.Complaint.Complainant).Select(t => t.Value).ToList() : [];
        if (traces.Count == 0)
        {
            return [];
        }

        var id = view.Complaint.Id.Value;
        var traced = await db.CaseTraces.AsNoTracking().Where(t => traces.Contains(t.Trace) && t.ComplaintId != id)
            .OrderByDescending(t => t.ComplaintId).Take(MostTraced).ToListAsync(cancellationToken);
        var ids = traced.Select(t => t.ComplaintId).Distinct().ToList();
        var rows = await view.Scope.Workable(db).Where(c => ids.Contains(c.Id)).OrderByDescending(c => c.ReceivedAt).Take(MostKnown).ToListAsync(cancellationToken);
        var masks = await masked.OfAsync(rows, rows.Select(r => r.Id).ToHashSet(), view.Scope, db, cancellationToken);
        var kinds = traced.ToLookup(t => t.ComplaintId, t => t.Kind);
        return
        [
            .. rows.Where(r => masks.GetValueOrDefault(r.Id)?.Sight.Of(DataClass.Name) is null or Shown.Full)
                .Select(r => (r, kinds[r.Id].Contains(ContactTrace.Phone) ? ContactTrace.Phone : kinds[r.Id].Contains(ContactTrace.Email) ? ContactTrace.Email : ContactTrace.Name)),
        ];
    }

    /// <summary>
    /// Cases that a counter of the process counts together with this one, newest first. Those of one complainant are told by <see cref="SamePersonAsync"/> alone, which
    /// asks whether both may be known.
    /// </summary>
    private static async Task<List<(CaseRow Case, string Counter)>> CountedAsync(CaseManagementDbContext db, CaseView view, CancellationToken cancellationToken)
    {
        var counters = view.Rules.Pack.Counters.Values.Where(c => !c.Same.Contains("complainant")).Select(c => c.Key).ToList();
        if (counters.Count == 0)
        {
            return [];
        }

        var id = view.Complaint.Id.Value;
        var groups = await db.CaseCounts.AsNoTracking().Where(c => c.ComplaintId == id && c.Group != null && counters.Contains(c.Counter)).Select(c => c.Group).ToListAsync(cancellationToken);
        var others = await db.CaseCounts.AsNoTracking().Where(c => groups.Contains(c.Group) && c.ComplaintId != id).OrderByDescending(c => c.At).Take(MostTraced).ToListAsync(cancellationToken);
        var ids = others.Select(c => c.ComplaintId).Distinct().ToList();
        var seen = await view.Scope.Visible(db).Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        return [.. others.Where(c => seen.ContainsKey(c.ComplaintId)).DistinctBy(c => c.ComplaintId)
            .Select(c => (seen[c.ComplaintId], view.Rules.Pack.Counters.GetValueOrDefault(c.Counter)?.Name.In(PackWords.Language) ?? c.Counter))];
    }

    private static async Task<List<(CaseRow Case, int Likeness, IReadOnlyList<string> Shared)>> AlikeAsync(CaseManagementDbContext db, CaseView view, CancellationToken cancellationToken)
    {
        var (id, process, at) = (view.Complaint.Id.Value, view.Complaint.Process, view.Complaint.ReceivedAt);
        if (view.Complaint.Subject.Length < 4)
        {
            return [];
        }

        // cut off before asking what may be seen: hidden cases must not make the search long
        var ids = db.Cases.Where(c => c.Process == process && c.ReceivedAt > at - Around && c.ReceivedAt < at + Around)
            .OrderByDescending(c => c.ReceivedAt).Take(MostCompared).Select(c => c.Id);
        var bySubject = Likeness.To(view.Complaint.Subject);
        var among = (await view.Scope.Visible(db).Where(c => c.Id != id && ids.Contains(c.Id)).Select(c => new { c.Id, c.Subject, c.ReceivedAt }).ToListAsync(cancellationToken))
            .Select(c => (c.Id, c.Subject, c.ReceivedAt, Likeness: bySubject(c.Subject)))
            .OrderByDescending(c => c.Likeness).ThenByDescending(c => c.ReceivedAt).Take(MostRead).ToList();

        // the subject says what it is about; a description can show the same where two people call it differently
        var read = among.Select(c => c.Id).ToList();
        var said = (await db.CaseDocuments.AsNoTracking().Where(d => read.Contains(d.Id)).ToListAsync(cancellationToken)).ToDictionary(d => d.Id, d => CaseDocument.DescriptionIn(d.Document) ?? "");
        var words = among.ToDictionary(c => c.Id, c => WordsOf(c.Subject, said.GetValueOrDefault(c.Id)));
        var own = WordsOf(view.Complaint.Subject, view.Complaint.Facts.Text("description"));
        var byWords = Likeness.To(own);
        var found = among.Select(c => (c.Id, c.ReceivedAt, Likeness: Math.Max(c.Likeness, byWords(words[c.Id]))))
            .Where(c => c.Likeness >= Likeness.Least).OrderByDescending(c => c.Likeness).ThenByDescending(c => c.ReceivedAt).Take(2 * MostShown).ToList();
        var shown = found.Select(c => c.Id).ToList();
        var rows = shown.Count == 0 ? [] : await db.Cases.AsNoTracking().Where(c => shown.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        return [.. found.Select(c => (rows[c.Id], c.Likeness, Likeness.Shared(own, words[c.Id])))];
    }

    private static string WordsOf(string subject, string? description)
    {
        var words = CaseTexts.Plain($"{subject} {description}");
        return words.Length > LongestRead ? words[..LongestRead] : words;
    }

    private string? HistoryOf(CaseView view, IReadOnlyList<CaseRow> others)
    {
        var lately = others.Where(c => c.ReceivedAt > view.Now - Year).ToList();
        return lately.Count == 0 ? null : words["HistoryYear", lately.Count, lately.Count(c => c.Status != CaseStatus.Open)].Value;
    }

    private KinCase KinOf(CaseView view, CaseRow row, string subject, string why) => new(
        row.Id, row.Number, subject,
        row.Status == CaseStatus.Open ? new StateMark(StateShape.Waiting, words["StateOpen"]) : new StateMark(StateShape.Done, view.Words.Option("status", row.Status)),
        row.ReceivedAt, why, view.Complaint.Links.Contains(row.Number));
}

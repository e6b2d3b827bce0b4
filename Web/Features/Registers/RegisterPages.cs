using System.Security.Claims;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Masking;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Registers;

/// <summary>
/// What was filled in on a form, case by case: measures with owner and date, training, reviews, notices. A register holds the steps done on one form of a process, of the
/// cases its reader sees, as that reader is shown them.
/// </summary>
public sealed class RegisterPages(
    IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations, CaseReader reader, ReadLog reads, People people, CaseAccess access,
    TimeProvider clock, IStringLocalizer<RegistersText> text)
{
    private const int CasesOnPage = 25;
    private const int MostColumns = 8;
    private const int MostRowsOfTable = 5;
    private const int LongestValue = 160;

    /// <summary>The registers; null for nobody who works here.</summary>
    public async Task<IReadOnlyList<RegisterGroup>?> ListAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is null)
        {
            return null;
        }

        return [.. (await configurations.CurrentAsync(cancellationToken)).Published.Values.OrderBy(p => p.Pack.Identity.Id, StringComparer.Ordinal).Select(p => new RegisterGroup(
            p.Pack.Identity.Id, p.Pack.Identity.Name.In(PackWords.Language),
            [.. FormUse.Of(p.Pack).Select(use => new RegisterLine(p.Pack.Identity.Id, use.Form, p.Pack.Forms[use.Form].Name.In(PackWords.Language), p.Pack.Forms[use.Form].Number))]))
            .Where(group => group.Lines.Count > 0)];
    }

    /// <summary>One register; null where there is none for this reader.</summary>
    public async Task<RegisterView?> GetAsync(string process, string form, RegisterQuery query, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        if (await people.OfAsync(user, cancellationToken) is not { } person || !configuration.Published.TryGetValue(process, out var published)
            || FormUse.Of(published.Pack).FirstOrDefault(use => use.Form == form) is not { } use)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var (keys, now) = (use.Tasks.ToList(), clock.GetUtcNow());
        var cases = scope.Visible(db).Where(c => c.Process == process);
        if (query.Before is { } before)
        {
            cases = cases.Where(c => c.Id < before);
        }

        var tasks = Of(db.Tasks.AsNoTracking().Where(t => keys.Contains(t.Key) && t.State != nameof(TaskState.Cancelled)), query.State, now);
        cases = query.State is RegisterQuery.Open or RegisterQuery.Late ? cases.Where(c => c.Status == CaseStatus.Open) : cases;
        var found = await cases.Where(c => tasks.Any(t => t.ComplaintId == c.Id)).OrderByDescending(c => c.Id).Take(CasesOnPage + 1).ToListAsync(cancellationToken);
        var shown = found.Take(CasesOnPage).ToList();
        var ids = shown.ConvertAll(c => c.Id);
        var steps = (await tasks.Where(t => ids.Contains(t.ComplaintId)).ToListAsync(cancellationToken)).ToLookup(t => t.ComplaintId);
        var documents = (await db.CaseDocuments.AsNoTracking().Where(d => ids.Contains(d.Id)).ToListAsync(cancellationToken)).ToDictionary(d => d.Id, d => CaseDocument.Read(d.Document));

        // a register names no complainant; what a closely kept case says is recorded before it is shown
        await reads.ListAsync(documents.Values.Select(c => (c, false)), person.AsPerformer().Actor, "register", cancellationToken);
        var workable = (await scope.Workable(db).Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken)).ToHashSet();
        var rules = configuration.RulesFor(published, configuration.LimitsVersion(process));
        var words = await reader.WordsAsync(rules, cancellationToken);
        List<string> columns = [.. use.Row.Concat(published.Pack.Forms[form].Fields.Select(f => f.Fact)).Distinct(StringComparer.Ordinal)
            .Where(fact => published.Pack.Facts.Find(fact) is { Sensitive: false } && fact is not ("subject" or "description")).Take(MostColumns)];
        var rows = new List<RegisterRow>();
        foreach (var one in shown)
        {
            var complaint = documents[one.Id];
            var own = configuration.RulesFor(await configurations.ProcessAsync(complaint.Process, complaint.ProcessVersion, cancellationToken), complaint.LimitsVersion);
            var mask = new CaseMask(complaint, own, person.AsPerformer(), Sight.Of(complaint, own, person.AsPerformer(), workable.Contains(one.Id), person.ReadsAs, now));
            foreach (var step in steps[one.Id].OrderByDescending(t => t.CreatedAt).ThenBy(t => t.TitleZh, StringComparer.Ordinal))
            {
                var facts = new CaseFacts(complaint, own).For(complaint.Tasks.All.FirstOrDefault(t => t.Id == step.Id)?.Element);
                rows.Add(new RegisterRow
                {
                    CaseId = one.Id,
                    Number = one.Number,
                    Title = mask.Say(PackWords.Language.StartsWith("en", StringComparison.Ordinal) ? step.TitleEn : step.TitleZh),
                    Who = step.AssigneeName ?? words.CandidatesOf(step.Candidates),
                    State = StateOf(step, now),
                    DueAt = step.DoneAt is null ? step.DueAt : null,
                    DoneAt = step.DoneAt,
                    Values = [.. columns.Select(fact => Said(words, published.Pack.Facts.Find(fact)!, mask.Fact(fact, facts.Read(fact))))],
                });
            }
        }

        return new RegisterView
        {
            Process = process,
            ProcessName = words.Process,
            Form = form,
            Name = published.Pack.Forms[form].Name.In(PackWords.Language),
            Query = query,
            Columns = columns.ConvertAll(words.Fact),
            Rows = rows,
            Zone = rules.Zone,
            Next = found.Count > CasesOnPage ? shown[^1].Id : null,
        };
    }

    private static IQueryable<TaskRow> Of(IQueryable<TaskRow> tasks, string? state, DateTimeOffset now) => state switch
    {
        RegisterQuery.Open => tasks.Where(t => t.DoneAt == null),
        RegisterQuery.Late => tasks.Where(t => t.DoneAt == null && t.DueAt < now),
        RegisterQuery.Done => tasks.Where(t => t.DoneAt != null),
        _ => tasks,
    };

    private static RegisterState StateOf(TaskRow step, DateTimeOffset now) =>
        step.DoneAt is not null ? RegisterState.Done : step.DueAt < now ? RegisterState.Late : RegisterState.Open;

    private string Said(PackWords words, FactDefinition fact, FactValue? value)
    {
        var said = value is null ? ""
            : value.Rows is { } rows
                ? string.Join(text["RowSeparator"], rows.Take(MostRowsOfTable).Select(row => string.Join(" · ", fact.Columns.Where(c => !c.Sensitive && row.GetValueOrDefault(c.Key) is { IsBlank: false })
                    .Select(c => words.Value(FactNames.EachColumn + c.Key, row[c.Key])))))
                : words.Value(fact.Key, value);
        return said.Length > LongestValue ? said[..LongestValue] + "…" : said;
    }
}

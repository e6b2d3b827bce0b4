using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Masking;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Inbox;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NodaTime;

namespace CaseManagement.Web.Features.Registers;

/// <summary>
/// What was filled in on a form, case by case: measures with owner and date, training, reviews, notices. A register holds the steps done on one form of a process, of the
/// cases its reader sees, as that reader is shown them.
/// </summary>
public sealed class RegisterPages(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, ConfigurationAudit audit, StoredConfigurations configurations, CaseReader reader, ReadLog reads,
    People people, CaseAccess access, TimeProvider clock, IStringLocalizer<RegistersText> text)
{
    private const int CasesOnPage = 25;
    private const int MostCases = 2_000;
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
    public Task<RegisterView?> GetAsync(string process, string form, RegisterQuery query, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        GetAsync(process, form, query, CasesOnPage, user, cancellationToken);

    /// <summary>The register as CSV, for those who take lists out; recorded before it is given out. Null where there is none, or the reader may not.</summary>
    public async Task<string?> FileAsync(string process, string form, RegisterQuery query, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await GetAsync(process, form, query, MostCases, user, cancellationToken) is not { MayTakeOut: true } register || await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        await writer.RunWithContextAsync(
            async (db, _) => await audit.RecordAsync(
                db, InboxExport.Stream, "exported", person.AsPerformer().Actor,
                new JsonObject { ["view"] = $"register {form}", ["process"] = process, ["status"] = query.State, ["rows"] = register.Rows.Count, ["complete"] = register.Next is null }, cancellationToken),
            cancellationToken);
        var file = new StringBuilder(CsvText.Line([text["Case"], text["Step"], text["Who"], text["States"], text["File_due"], text["File_done"], .. register.Columns]));
        foreach (var row in register.Rows)
        {
            file.Append(CsvText.Line([row.Number, row.Title, row.Who, text[$"State_{row.State}"], At(row.DueAt, register.Zone), At(row.DoneAt, register.Zone), .. row.Values]));
        }

        if (register.Next is not null)
        {
            file.Append(CsvText.Line([text["File_more", MostCases]]));
        }

        return file.ToString();
    }

    private async Task<RegisterView?> GetAsync(string process, string form, RegisterQuery query, int take, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        if (await people.OfAsync(user, cancellationToken) is not { } person || !configuration.Published.TryGetValue(process, out var published)
            || FormUse.Of(published.Pack).FirstOrDefault(use => use.Form == form) is not { } use)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var now = clock.GetUtcNow();
        var cases = scope.Visible(db).Where(c => c.Process == process);
        if (query.Before is { } before)
        {
            cases = cases.Where(c => c.Id < before);
        }

        var tasks = RegisterSteps.Of(db, use, query.State, now);
        cases = RegisterSteps.AreOpen(query.State) ? cases.Where(c => c.Status == CaseStatus.Open) : cases;
        var found = await cases.Where(c => tasks.Any(t => t.ComplaintId == c.Id)).OrderByDescending(c => c.Id).Take(take + 1).ToListAsync(cancellationToken);
        var shown = found.Take(take).ToList();
        var ids = shown.ConvertAll(c => c.Id);
        var steps = (await tasks.Where(t => ids.Contains(t.ComplaintId)).ToListAsync(cancellationToken)).ToLookup(t => t.ComplaintId);
        var documents = (await db.CaseDocuments.AsNoTracking().Where(d => ids.Contains(d.Id)).ToListAsync(cancellationToken)).ToDictionary(d => d.Id, d => CaseDocument.Read(d.Document));

        // a register names no complainant; what a closely kept case says is recorded before it is shown
        await reads.ListAsync(documents.Values.Select(c => (c, false)), person.AsPerformer().Actor, "register", cancellationToken);
        var workable = (await scope.Workable(db).Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken)).ToHashSet();
        var rules = configuration.RulesFor(published, configuration.LimitsVersion(process));
        var words = await reader.WordsAsync(rules, cancellationToken);
        List<string> columns = [.. use.Columns(published.Pack).Take(MostColumns)];
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
                    State = RegisterSteps.StateOf(step, now),
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
            Next = found.Count > take ? shown[^1].Id : null,
            MayTakeOut = scope is { IsSupervisor: true, HasCases: true },
        };
    }

    private static string At(DateTimeOffset? at, string zone) => at is { } moment
        ? Instant.FromDateTimeOffset(moment).InZone(DateTimeZoneProviders.Tzdb[zone]).ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture) : "";

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

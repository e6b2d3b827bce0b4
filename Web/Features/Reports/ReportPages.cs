using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Figures;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Reporting;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Inbox;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Reporting;
using CaseManagement.Web.Reporting;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Reports;

/// <summary>Puts reports into words for their pages and files.</summary>
public sealed class ReportPages(
    IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations, ReportReader reader, ReportIssues issues, DutyPages duties, People people, CaseAccess access,
    IConfigurationWriter writer, ConfigurationAudit audit, TimeProvider clock, IStringLocalizer<ReportsText> text, IStringLocalizer<PageWords> words)
{
    private const int Shown = 500;
    private const int LastIssues = 12;

    /// <summary>The list; null for nobody.</summary>
    public async Task<ReportList?> ListAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        var configuration = await configurations.CurrentAsync(cancellationToken);
        var rows = configuration.Published.Values.OrderBy(p => p.Pack.Identity.Id, StringComparer.Ordinal).SelectMany(p => p.Pack.Reports.Values.Select(r => r.In(p.Pack, configuration.SettingsOf(p.Pack))).Select(report => new ReportEntryRow(
            p.Pack.Identity.Id, p.Pack.Identity.Name.In(PackWords.Language), report.Key, report.Name.In(PackWords.Language), PeriodName(report.Period),
            string.Join(text["Separator"], report.To.Select(role => p.Pack.Organisation.Roles.FirstOrDefault(r => r.Key == role)?.Name.In(PackWords.Language) ?? role)))));
        return new ReportList([.. rows], await duties.DutiesAsync(person, cancellationToken), await duties.AwardsAsync(person, cancellationToken));
    }

    /// <summary>A report; null where there is none. What was asked wrongly is said on the page.</summary>
    public async Task<ReportView?> GetAsync(string process, string name, ReportQuery query, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await FindAsync(process, name, user, cancellationToken) is not { } found)
        {
            return null;
        }

        var (version, report, person) = found;
        var pack = await WordsAsync(version, cancellationToken);
        var view = new ReportView
        {
            Process = process,
            ProcessName = pack.Process,
            Key = name,
            Name = report.Name.In(PackWords.Language),
            Query = query,
            Facts = [.. report.By.Select(fact => new Choice(fact, pack.Fact(fact)))],
            Issues = KnowsIssues(person, report) ? await IssuesAsync(version, name, pack, cancellationToken) : [],
            Zone = version.Pack.Identity.Zone,
        };
        var (read, error) = await ReadAsync(version, report, query, person, cancellationToken);
        if (read is null)
        {
            return view with { Error = error };
        }

        var table = read.Table;
        Dictionary<string, decimal> none = [];

        // a single row is its own largest: a bar would say nothing
        var largest = table.Rows.Count < 2 ? none : report.Measures.Where(m => m.BaseName is null)
            .ToDictionary(m => m.Key, m => table.Rows.Max(row => row.Cells[m.Key] is { IsSuppressed: false, Value: { } value } ? value : 0), StringComparer.Ordinal);
        var self = $"/reports/{Uri.EscapeDataString(process)}/{Uri.EscapeDataString(name)}";
        return view with
        {
            Query = query with { From = Day(table.Period.From), To = Day(table.Period.Through) },
            Days = table.Period.ToString(),
            Groups = [.. table.By.Select(pack.Fact)],
            Measures = [.. report.Measures.Select(measure => new MeasureHead(measure.Name.In(PackWords.Language), measure.BaseName?.In(PackWords.Language)))],
            Lines = [.. table.Rows.Take(Shown).Select(row => LineOf(report, table, row, pack, largest))],
            Total = LineOf(report, table, table.Total, pack, none),
            HasMore = table.Rows.Count > Shown,
            IsComplete = read.IsComplete,
            PreviousHref = self + QueryOf(ReportPeriods.Before(report.Period, table.Period), query.By),
            NextHref = self + QueryOf(ReportPeriods.Of(report.Period, table.Period.Through.AddDays(1)), query.By),
            FileHref = self + "/csv" + QueryOf(table.Period, query.By),
        };
    }

    /// <summary>The report as CSV, recorded before it is given out; null where there is none, empty when it was asked wrongly.</summary>
    public async Task<string?> FileAsync(string process, string name, ReportQuery query, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await FindAsync(process, name, user, cancellationToken) is not { } found)
        {
            return null;
        }

        var (version, report, person) = found;
        if (await ReadAsync(version, report, query, person, cancellationToken) is not { Read: { } read })
        {
            return "";
        }

        var (table, pack) = (read.Table, await WordsAsync(version, cancellationToken));
        await writer.RunWithContextAsync(
            async (db, _) => await audit.RecordAsync(
                db, InboxExport.Stream, "exported", person.AsPerformer().Actor,
                new JsonObject { ["view"] = $"report {name}", ["process"] = process, ["from"] = Day(table.Period.From), ["to"] = Day(table.Period.Through), ["rows"] = table.Rows.Count }, cancellationToken),
            cancellationToken);
        var file = new StringBuilder(CsvText.Line(table.By.Select(pack.Fact).Concat(report.Measures.SelectMany(HeadsOf))));
        foreach (var row in table.Rows.Append(table.Total))
        {
            var isTotal = ReferenceEquals(row, table.Total);
            file.Append(CsvText.Line((isTotal ? table.By.Select((_, at) => at == 0 ? text["Total"].Value : "") : Groups(table, row, pack)).Concat(report.Measures.SelectMany(measure => CellsOf(measure, row.Cells[measure.Key])))));
        }

        return file.ToString();
    }

    private async Task<(ProcessVersionInUse Version, Report Report, Person Person)?> FindAsync(string process, string name, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        try
        {
            var (version, report) = await reader.FindAsync(process, name, cancellationToken);
            return (version, report, person);
        }
        catch (RuleViolationException none) when (none.Rule == ReportReader.Unknown)
        {
            return null;
        }
    }

    /// <summary>Those who know what became of a report: those it is for, those who do it, and those who look after processes.</summary>
    internal static bool KnowsIssues(Person person, Report report) => report.To.Concat(report.Task?.Who ?? []).Any(who => ReportPeople.Holds(person, who))
        || person.Is(SystemRoles.Administrator) || person.Is(SystemRoles.ProcessOwner) || person.Is(SystemRoles.Auditor);

    // what was filled in says what reports say: numbers and advice, of no one case
    private async Task<IReadOnlyList<IssueRow>> IssuesAsync(ProcessVersionInUse version, string name, PackWords pack, CancellationToken cancellationToken)
    {
        var process = version.Pack.Identity.Id;
        var now = clock.GetUtcNow();
        return
        [
            .. (await issues.LastAsync(process, name, LastIssues, cancellationToken)).Select(issue => new IssueRow(
                issue.Period.ToString(), ReportIssues.HrefOf(process, name, issue.Period),
                issue.DoneAt is not null ? text["IssueDone", pack.Person(issue.DoneBy ?? "")] : issue.SentAt is not null ? text["IssueSent"] : issue.Who.Length > 0 ? text["IssueOpen"] : text["IssueMade"],
                issue.DoneAt ?? issue.SentAt ?? issue.DueAt, issue.Who.Length > 0 && (issue.DoneAt ?? now) > issue.DueAt, issue.Remark, [.. AnswersOf(issue, pack)])),
        ];
    }

    private static IEnumerable<(string Fact, string Value)> AnswersOf(ReportIssue issue, PackWords pack) =>
        (issue.Answers is null ? [] : JsonSerializer.Deserialize<Dictionary<string, FactValue>>(issue.Answers) ?? []).Where(one => !one.Value.IsBlank)
            .Select(one => (pack.Fact(one.Key), pack.Value(one.Key, one.Value)));

    private async Task<(WorkedOutReport? Read, string? Error)> ReadAsync(ProcessVersionInUse version, Report report, ReportQuery query, Person person, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var audience = await ReportAudience.OfAsync(db, access, person, cancellationToken);
            var period = ReportReader.PeriodOf(version, report, query.From, query.To, clock.GetUtcNow());
            return (await reader.ReadAsync(version, report, period, query.By.Count == 0 ? null : [.. query.By], audience, cancellationToken), null);
        }
        catch (InvalidInputException wrong)
        {
            return (null, wrong.Problems[0].Code switch
            {
                "grouping-unknown" => text["WrongGrouping"],
                ReportReader.TooLong => text["TooLong", ReportPeriods.Longest],
                _ => text["WrongPeriod"],
            });
        }
        catch (RuleViolationException refused) when (refused.Rule == ReportReader.TooWide)
        {
            return (null, text["TooWide"]);
        }
    }

    private async Task<PackWords> WordsAsync(ProcessVersionInUse version, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var names = (await people.AllAsync(cancellationToken)).ToDictionary(p => p.Id, p => p.Name, StringComparer.Ordinal);
        return new PackWords(configuration.RulesFor(version, configuration.LimitsVersion(version.Pack.Identity.Id)), words, names);
    }

    private ReportLine LineOf(Report report, ReportTable table, ReportRow row, PackWords pack, Dictionary<string, decimal> largest) => new(
        [.. Groups(table, row, pack)],
        [.. report.Measures.Select(measure => FigureOf(row.Cells[measure.Key]) with { Part = PartOf(row.Cells[measure.Key], largest.GetValueOrDefault(measure.Key)) })]);

    private static int? PartOf(ReportCell cell, decimal largest) => cell switch
    {
        { IsSuppressed: true } => null,
        { Base: not null } => cell.Share is { } share ? (int)Math.Round(Math.Clamp(share, 0, 1) * 100) : null,
        _ => largest > 0 ? (int)Math.Round(Math.Clamp(cell.Value!.Value / largest, 0, 1) * 100) : null,
    };

    private IEnumerable<string> Groups(ReportTable table, ReportRow row, PackWords pack) => row.Groups.Zip(
        table.By, (value, fact) => value is null ? text["NotKnown"].Value : value.Length == 0 ? text["All"].Value : pack.Level(fact == "level" ? value : null)?.Name ?? ValueOf(pack, fact, value));

    private static string ValueOf(PackWords pack, string fact, string value) =>
        pack.Pack.Facts.Find(fact)?.Type == FactType.Boolean ? pack.Value(fact, FactValue.Of(value == "true")) : pack.Value(fact, FactValue.Of(value));

    private ReportFigure FigureOf(ReportCell cell) => cell.IsSuppressed
        ? new ReportFigure(text["FewerThan", ReportTable.Few], null, null)
        : new ReportFigure(Number(cell.Value!.Value), cell.Base is null ? null : cell.Share is { } share ? Percent(share) : "—", cell.Base is { } all ? Number(all) : null);

    private IEnumerable<string?> HeadsOf(ReportMeasure measure)
    {
        var name = measure.Name.In(PackWords.Language);
        return measure.BaseName is { } of ? [name + " " + text["CountHead"], text["BaseHead", of.In(PackWords.Language)], name + " %"] : [name];
    }

    private IEnumerable<string?> CellsOf(ReportMeasure measure, ReportCell cell)
    {
        var told = FigureOf(cell);
        return measure.BaseName is null ? [told.Value] : [told.Value, told.Base, cell.Share is { } share ? (share * 100).ToString("0.0", CultureInfo.InvariantCulture) : ""];
    }

    private string PeriodName(ReportPeriod period) => period switch
    {
        ReportPeriod.Day => text["Daily"],
        ReportPeriod.Week => text["Weekly"],
        ReportPeriod.Month => text["Monthly"],
        ReportPeriod.Quarter => text["Quarterly"],
        _ => text["Yearly"],
    };

    private static string QueryOf(CalendarPeriod period, IEnumerable<string> by) => QueryString.Create(
        new[] { KeyValuePair.Create("from", (string?)Day(period.From)), KeyValuePair.Create("to", (string?)Day(period.Through)) }.Concat(by.Select(fact => KeyValuePair.Create("by", (string?)fact)))).Value!;

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static string Number(decimal number) => number.ToString("#,0.##", CultureInfo.CurrentCulture);

    private static string Percent(decimal share) => (share * 100).ToString("0.0", CultureInfo.CurrentCulture) + " %";
}

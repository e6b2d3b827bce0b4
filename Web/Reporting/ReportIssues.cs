using System.Text.Json.Nodes;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Reporting;
using CaseManagement.Web.Api.Words;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Reporting;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CaseManagement.Web.Reporting;

/// <summary>
/// Makes each report of each period once: as a duty of those who are to do it, escalated where it is not done in time, sent to those it is for. What was missed while nothing
/// ran is made up for. Nodes take turns by the lock of a sequence's row, and what happens is one commit with what is told of it.
/// </summary>
public sealed class ReportIssues(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, StoredConfigurations configurations, ConfigurationAudit audit, ReportPeople people, TimeProvider clock)
{
    /// <summary>The audit stream of reports.</summary>
    public const string Stream = "reports";

    /// <summary>A duty began.</summary>
    public const string Opened = "report.due";

    /// <summary>A duty was done.</summary>
    public const string Done = "report.done";

    /// <summary>A duty was not done in time.</summary>
    public const string Overdue = "report.overdue";

    /// <summary>Those it is for were told that it is there.</summary>
    public const string Sent = "report.sent";

    /// <summary>Longest remark.</summary>
    public const int LongestRemark = 1_000;

    // the row of this sequence is locked until the commit
    internal const string Turn = "reports";

    // of periods that went by while nothing ran, for each report
    private const int MostMissed = 40;

    private static readonly Actor System = new(ActorKind.System);

    /// <summary>Does what is due. However often and by however many nodes, each thing happens once.</summary>
    /// <returns>How many things happened.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken) =>
        await OpenAsync(cancellationToken) + await OverdueAsync(cancellationToken) + await SendAsync(cancellationToken);

    /// <summary>The duties of somebody that are not done, soonest first.</summary>
    public async Task<IReadOnlyList<ReportIssue>> OfAsync(Person person, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await db.ReportIssues.AsNoTracking().Where(i => i.Who != "" && i.DoneAt == null).ToListAsync(cancellationToken);
        return [.. open.Where(i => IsDutyOf(i, person)).OrderBy(i => i.DueAt)];
    }

    /// <summary>What became of the last periods of a report, newest first.</summary>
    public async Task<IReadOnlyList<ReportIssue>> LastAsync(string process, string report, int count, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ReportIssues.AsNoTracking().Where(i => i.Process == process && i.Report == report).OrderByDescending(i => i.From).Take(count).ToListAsync(cancellationToken);
    }

    /// <summary>An open duty of somebody, by the first day it is about; null where they have no such.</summary>
    public async Task<ReportIssue?> FindAsync(string process, string report, DateOnly from, Person person, CancellationToken cancellationToken) =>
        (await OfAsync(person, cancellationToken)).FirstOrDefault(i => i.Process == process && i.Report == report && i.From == from);

    /// <summary>Notes that a duty was done, and tells those the report is for.</summary>
    /// <param name="duty">Which.</param>
    /// <param name="remark">What they say about it.</param>
    /// <param name="answers">What they filled in, checked.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when there is no such open duty of theirs.</returns>
    public async Task<bool> DoneAsync(ReportIssue duty, string? remark, JsonObject? answers, Person by, CancellationToken cancellationToken)
    {
        if (!IsDutyOf(duty, by) || await FindAsync(duty, cancellationToken) is not { } found)
        {
            return false;
        }

        var told = await people.OfAsync(found.Report.To, cancellationToken);
        return await writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                await transaction.NextAsync(Turn, cancellationToken);
                if (await SameAsync(db, duty, cancellationToken) is not { DoneAt: null } issue)
                {
                    return false;
                }

                var said = string.IsNullOrWhiteSpace(remark) ? null : remark.Trim();
                (issue.DoneAt, issue.DoneBy, issue.Remark, issue.Answers, issue.SentAt) = (clock.GetUtcNow(), by.Id, said, answers?.ToJsonString(), clock.GetUtcNow());
                await RecordAsync(db, Done, issue, by.AsPerformer().Actor, json => (json["remark"], json["answers"]) = (said, answers?.DeepClone()), cancellationToken);
                await TellAsync(db, issue, found.Report, told, said, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Where a report of a period is read.</summary>
    public static string HrefOf(string process, string report, Domain.Figures.CalendarPeriod about) => $"/reports/{Uri.EscapeDataString(process)}/{Uri.EscapeDataString(report)}?from={Uri.EscapeDataString(about.From.ToString("O", null))}&to={Uri.EscapeDataString(about.Through.ToString("O", null))}";

    /// <summary>Records what happened to a report of a period, in the commit it happens in.</summary>
    internal async Task RecordAsync(CaseManagementDbContext db, string type, ReportIssue issue, Actor by, Action<JsonObject>? more, CancellationToken cancellationToken)
    {
        var data = new JsonObject { ["process"] = issue.Process, ["report"] = issue.Report, ["from"] = issue.From.ToString("O", null), ["through"] = issue.Through.ToString("O", null) };
        more?.Invoke(data);
        await audit.RecordAsync(db, Stream, type, by, data, cancellationToken);
    }

    /// <summary>The issue as it is now, to be changed.</summary>
    internal static Task<ReportIssue?> SameAsync(CaseManagementDbContext db, ReportIssue issue, CancellationToken cancellationToken) => db.ReportIssues.SingleOrDefaultAsync(
        i => i.Process == issue.Process && i.Report == issue.Report && i.From == issue.From && i.Through == issue.Through, cancellationToken);

    /// <summary>The published process and report an issue is of; null where they are no longer.</summary>
    internal async ValueTask<(ProcessVersionInUse Process, Report Report)?> FindAsync(ReportIssue issue, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        return configuration.Published.GetValueOrDefault(issue.Process) is { } process && process.Pack.Reports.GetValueOrDefault(issue.Report) is { } report
            ? (process, report.In(process.Pack, configuration.SettingsOf(process.Pack)))
            : null;
    }

    private async Task<int> OpenAsync(CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        await using var look = await contexts.CreateDbContextAsync(cancellationToken);
        var published = await look.ProcessVersions.AsNoTracking().Where(v => v.State == ProcessVersionState.Published && v.PublishedAt != null)
            .ToDictionaryAsync(v => v.ProcessKey, v => v.PublishedAt!.Value, StringComparer.Ordinal, cancellationToken);
        if ((await WantedAsync(look)).Count == 0)
        {
            return 0;
        }

        return await writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                await transaction.NextAsync(Turn, cancellationToken);
                var wanted = await WantedAsync(db);
                foreach (var (issue, report, made) in wanted)
                {
                    db.ReportIssues.Add(issue);
                    if (issue.Who.Length > 0)
                    {
                        await RecordAsync(db, Opened, issue, System, json => (json["dueAt"], json["who"]) = (issue.DueAt.ToString("O", null), issue.Who), cancellationToken);
                        var told = await people.OfAsync(issue.Who.Split(' '), cancellationToken);
                        db.Messages.AddRange(people.Notices(told, ReportNotice.Due(report.Name, issue.Period, made.MadeOn, made.MadeAt), "/reports"));
                    }
                }

                return wanted.Count;
            },
            cancellationToken);

        async Task<List<(ReportIssue Issue, Report Report, ReportOccurrence Made)>> WantedAsync(CaseManagementDbContext db)
        {
            var last = await db.ReportIssues.AsNoTracking().GroupBy(i => new { i.Process, i.Report }).Select(g => new { g.Key.Process, g.Key.Report, From = g.Max(i => i.From), Through = g.Max(i => i.Through) })
                .ToDictionaryAsync(g => (g.Process, g.Report), cancellationToken);
            var wanted = new List<(ReportIssue, Report, ReportOccurrence)>();
            foreach (var process in configuration.Published.Values.Where(p => published.ContainsKey(p.Pack.Identity.Id)))
            {
                var (key, zone, settings) = (process.Pack.Identity.Id, DateTimeZoneProviders.Tzdb[process.Pack.Identity.Zone], configuration.SettingsOf(process.Pack));
                var today = DayOf(clock.GetUtcNow(), zone);
                foreach (var report in process.Pack.Reports.Values.Select(r => r.In(process.Pack, settings)))
                {
                    var known = last.GetValueOrDefault((key, report.Key));
                    wanted.AddRange(ReportPeriods.Between(report, known?.From ?? DayOf(published[key], zone), today, MostMissed)
                        .Select(made => (Issue: Make(key, report, made, zone), report, made))
                        .Where(one => known is null ? one.Issue.DueAt >= published[key] : one.Issue.Through > known.Through)
                        .Where(one => report.Task is not null || one.Issue.DueAt <= clock.GetUtcNow()));
                }
            }

            return wanted;
        }
    }

    private async Task<int> OverdueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await EachAsync(
            issues => issues.Where(i => i.Who != "" && i.DoneAt == null && i.EscalatedAt == null && i.DueAt < now),
            issue => issue is { DoneAt: null, EscalatedAt: null },
            async (db, issue, process, report) =>
            {
                issue.EscalatedAt = now;
                var who = issue.Who.Split(' ');
                var above = await people.AboveAsync(who, role => process.Pack.Organisation.Roles.FirstOrDefault(r => r.Key == role)?.Department, cancellationToken);
                var told = await people.OfAsync([.. report.To, .. above], cancellationToken);
                await RecordAsync(db, Overdue, issue, System, json => (json["who"], json["told"]) = (issue.Who, Names(told)), cancellationToken);
                var due = Instant.FromDateTimeOffset(issue.DueAt).InZone(DateTimeZoneProviders.Tzdb[process.Pack.Identity.Zone]).LocalDateTime;
                db.Messages.AddRange(people.Notices(
                    told, ReportNotice.Overdue(report.Name, issue.Period, due.Date.ToDateOnly(), due.TimeOfDay.ToTimeOnly()), HrefOf(issue.Process, issue.Report, issue.Period), isLate: true));
            },
            cancellationToken);
    }

    private async Task<int> SendAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await EachAsync(
            issues => issues.Where(i => i.Who == "" && i.SentAt == null && i.DueAt <= now),
            issue => issue.SentAt is null,
            async (db, issue, _, report) =>
            {
                issue.SentAt = now;
                await TellAsync(db, issue, report, await people.OfAsync(report.To, cancellationToken), null, cancellationToken);
            },
            cancellationToken);
    }

    // each in its own commit; it is looked at again in it, for another node may have been faster
    private async Task<int> EachAsync(
        Func<IQueryable<ReportIssue>, IQueryable<ReportIssue>> which, Func<ReportIssue, bool> isStill,
        Func<CaseManagementDbContext, ReportIssue, ProcessVersionInUse, Report, Task> act, CancellationToken cancellationToken)
    {
        await using var look = await contexts.CreateDbContextAsync(cancellationToken);
        var done = 0;
        foreach (var one in await which(look.ReportIssues.AsNoTracking()).OrderBy(i => i.DueAt).ToListAsync(cancellationToken))
        {
            if (await FindAsync(one, cancellationToken) is not { } found)
            {
                continue;
            }

            done += await writer.RunWithContextAsync(
                async (db, transaction) =>
                {
                    await transaction.NextAsync(Turn, cancellationToken);
                    if (await SameAsync(db, one, cancellationToken) is not { } issue || !isStill(issue))
                    {
                        return 0;
                    }

                    await act(db, issue, found.Process, found.Report);
                    return 1;
                },
                cancellationToken);
        }

        return done;
    }

    private async Task TellAsync(CaseManagementDbContext db, ReportIssue issue, Report report, IReadOnlyList<Person> told, string? remark, CancellationToken cancellationToken)
    {
        await RecordAsync(db, Sent, issue, System, json => (json["to"], json["told"]) = (string.Join(' ', report.To), Names(told)), cancellationToken);
        db.Messages.AddRange(people.Notices(told, ReportNotice.Ready(report.Name, issue.Period, remark), HrefOf(issue.Process, issue.Report, issue.Period)));
    }

    private static ReportIssue Make(string process, Report report, ReportOccurrence made, DateTimeZone zone) => new()
    {
        Process = process,
        Report = report.Key,
        From = made.About.From,
        Through = made.About.Through,
        DueAt = LocalDate.FromDateOnly(made.MadeOn).At(LocalTime.FromTimeOnly(made.MadeAt)).InZoneLeniently(zone).ToDateTimeOffset().ToUniversalTime(),
        Who = string.Join(' ', report.Task?.Who ?? []),
    };

    private static JsonArray Names(IEnumerable<Person> told) => new([.. told.Select(person => JsonValue.Create(person.Id))]);

    private static DateOnly DayOf(DateTimeOffset at, DateTimeZone zone) => Instant.FromDateTimeOffset(at).InZone(zone).Date.ToDateOnly();

    internal static bool IsDutyOf(ReportIssue duty, Person person) => duty.Who.Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(who => ReportPeople.Holds(person, who));
}

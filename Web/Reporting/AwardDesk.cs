using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Reporting;
using CaseManagement.Web.Api.Words;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Reporting;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CaseManagement.Web.Reporting;

/// <summary>An award as somebody sees it.</summary>
/// <param name="Award">The award.</param>
/// <param name="Process">The process.</param>
/// <param name="Report">The report that put it forward.</param>
/// <param name="Steps">The steps of its approval that the person answers now.</param>
public sealed record AwardInView(ReportAward Award, ProcessVersionInUse Process, Report Report, IReadOnlyList<ApprovalStep> Steps);

/// <summary>Awards by what reports come to: put forward once a period, approved by their chain.</summary>
public sealed class AwardDesk(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, StoredConfigurations configurations, ReportReader reader, ReportIssues issues, ReportPeople people, TimeProvider clock)
{
    public const string Proposed = "award.proposed";
    public const string Approved = "award.approved";
    public const string Refused = "award.refused";

    /// <summary>A refusal says why.</summary>
    public static readonly Rule ReasonNeeded = new("reason-required", "Say why.");

    /// <summary>Somebody was faster, or it is not theirs to decide.</summary>
    public static readonly Rule NotOpen = new("award-not-open", "The award does not wait for you.");

    /// <summary>Longest reason.</summary>
    public const int LongestReason = 1_000;

    private static readonly TimeSpan Shown = TimeSpan.FromDays(180);

    /// <summary>Puts forward whom the reports of periods that are over put forward, and have not yet.</summary>
    /// <returns>How many awards.</returns>
    public async Task<int> ProposeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var look = await contexts.CreateDbContextAsync(cancellationToken);
        var count = 0;
        foreach (var issue in await look.ReportIssues.AsNoTracking().Where(i => i.AwardedAt == null && i.DueAt <= now).OrderBy(i => i.From).ToListAsync(cancellationToken))
        {
            if (await issues.FindAsync(issue, cancellationToken) is not { Report.Awards: not null } found || !IsOver(issue, found.Process.Pack, now))
            {
                continue;
            }

            var read = await reader.ReadAsync(found.Process, found.Report, issue.Period, null, ReportAudience.Everything, cancellationToken);
            if (read.IsComplete)
            {
                count += await ProposeAsync(issue, found.Process.Pack, found.Report, read.Table, cancellationToken);
            }
        }

        return count;
    }

    /// <summary>The awards somebody decides now, and those of late that they decided on or the report is for; the ones to decide first, then newest.</summary>
    public async Task<IReadOnlyList<AwardInView>> OfAsync(Person person, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var since = clock.GetUtcNow() - Shown;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = new List<AwardInView>();
        foreach (var award in await db.ReportAwards.AsNoTracking().Where(a => a.State == ReportAwardState.Proposed || a.ProposedAt >= since).ToListAsync(cancellationToken))
        {
            if (configuration.Published.GetValueOrDefault(award.Process) is not { } process || process.Pack.Reports.GetValueOrDefault(award.Report) is not { } report)
            {
                continue;
            }

            var steps = ChainOf(process.Pack, award.Calculator)?.Steps ?? [];
            var mine = steps.Where(step => award.State == ReportAwardState.Proposed && award.Approval.Waiting.Contains(step.Key) && ReportPeople.Holds(person, step.Who)).ToList();
            if (mine.Count > 0 || steps.Any(step => ReportPeople.Holds(person, step.Who)) || report.To.Any(to => ReportPeople.Holds(person, to)))
            {
                found.Add(new AwardInView(award, process, report, mine));
            }
        }

        return [.. found.OrderBy(one => one.Steps.Count == 0).ThenByDescending(one => one.Award.ProposedAt).ThenBy(one => one.Award.Groups, StringComparer.Ordinal)];
    }

    /// <summary>Decides on an award for those steps of its approval that somebody answers.</summary>
    /// <exception cref="RuleViolationException"><see cref="NotOpen"/>, <see cref="ReasonNeeded"/>, <see cref="ReportAwarding.Enough"/></exception>
    public async Task DecideAsync(Guid id, bool approves, string? reason, Person by, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        RuleViolationException.ThrowUnless(approves || !string.IsNullOrWhiteSpace(reason), ReasonNeeded);
        await writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                await transaction.NextAsync(ReportIssues.Turn, cancellationToken);
                var award = await db.ReportAwards.SingleOrDefaultAsync(a => a.Id == id && a.State == ReportAwardState.Proposed, cancellationToken);
                var pack = award is null ? null : configuration.Published.GetValueOrDefault(award.Process)?.Pack;
                var (chain, report) = (pack is null ? null : ChainOf(pack, award!.Calculator), award is null ? null : pack?.Reports.GetValueOrDefault(award.Report));
                var mine = chain?.Steps.Where(step => award!.Approval.Waiting.Contains(step.Key) && ReportPeople.Holds(by, step.Who)).ToList() ?? [];
                RuleViolationException.ThrowUnless(mine.Count > 0 && report is not null, NotOpen);
                (award!.DecidedAt, award.DecidedBy) = (clock.GetUtcNow(), by.Id);
                if (!approves)
                {
                    (award.State, award.Waiting, award.Reason) = (ReportAwardState.Refused, "", reason!.Trim());
                }
                else
                {
                    var given = await db.ReportAwards.CountAsync(
                        a => a.Process == award.Process && a.Report == award.Report && a.From == award.From && a.Through == award.Through && a.State == ReportAwardState.Approved, cancellationToken);
                    RuleViolationException.ThrowUnless(report!.Awards?.Top is not { } top || given < top, ReportAwarding.Enough);
                    var facts = new AwardFacts(pack!, report, ReportEntries.ReadGroups(award.Groups), award.Amount, configuration.SettingsOf(pack!));
                    var before = award.Approval.Waiting;
                    award.Approval = mine.Aggregate(award.Approval, (approval, step) => approval.Agreed(step.Key, chain, facts));
                    award.State = award.Approval.IsApproved ? ReportAwardState.Approved : ReportAwardState.Proposed;
                    await AskAsync(db, award, chain, report, award.Approval.Waiting.Except(before), 1, cancellationToken);
                }

                var issue = await db.ReportIssues.AsNoTracking().SingleAsync(i => i.Process == award.Process && i.Report == award.Report && i.From == award.From && i.Through == award.Through, cancellationToken);
                await issues.RecordAsync(
                    db, approves ? Approved : Refused, issue, by.AsPerformer().Actor,
                    json =>
                    {
                        Tell(json, award);
                        (json["steps"], json["reason"]) = (string.Join(' ', mine.Select(step => step.Key)), award.Reason);
                    },
                    cancellationToken);
                return true;
            },
            cancellationToken);
    }

    private async Task<int> ProposeAsync(ReportIssue seen, ProcessPack pack, Report report, ReportTable table, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var settings = configuration.SettingsOf(pack);
        var (chain, now) = (ChainOf(pack, report.Awards!.Calculator), clock.GetUtcNow());
        var proposals = ReportAwarding.Of(pack, report, table, settings, ValueExpressions.Shared);
        return await writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                await transaction.NextAsync(ReportIssues.Turn, cancellationToken);
                if (await ReportIssues.SameAsync(db, seen, cancellationToken) is not { AwardedAt: null } issue)
                {
                    return 0;
                }

                issue.AwardedAt = now;
                var made = new List<ReportAward>();
                foreach (var one in proposals)
                {
                    var approval = AwardApproval.Begin(chain, new AwardFacts(pack, report, one.Groups, one.Amount, settings));
                    made.Add(new ReportAward
                    {
                        Id = Guid.CreateVersion7(now),
                        Process = issue.Process,
                        Report = issue.Report,
                        From = issue.From,
                        Through = issue.Through,
                        Groups = ReportEntries.WriteGroups(one.Groups),
                        Calculator = report.Awards.Calculator,
                        Amount = one.Amount,
                        MustBeChosen = one.MustBeChosen,
                        State = approval.IsApproved ? ReportAwardState.Approved : ReportAwardState.Proposed,
                        Asked = string.Join(' ', approval.Asked),
                        Waiting = string.Join(' ', approval.Waiting),
                        ProposedAt = now,
                    });
                    await issues.RecordAsync(db, Proposed, issue, new Actor(ActorKind.System), json => Tell(json, made[^1]), cancellationToken);
                }

                db.ReportAwards.AddRange(made);
                if (made.FirstOrDefault() is { } first)
                {
                    await AskAsync(db, first, chain, report, first.Approval.Waiting, made.Count, cancellationToken);
                }

                return made.Count;
            },
            cancellationToken);
    }

    private async Task AskAsync(
        CaseManagementDbContext db, ReportAward award, ApprovalChain? chain, Report report, IEnumerable<string> steps, int count, CancellationToken cancellationToken)
    {
        var who = chain?.Steps.Where(step => steps.Contains(step.Key)).Select(step => step.Who).ToList() ?? [];
        if (who.Count > 0)
        {
            db.Messages.AddRange(people.Notices(await people.OfAsync(who, cancellationToken), ReportNotice.Awards(report.Name, award.Period, count), "/reports"));
        }
    }

    private static void Tell(JsonObject json, ReportAward award) => (json["award"], json["groups"], json["calculator"], json["amount"], json["state"]) =
        (award.Id.ToString(), JsonNode.Parse(award.Groups), award.Calculator, award.Amount, award.State.ToString());

    private static bool IsOver(ReportIssue issue, ProcessPack pack, DateTimeOffset now) =>
        Instant.FromDateTimeOffset(now).InZone(DateTimeZoneProviders.Tzdb[pack.Identity.Zone]).Date.ToDateOnly() > issue.Through;

    private static ApprovalChain? ChainOf(ProcessPack pack, string calculator) =>
        pack.Calculators.GetValueOrDefault(calculator)?.Approval is { } chain ? pack.Chains.GetValueOrDefault(chain) : null;
}

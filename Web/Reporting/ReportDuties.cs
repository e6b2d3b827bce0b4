using CaseManagement.Domain.Reporting;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Reporting;
using CaseManagement.Web.Timers;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Quartz;

namespace CaseManagement.Web.Reporting;

/// <summary>Reports that are somebody's duty: made for each period, done by who holds the role.</summary>
public sealed class ReportDuties(IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, StoredConfigurations configurations, ConfigurationAudit audit, TimeProvider clock)
{
    /// <summary>The audit stream of reports that were done.</summary>
    public const string Stream = "reports";

    /// <summary>The type of its events.</summary>
    public const string Done = "report.done";

    /// <summary>Longest remark.</summary>
    public const int LongestRemark = 1_000;

    /// <summary>Makes the duties of the periods that have begun. However often and by however many nodes it is done, there is one of each.</summary>
    /// <returns>How many are new.</returns>
    public async Task<int> MakeAsync(CancellationToken cancellationToken)
    {
        var wanted = new List<ReportDuty>();
        foreach (var process in (await configurations.CurrentAsync(cancellationToken)).Published.Values)
        {
            var zone = DateTimeZoneProviders.Tzdb[process.Pack.Identity.Zone];
            var today = Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(zone).Date.ToDateOnly();
            foreach (var report in process.Pack.Reports.Values.Where(r => r.Task is not null))
            {
                var period = ReportPeriods.Of(report.Period, today);
                var (day, time) = ReportPeriods.DueIn(report, period);
                wanted.Add(new ReportDuty
                {
                    Process = process.Pack.Identity.Id,
                    Report = report.Key,
                    From = period.From,
                    Through = period.Through,
                    DueAt = LocalDate.FromDateOnly(day).At(LocalTime.FromTimeOnly(time)).InZoneLeniently(zone).ToDateTimeOffset().ToUniversalTime(),
                    Who = string.Join(' ', report.Task!.Who),
                });
            }
        }

        if (wanted.Count == 0)
        {
            return 0;
        }

        return await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var first = wanted.Min(d => d.From);
                var known = (await db.ReportDuties.AsNoTracking().Where(d => d.From >= first).Select(d => new { d.Process, d.Report, d.From }).ToListAsync(cancellationToken)).ToHashSet();
                var made = wanted.Where(d => !known.Contains(new { d.Process, d.Report, d.From })).ToList();
                db.ReportDuties.AddRange(made);
                return made.Count;
            },
            cancellationToken);
    }

    /// <summary>The duties of somebody that are not done, soonest first.</summary>
    public async Task<IReadOnlyList<ReportDuty>> OfAsync(Person person, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await db.ReportDuties.AsNoTracking().Where(d => d.DoneAt == null).ToListAsync(cancellationToken);
        return [.. open.Where(d => IsFor(d, person)).OrderBy(d => d.DueAt)];
    }

    /// <summary>Notes that a report was done.</summary>
    /// <returns>False when there is no such open duty of theirs.</returns>
    public async Task<bool> DoneAsync(string process, string report, DateOnly from, string? remark, Person by, CancellationToken cancellationToken) =>
        await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var duty = await db.ReportDuties.SingleOrDefaultAsync(d => d.Process == process && d.Report == report && d.From == from && d.DoneAt == null, cancellationToken);
                if (duty is null || !IsFor(duty, by))
                {
                    return false;
                }

                (duty.DoneAt, duty.DoneBy, duty.Remark) = (clock.GetUtcNow(), by.Id, string.IsNullOrWhiteSpace(remark) ? null : remark.Trim());
                await audit.RecordAsync(
                    db, Stream, Done, by.AsPerformer().Actor,
                    new System.Text.Json.Nodes.JsonObject { ["process"] = process, ["report"] = report, ["from"] = duty.From.ToString("O", null), ["through"] = duty.Through.ToString("O", null), ["remark"] = duty.Remark },
                    cancellationToken);
                return true;
            },
            cancellationToken);

    // role@department is the role there; who holds a role everywhere holds it there too
    private static bool IsFor(ReportDuty duty, Person person)
    {
        var keys = person.AsPerformer().CandidateKeys().ToHashSet(StringComparer.Ordinal);
        return duty.Who.Split(' ').Any(who => keys.Contains(who) || keys.Contains(who.Split('@')[0]) || person.Memberships.Any(held => held.Role == who));
    }
}

/// <summary>Every ten minutes: makes the duties of new periods, and reads changed cases for reports so that the first who asks need not wait.</summary>
[DisallowConcurrentExecution]
public sealed class ReportsJob(ReportDuties duties, ReportCatchUp catchUp, StoredConfigurations configurations) : IJob
{
    private static readonly TimeSpan MayTake = TimeSpan.FromMinutes(5);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await duties.MakeAsync(cancellationToken);
        foreach (var process in (await configurations.CurrentAsync(cancellationToken)).Published.Values.Where(p => p.Pack.Reports.Count > 0))
        {
            await catchUp.RunAsync(process, MayTake, cancellationToken);
        }
    }
}

/// <summary>Puts reports together.</summary>
public static class ReportServices
{
    public static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.AddSingleton<ReportCatchUp>().AddSingleton<ReportReader>().AddSingleton<ReportDuties>();
        services.AddQuartz(quartz =>
        {
            const string key = "reports";
            quartz.AddJob<ReportsJob>(job => job.WithIdentity(key, RecurringJobs.Group).StoreDurably().RequestRecovery());
            quartz.AddTrigger(trigger => trigger.ForJob(key, RecurringJobs.Group).WithIdentity(key, RecurringJobs.Group).WithCronSchedule("0 3/10 * * * ?"));
        });
        return services;
    }
}

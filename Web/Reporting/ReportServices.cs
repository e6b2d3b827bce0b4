using CaseManagement.Web.Configuration;
using CaseManagement.Web.Timers;
using Quartz;

namespace CaseManagement.Web.Reporting;

/// <summary>Every ten minutes: makes, sends and escalates reports that are due, puts awards forward, and reads changed cases so that the first who asks need not wait.</summary>
[DisallowConcurrentExecution]
public sealed class ReportsJob(ReportIssues issues, AwardDesk awards, ReportCatchUp catchUp, StoredConfigurations configurations) : IJob
{
    private static readonly TimeSpan MayTake = TimeSpan.FromMinutes(5);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await issues.RunAsync(cancellationToken);
        foreach (var process in (await configurations.CurrentAsync(cancellationToken)).Published.Values.Where(p => p.Pack.Reports.Count > 0))
        {
            await catchUp.RunAsync(process, MayTake, cancellationToken);
        }

        await awards.ProposeAsync(cancellationToken);
    }
}

/// <summary>Puts reports together.</summary>
public static class ReportServices
{
    public static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.AddSingleton<ReportCatchUp>().AddSingleton<ReportReader>().AddSingleton<ReportPeople>().AddSingleton<ReportIssues>().AddSingleton<AwardDesk>();
        services.AddQuartz(quartz =>
        {
            const string key = "reports";
            quartz.AddJob<ReportsJob>(job => job.WithIdentity(key, RecurringJobs.Group).StoreDurably().RequestRecovery());
            quartz.AddTrigger(trigger => trigger.ForJob(key, RecurringJobs.Group).WithIdentity(key, RecurringJobs.Group).WithCronSchedule("0 3/10 * * * ?"));
        });
        return services;
    }
}

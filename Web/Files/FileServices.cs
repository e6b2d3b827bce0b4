using CaseManagement.Web.Timers;
using Quartz;

namespace CaseManagement.Web.Files;

/// <summary>Registers the files of cases and what recurs for them.</summary>
public static class FileServices
{
    private const string Sweep = "file-sweep";
    private const string Scan = "file-scan";

    /// <param name="services">Where they are registered.</param>
    /// <param name="configuration">Says whether there is a scanner.</param>
    public static IServiceCollection AddFiles(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FilesOptions>().BindConfiguration(FilesOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<FileFolder>().AddSingleton<SealedFiles>().AddSingleton<FileIntake>().AddSingleton<CaseFiles>();
        services.AddSingleton<FileSweep>().AddSingleton<FileScanner>();
        var hasScanner = !string.IsNullOrEmpty(configuration[$"{FilesOptions.Section}:{nameof(FilesOptions.Scanner)}"]);
        services.AddQuartz(quartz =>
        {
            quartz.AddJob<FileSweepJob>(job => job.WithIdentity(Sweep, RecurringJobs.Group).StoreDurably().RequestRecovery());
            quartz.AddTrigger(trigger => trigger.ForJob(Sweep, RecurringJobs.Group).WithIdentity(Sweep, RecurringJobs.Group).WithCronSchedule("0 40 3,9,15,21 * * ?"));
            if (hasScanner)
            {
                quartz.AddJob<FileScanJob>(job => job.WithIdentity(Scan, RecurringJobs.Group).StoreDurably().RequestRecovery());
                quartz.AddTrigger(trigger => trigger.ForJob(Scan, RecurringJobs.Group).WithIdentity(Scan, RecurringJobs.Group)
                    .WithSimpleSchedule(s => s.WithInterval(TimeSpan.FromSeconds(10)).RepeatForever()));
            }
        });
        return services;
    }
}

/// <summary>Every six hours: removes files that no case has.</summary>
[DisallowConcurrentExecution]
public sealed class FileSweepJob(FileSweep sweep) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await sweep.RunAsync(cancellationToken);
}

/// <summary>Every ten seconds where a scanner is configured: lets it look at files that wait.</summary>
[DisallowConcurrentExecution]
public sealed class FileScanJob(FileScanner scanner) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await scanner.RunAsync(cancellationToken);
}

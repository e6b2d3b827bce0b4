using CaseManagement.Web.Features.Audit;
using CaseManagement.Web.Timers;
using Microsoft.Extensions.Options;
using Quartz;

namespace CaseManagement.Web.Auditing;

/// <summary>Registers what anchors, verifies, reads and takes out the audit.</summary>
public static class AuditServices
{
    public static IServiceCollection AddAuditing(this IServiceCollection services)
    {
        services.AddOptions<AuditOptions>().BindConfiguration(AuditOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuditOptions>, AuditOptionsCheck>();
        services.AddSingleton<AuditMetrics>().AddSingleton<AnchorKeys>().AddSingleton<Anchoring>().AddSingleton<AnchorSinks>().AddSingleton<AuditVerification>();
        services.AddSingleton<ReadLog>().AddSingleton<AuditMails>().AddSingleton<OperationsAudit>().AddSingleton<Denials>();
        services.AddScoped<AuditReach>().AddScoped<AuditExport>().AddScoped<AuditList>().AddScoped<AuditPages>();
        services.AddHostedService<AnchorService>().AddHostedService(s => s.GetRequiredService<OperationsAudit>());
        services.AddQuartz(quartz =>
        {
            quartz.Recurs<NightlyAuditJob>("audit-night", "0 30 2 * * ?");
            quartz.Recurs<WeeklyAuditJob>("audit-week", "0 0 3 ? * SUN");
        });
        return services;
    }

    private static void Recurs<TJob>(this IQuartzBuilder quartz, string key, string cron)
        where TJob : IJob
    {
        quartz.AddJob<TJob>(job => job.WithIdentity(key, RecurringJobs.Group).StoreDurably().RequestRecovery());
        quartz.AddTrigger(trigger => trigger.ForJob(key, RecurringJobs.Group).WithIdentity(key, RecurringJobs.Group).WithCronSchedule(cron));
    }
}

internal sealed class AuditOptionsCheck : IValidateOptions<AuditOptions>
{
    public ValidateOptionsResult Validate(string? name, AuditOptions options) =>
        options.Syslog is not { Length: > 0 } syslog || (Uri.TryCreate(syslog, UriKind.Absolute, out var server) && server is { Scheme: "udp" or "tcp", Port: > 0 })
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{AuditOptions.Section}:{nameof(AuditOptions.Syslog)} is no address such as udp://host:514 or tcp://host:601.");
}

using CaseManagement.Web.Delivery;
using Microsoft.Extensions.Options;
using Quartz;

namespace CaseManagement.Web.Timers;

/// <summary>Registers what runs by itself: the dispatchers of this node, and recurring jobs with Quartz.NET.</summary>
public static class TimerServices
{
    public static IServiceCollection AddTimers(this IServiceCollection services)
    {
        services.AddOptions<TimerOptions>().BindConfiguration(TimerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TimerMetrics>().AddSingleton<TimerFirer>().AddSingleton<ClockAdvancer>();
        services.AddHostedService<TimerDispatcher>();
        services.AddSingleton<OutboxDispatcher>().AddHostedService(s => s.GetRequiredService<OutboxDispatcher>());
        services.AddOptions<OutgoingHttpOptions>().BindConfiguration(OutgoingHttpOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(s => new EgressPolicy(s.GetRequiredService<IOptions<OutgoingHttpOptions>>()));
        services.AddSingleton<IMessageChannel, HttpRequestChannel>();
        services.AddQuartz(quartz =>
        {
            quartz.AddJob<MaintenanceJob>(job => job.WithIdentity("maintenance"));
            quartz.AddTrigger(trigger => trigger.ForJob("maintenance").WithIdentity("maintenance-hourly").WithCronSchedule("0 17 * * * ?"));
            quartz.AddJob<SafetySweepJob>(job => job.WithIdentity("safety-sweep"));
            quartz.AddTrigger(trigger => trigger.ForJob("safety-sweep").WithIdentity("safety-sweep-regular").WithCronSchedule("0 */5 * * * ?"));
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        return services;
    }
}

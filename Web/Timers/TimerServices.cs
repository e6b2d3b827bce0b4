using CaseManagement.Web.Delivery;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Timers;

/// <summary>Registers what runs by itself: the dispatchers of this node, and recurring jobs with Quartz.NET.</summary>
public static class TimerServices
{
    public static IServiceCollection AddTimers(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TimerOptions>().BindConfiguration(TimerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TimerMetrics>().AddSingleton<TimerFirer>().AddSingleton<ClockAdvancer>();
        services.AddHostedService<TimerDispatcher>();
        services.AddSingleton<OutboxDispatcher>().AddHostedService(s => s.GetRequiredService<OutboxDispatcher>());
        services.AddOptions<OutgoingHttpOptions>().BindConfiguration(OutgoingHttpOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(s => new EgressPolicy(s.GetRequiredService<IOptions<OutgoingHttpOptions>>()));
        services.AddSingleton<IMessageChannel, HttpRequestChannel>();
        services.AddRecurringJobs(configuration);
        return services;
    }
}

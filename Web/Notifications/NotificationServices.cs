using CaseManagement.Web.Delivery;
using CaseManagement.Web.Timers;
using Microsoft.Extensions.Options;
using Quartz;

namespace CaseManagement.Web.Notifications;

/// <summary>Registers notices, the mails that tell of them, and the mail server.</summary>
public static class NotificationServices
{
    private const string Job = "notice-mails";

    /// <param name="services">Where they are registered.</param>
    /// <param name="configuration">Says whether there is a mail server.</param>
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsCheck>();
        if (configuration.GetValue<bool>($"{MailOptions.Section}:{nameof(MailOptions.Enabled)}"))
        {
            services.AddSingleton<IMessageChannel, MailChannel>();
        }

        services.AddOptions<NotificationOptions>().BindConfiguration(NotificationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var every = configuration.GetValue<int?>($"{NotificationOptions.Section}:{nameof(NotificationOptions.EverySeconds)}") ?? new NotificationOptions().EverySeconds;
        services.AddSingleton<NoticeMails>();
        services.AddQuartz(quartz =>
        {
            quartz.AddJob<NoticeMailJob>(job => job.WithIdentity(Job, RecurringJobs.Group).StoreDurably().RequestRecovery());
            quartz.AddTrigger(trigger => trigger.ForJob(Job, RecurringJobs.Group).WithIdentity(Job, RecurringJobs.Group)
                .WithSimpleSchedule(s => s.WithInterval(TimeSpan.FromSeconds(Math.Clamp(every, 1, 3600))).RepeatForever()));
        });
        return services;
    }
}

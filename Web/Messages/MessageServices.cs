using CaseManagement.Web.Delivery;
using CaseManagement.Web.Features.Hooks;
using CaseManagement.Web.Timers;

namespace CaseManagement.Web.Messages;

/// <summary>Registers what messages with complainants need: templates, addresses to answer to, what comes in.</summary>
public static class MessageServices
{
    public static IServiceCollection AddMessages(this IServiceCollection services)
    {
        foreach (var channel in WebhookChannel.Names)
        {
            services.AddSingleton<IMessageChannel>(s => ActivatorUtilities.CreateInstance<WebhookChannel>(s, channel));
        }

        return services
            .AddSingleton<IMessageChannel, NoticeWebhookChannel>()
            .AddSingleton<SignedRequests>()
            .AddSingleton<WebhookSecrets>()
            .AddSingleton<ReplyAddresses>()
            .AddSingleton<InboundMessages>()
            .AddSingleton<InboundTexts>()
            .AddSingleton<SignedBodies>()
            .AddSingleton<ReplyTemplates>()
            .AddSingleton<ReplyFiles>()
            .AddSingleton<SealOldCodes>().AddHostedService(s => s.GetRequiredService<SealOldCodes>());
    }
}

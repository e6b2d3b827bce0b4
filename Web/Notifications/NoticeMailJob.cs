using Quartz;

namespace CaseManagement.Web.Notifications;

/// <summary>Every minute unless <c>Notifications:EverySeconds</c> says otherwise: turns notices into mails.</summary>
[DisallowConcurrentExecution]
public sealed class NoticeMailJob(NoticeMails mails) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await mails.RunAsync(cancellationToken);
}

using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace CaseManagement.Web.Timers;

/// <summary>Once an hour: forgets first answers older than three days and kept stimuli that have expired.</summary>
[DisallowConcurrentExecution]
public sealed class MaintenanceJob(IConfigurationWriter writer, TimeProvider clock) : IJob
{
    /// <summary>How long the first answer to a request is given again.</summary>
    public static readonly TimeSpan KeepAnswers = TimeSpan.FromHours(72);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var (answersBefore, now) = (clock.GetUtcNow() - KeepAnswers, clock.GetUtcNow());
        await writer.RunWithContextAsync(
            async (db, _) =>
            {
                await db.Answers.Where(a => a.CreatedAt < answersBefore).ExecuteDeleteAsync(cancellationToken);
                await db.KeptStimuli.Where(s => s.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
                return true;
            },
            cancellationToken);
    }
}

/// <summary>Every five minutes: fires whatever is due and was overlooked, whoever should have.</summary>
[DisallowConcurrentExecution]
public sealed class SafetySweepJob(TimerFirer firer) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await firer.FireDueAsync(cancellationToken);
}

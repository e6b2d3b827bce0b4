using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Portal;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace CaseManagement.Web.Timers;

/// <summary>
/// Once an hour: forgets first answers older than three days, kept stimuli that have expired, the history of recurring jobs after a month, and of the
/// portal what is over: counters, sessions, keys of past days.
/// </summary>
[DisallowConcurrentExecution]
public sealed class MaintenanceJob(
    IConfigurationWriter writer, TimeProvider clock, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock) : IJob
{
    /// <summary>How long the first answer to a request is given again.</summary>
    public static readonly TimeSpan KeepAnswers = TimeSpan.FromHours(72);

    /// <summary>How long runs of recurring jobs are shown.</summary>
    public static readonly TimeSpan KeepRuns = TimeSpan.FromDays(30);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var wall = wallClock.GetUtcNow();
        var runsBefore = wall - KeepRuns;
        var keysBefore = CallerPrefixes.DayOf(wall.AddDays(-1));
        var (answersBefore, now) = (clock.GetUtcNow() - KeepAnswers, clock.GetUtcNow());
        await writer.RunWithContextAsync(
            async (db, _) =>
            {
                await db.Answers.Where(a => a.CreatedAt < answersBefore).ExecuteDeleteAsync(cancellationToken);
                await db.KeptStimuli.Where(s => s.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
                await db.RateCounters.Where(c => c.EndsAt < wall).ExecuteDeleteAsync(cancellationToken);
                await db.TrackingSessions.Where(s => s.EndsAt < wall).ExecuteDeleteAsync(cancellationToken);
                await db.AddressKeys.Where(k => k.Day.CompareTo(keysBefore) < 0).ExecuteDeleteAsync(cancellationToken);
                await db.JobRuns.Where(r => r.EndedAt < runsBefore).ExecuteDeleteAsync(cancellationToken);
                await db.StaffSessions.Where(s => s.EndsAt < runsBefore).ExecuteDeleteAsync(cancellationToken);
                await db.OneTimeLinks.Where(l => l.ExpiresAt < runsBefore).ExecuteDeleteAsync(cancellationToken);
                return true;
            },
            cancellationToken);
    }
}

/// <summary>Every five minutes: fires whatever is due and was overlooked, whoever should have, and begins runs that were asked for and forgotten.</summary>
[DisallowConcurrentExecution]
public sealed class SafetySweepJob(TimerFirer firer, JobRequests requests, IDbContextFactory<CaseManagementDbContext> contexts) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await requests.ResumeAsync(db, cancellationToken);
        await firer.StartDueAsync(cancellationToken);
    }
}

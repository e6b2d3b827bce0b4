using System.Globalization;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Operations;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace CaseManagement.Web.Timers;

/// <summary>Writes down each run of a recurring job: when it began and ended, on which node, with what outcome.</summary>
public sealed partial class JobHistory(
    IConfigurationWriter writer, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock, ILogger<JobHistory> log) : IJobExecutionMiddleware
{
    /// <summary>The run somebody asked for, in a trigger's data.</summary>
    public const string RunKey = "run";

    public async ValueTask Invoke(IJobExecutionContext context, JobExecutionDelegate next, CancellationToken cancellationToken)
    {
        var run = await BeginAsync(context, cancellationToken);
        if (run is null)
        {
            return;
        }

        string? error = null;
        try
        {
            await next(context, cancellationToken);
        }
        catch (Exception failed)
        {
            error = (failed.InnerException ?? failed).Message;
            throw;
        }
        finally
        {
            await EndAsync(run.Value, error);
        }
    }

    /// <returns>The run; null when it is one that was asked for and has been done already.</returns>
    private async Task<Guid?> BeginAsync(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var (now, job) = (wallClock.GetUtcNow(), context.JobDetail.Key.Name);
        var asked = context.Trigger.JobDataMap.TryGetValue(RunKey, out var text) && Guid.TryParse(Convert.ToString(text, CultureInfo.InvariantCulture), out var id) ? id : (Guid?)null;
        return await writer.RunWithContextAsync<Guid?>(
            async (db, _) =>
            {
                if (asked is { } known)
                {
                    // again after its node died: it counts as begun anew
                    return await db.JobRuns.Where(r => r.Id == known && (r.State == JobRunState.Asked || r.State == JobRunState.Running || r.State == JobRunState.Interrupted))
                        .ExecuteUpdateAsync(
                            r => r.SetProperty(one => one.State, JobRunState.Running).SetProperty(one => one.Node, TimerFirer.Node)
                                .SetProperty(one => one.StartedAt, now).SetProperty(one => one.EndedAt, (DateTimeOffset?)null),
                            cancellationToken) == 1 ? known : null;
                }

                var run = new JobRun { Id = Guid.CreateVersion7(now), Job = job, State = JobRunState.Running, Node = TimerFirer.Node, StartedAt = now };
                db.JobRuns.Add(run);
                return run.Id;
            },
            cancellationToken);
    }

    private async Task EndAsync(Guid run, string? error)
    {
        var now = wallClock.GetUtcNow();
        var said = error is { Length: > ColumnLengths.Text } ? error[..ColumnLengths.Text] : error;
        var state = error is null ? JobRunState.Done : JobRunState.Failed;
        try
        {
            await writer.RunWithContextAsync(
                async (db, _) => await db.JobRuns.Where(r => r.Id == run).ExecuteUpdateAsync(
                    r => r.SetProperty(one => one.State, state).SetProperty(one => one.EndedAt, now).SetProperty(one => one.Error, said), CancellationToken.None),
                CancellationToken.None);
        }
#pragma warning disable CA1031 // the job itself is done; a run without an end shows as interrupted later
        catch (Exception failed)
#pragma warning restore CA1031
        {
            Log.NotKept(log, run, failed);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The end of the run {Run} could not be written down")]
        public static partial void NotKept(ILogger logger, Guid run, Exception error);
    }
}

using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Operations;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace CaseManagement.Web.Timers;

/// <summary>Runs a recurring job now because somebody wants it, once however often it is asked for with the same id.</summary>
public sealed class JobRequests(
    IConfigurationWriter writer, ConfigurationAudit audit, ISchedulerFactory schedulers, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>Where the audit keeps what operators did.</summary>
    public const string Stream = "operations";

    /// <summary>Keeps the request with its audit event, then has a node run it.</summary>
    /// <param name="job">The job's key.</param>
    /// <param name="run">The run's id, given once by whoever shows the button.</param>
    /// <param name="by">Who asks.</param>
    /// <returns>False: that run was asked for already, or the job is asked for or running; nothing new begins.</returns>
    public async Task<bool> RunNowAsync(string job, Guid run, Actor by, CancellationToken cancellationToken)
    {
        var isNew = await writer.RunWithContextAsync(
            async (db, _) =>
            {
                if (await db.JobRuns.AnyAsync(r => r.Id == run || (r.Job == job && (r.State == JobRunState.Asked || r.State == JobRunState.Running)), cancellationToken))
                {
                    return false;
                }

                db.JobRuns.Add(new JobRun { Id = run, Job = job, State = JobRunState.Asked, AskedBy = by.Id, AskedByName = by.Name, AskedAt = wallClock.GetUtcNow() });
                await audit.RecordAsync(db, Stream, "job.asked", by, new JsonObject { ["job"] = job, ["run"] = run }, cancellationToken);
                return true;
            },
            cancellationToken);
        if (isNew)
        {
            await TriggerAsync(job, run, cancellationToken);
        }

        return isNew;
    }

    /// <summary>Hands runs that were asked for and never handed over (the process ended in between) to a node again.</summary>
    public async Task ResumeAsync(CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var before = wallClock.GetUtcNow() - TimeSpan.FromMinutes(1);
        foreach (var run in await db.JobRuns.AsNoTracking().Where(r => r.State == JobRunState.Asked && r.AskedAt < before).ToListAsync(cancellationToken))
        {
            await TriggerAsync(run.Job, run.Id, cancellationToken);
        }
    }

    private async Task TriggerAsync(string job, Guid run, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.TriggerJob(new JobKey(job, RecurringJobs.Group), new JobDataMap { [JobHistory.RunKey] = run.ToString() }, cancellationToken);
    }
}

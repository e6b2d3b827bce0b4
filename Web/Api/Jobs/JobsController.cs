using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Timers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace CaseManagement.Web.Api.Jobs;

/// <summary>Timers and recurring jobs, as the page of jobs shows them.</summary>
[Route("api/v1"), Tags("Jobs")]
public sealed class JobsController(
    CaseManagementDbContext db, CaseAccess access, TimerOperations timers, JobRequests requests, ISchedulerFactory schedulers, RequestOnce once,
    TimeProvider clock, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock) : ApiController
{
    private const int MostTimers = 50;
    private const int MostRuns = 10;

    private static readonly Rule NoTimer = new("timer-unknown", "There is no such timer, or it is none of yours.");
    private static readonly Rule TimerChanged = new("timer-changed", "The timer does not fail, or was tried again since it was looked at.");
    private static readonly Rule NoJob = new("job-unknown", "There is no such recurring job.");
    private static readonly Rule JobRuns = new("job-running", "The job has been asked for or runs already.");

    /// <summary>Timers that are due, late, failing and given up, and recurring jobs with their history. A supervisor sees the timers of their cases and no others.</summary>
    [HttpGet("jobs"), ApiAccess(ApiScopes.OpsRead, ApiRoles.Anyone)]
    [ProducesResponseType<JobsAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status403Forbidden)]
    public async Task<IActionResult> List(CancellationToken cancellationToken)
    {
        var (scope, sight) = await SightAsync(cancellationToken);
        if (sight == TimerSight.None)
        {
            throw new ApiProblemException(new ApiProblem(StatusCodes.Status403Forbidden, "forbidden", "Only those who supervise cases or operate the product see what runs by itself."));
        }

        var seen = await TimersInView.ReadAsync(db, sight, scope, clock.GetUtcNow(), MostTimers, cancellationToken);
        TimersAnswer Of(int total, IReadOnlyList<SeenTimer> some) => new(Math.Max(total, some.Count), [.. some.Select(one => TimerAnswer.Of(one, sight, Caller.Person is null))]);
        return JsonAnswers.Json(new JobsAnswer(
            Of(seen.Backlog.Due, seen.Due), Of(seen.Late.Count, seen.Late), Of(seen.Backlog.Failing, seen.Failing), Of(seen.Backlog.Parked, seen.GivenUp),
            sight == TimerSight.OwnCases ? [] : await RecurringAsync(sight, cancellationToken)));
    }

    /// <summary>Runs a recurring job now. The same Idempotency-Key runs it once.</summary>
    [HttpPost("jobs/{name}/run"), ApiAccess(ApiScopes.OpsWrite, ApiRoles.Administrator)]
    [ProducesResponseType<RunAskedAnswer>(StatusCodes.Status202Accepted), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> Run(string name, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        RuleViolationException.ThrowUnless(await scheduler.GetJobDetail(new JobKey(name, RecurringJobs.Group), cancellationToken) is not null, NoJob);
        return JsonAnswers.Json(await once.RunApartAsync(HttpContext, async () =>
        {
            var run = Guid.CreateVersion7(wallClock.GetUtcNow());
            RuleViolationException.ThrowUnless(await requests.RunNowAsync(name, run, Caller.Performer.Actor, cancellationToken), JobRuns);
            return FirstAnswer.Of(StatusCodes.Status202Accepted, new RunAskedAnswer(name, run));
        }));
    }

    /// <summary>Has a timer that fails tried again at once, with all its tries before it.</summary>
    [HttpPost("timers/{id:guid}/retry"), ApiAccess(ApiScopes.OpsWrite, ApiRoles.Supervisor | ApiRoles.Administrator)]
    [ProducesResponseType<TimerAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> Retry(Guid id, [FromBody] RetryTimerRequest? request, CancellationToken cancellationToken)
    {
        var (scope, sight) = await SightAsync(cancellationToken);
        return JsonAnswers.Json(await once.RunApartAsync(HttpContext, async () =>
        {
            var seen = await TimersInView.FindAsync(db, sight, scope, id, cancellationToken) ?? throw new RuleViolationException(NoTimer);
            RuleViolationException.ThrowUnless(
                seen.MayRetry && await timers.RetryAsync(id, request?.Attempts ?? seen.Timer.Attempts, Caller.Performer.Actor, cancellationToken), TimerChanged);
            return FirstAnswer.Of(StatusCodes.Status200OK, TimerAnswer.Of(seen, sight, Caller.Person is null) with { Attempts = 0, NextAt = seen.Timer.DueAt, Error = null, MayRetry = false });
        }));
    }

    private async Task<(CaseScope Scope, TimerSight Sight)> SightAsync(CancellationToken cancellationToken)
    {
        var scope = await access.ScopeAsync(db, Caller.Person, cancellationToken);
        return (scope, TimersInView.SightOf(Caller.Person, scope));
    }

    private async Task<List<RecurringAnswer>> RecurringAsync(TimerSight sight, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var jobs = await scheduler.QueryJobs(new JobQuery { Group = GroupMatcher<JobKey>.GroupEquals(RecurringJobs.Group) }, cancellationToken);
        var triggers = await scheduler.QueryTriggers(new TriggerQuery { Group = GroupMatcher<TriggerKey>.GroupEquals(RecurringJobs.Group) }, cancellationToken);
        var next = triggers.Items.ToLookup(t => t.JobKey.Name, t => t.NextFireTimeUtc, StringComparer.Ordinal);
        var answers = new List<RecurringAnswer>();
        foreach (var name in jobs.Items.Select(j => j.Key.Name).Order(StringComparer.Ordinal))
        {
            var runs = await db.JobRuns.AsNoTracking().Where(r => r.Job == name).OrderByDescending(r => r.Id).Take(MostRuns).ToListAsync(cancellationToken);
            answers.Add(new RecurringAnswer(name, next[name].Min(), [.. runs.Select(r => new RunAnswer(
                r.Id, JsonNamingPolicy.CamelCase.ConvertName(r.State.ToString()), r.StartedAt ?? r.AskedAt, r.EndedAt, r.Node, r.AskedByName ?? r.AskedBy,
                sight == TimerSight.Operates ? r.Error : null))]));
        }

        return answers;
    }
}

using System.Globalization;
using System.Security.Claims;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Nodes;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Operations;
using CaseManagement.Web.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Quartz;

namespace CaseManagement.Web.Features.Jobs;

/// <summary>Timers, recurring jobs and nodes as the database has them.</summary>
internal sealed class StoredJobs(
    IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations, TimerOperations timers, JobRequests requests,
    ISchedulerFactory schedulers, People people, CaseAccess access, TimeProvider clock, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock,
    IStringLocalizer<JobsText> text) : IJobPages
{
    private const int MostTimers = 50;
    private const int MostRuns = 10;
    private const int LongestReason = 1000;

    public async Task<JobsPage?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        var scope = await access.ScopeAsync(db, person, cancellationToken);
        if (TimersInView.SightOf(person, scope) is var sight && sight == TimerSight.None)
        {
            return null;
        }

        var configuration = await configurations.CurrentAsync(cancellationToken);
        var zone = configuration.DefaultProcess is { } process ? configuration.Published[process].Pack.Identity.Zone : "UTC";
        var (isOwn, mayAct) = (sight == TimerSight.OwnCases, sight == TimerSight.Operates);
        var timersInView = await TimersInView.ReadAsync(db, sight, scope, clock.GetUtcNow(), MostTimers, cancellationToken);
        var nodes = isOwn ? [] : await NodesAsync(db, cancellationToken);
        return new JobsPage
        {
            Zone = zone,
            MayAct = mayAct,
            IsOwn = isOwn,
            Figures = FiguresOf(timersInView.Backlog, isOwn ? null : nodes),
            Timers = Groups(new TimerWords(sight, text), timersInView),
            Recurring = isOwn ? [] : await RecurringAsync(db, mayAct, cancellationToken),
            Nodes = nodes,
        };
    }

    public async Task<ActionAnswer> RetryAsync(Guid timer, int attempts, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return ActionAnswer.NotFound;
        }

        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var sight = TimersInView.SightOf(person, scope);
        var seen = await TimersInView.FindAsync(db, sight, scope, timer, cancellationToken);
        return sight is not (TimerSight.Operates or TimerSight.OwnCases) || (sight == TimerSight.OwnCases && seen is null) ? ActionAnswer.NotFound
            : seen is { MayRetry: true } && await timers.RetryAsync(timer, attempts, person.AsPerformer().Actor, cancellationToken) ? ActionAnswer.Done
            : ActionAnswer.Refused(text["TimerChanged"]);
    }

    public async Task<ActionAnswer> SkipAsync(Guid timer, int attempts, string? reason, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var typed = reason?.Trim() ?? "";
        var wrong = typed.Length == 0 ? text["ReasonMissing"] : typed.Length > LongestReason ? text["ReasonTooLong", LongestReason] : null;
        return wrong is null || await OperatorAsync(user, cancellationToken) is null
            ? await ActAsync(user, by => timers.SkipAsync(timer, attempts, typed, by, cancellationToken), text["TimerChanged"], cancellationToken)
            : ActionAnswer.Invalid(wrong.Value, new Dictionary<string, string> { ["reason"] = wrong.Value });
    }

    public async Task<ActionAnswer> RunAsync(string job, Guid run, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        return run == Guid.Empty || await scheduler.GetJobDetail(new JobKey(job, RecurringJobs.Group), cancellationToken) is null
            ? ActionAnswer.NotFound
            : await ActAsync(user, by => requests.RunNowAsync(job, run, by, cancellationToken), text["RunAsked"], cancellationToken);
    }

    private static bool MayAct(Person person) => person.Is(SystemRoles.Administrator);

    private async Task<Actor?> OperatorAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await people.OfAsync(user, cancellationToken) is { } person && MayAct(person) ? person.AsPerformer().Actor : null;

    private async Task<ActionAnswer> ActAsync(ClaimsPrincipal user, Func<Actor, Task<bool>> deed, string refusal, CancellationToken cancellationToken) =>
        await OperatorAsync(user, cancellationToken) is not { } by ? ActionAnswer.NotFound
        : await deed(by) ? ActionAnswer.Done
        : ActionAnswer.Refused(refusal);

    private List<JobFigure> FiguresOf(TimerBacklog backlog, IReadOnlyList<NodeRow>? nodes) =>
    [
        new(text["DueNow"], Count(backlog.Due), text["DueNowMeans"], false),
        new(text["Oldest"], Length(backlog.OldestOverdue), text["OldestMeans"], backlog.OldestOverdue > TimersInView.LateAfter),
        new(text["Failing"], Count(backlog.Failing), text["FailingMeans"], backlog.Failing > 0),
        new(text["Parked"], Count(backlog.Parked), text["ParkedMeans"], backlog.Parked > 0),
        .. nodes is null ? Array.Empty<JobFigure>() : [new(text["FiredSum"], nodes.Sum(n => n.Fired).ToString("N0", CultureInfo.CurrentCulture), text["FiredSumMeans"], false)],
    ];

    private static string Count(int count) => (count >= TimerBacklog.Most ? "≥ " : "") + count.ToString("N0", CultureInfo.CurrentCulture);

    private string Length(TimeSpan length) => length switch
    {
        { TotalSeconds: < 1 } => text["Milliseconds", Math.Round(length.TotalMilliseconds)],
        { TotalMinutes: < 1 } => text["Seconds", Math.Round(length.TotalSeconds, 1)],
        { TotalHours: < 1 } => text["Minutes", Math.Round(length.TotalMinutes, 1)],
        _ => text["Hours", Math.Round(length.TotalHours, 1)],
    };

    private List<TimerGroup> Groups(TimerWords words, TimersInView seen) =>
    [
        new("parked", text["ParkedTitle"], text["ParkedTitleMeans"], words.Lines(seen.GivenUp), seen.Backlog.Parked - seen.GivenUp.Count),
        new("failing", text["FailingTitle"], text["FailingTitleMeans"], words.Lines(seen.Failing), seen.Backlog.Failing - seen.Failing.Count),
        new("late", text["LateTitle"], text["LateTitleMeans"], words.Lines(seen.Late), seen.Late.Count < MostTimers ? 0 : Math.Max(0, seen.Backlog.Due - seen.Late.Count)),
    ];

    private async Task<IReadOnlyList<RecurringRow>> RecurringAsync(CaseManagementDbContext db, bool mayAct, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var jobs = await scheduler.QueryJobs(new JobQuery { Group = GroupMatcher<JobKey>.GroupEquals(RecurringJobs.Group) }, cancellationToken);
        var triggers = await scheduler.QueryTriggers(new TriggerQuery { Group = GroupMatcher<TriggerKey>.GroupEquals(RecurringJobs.Group) }, cancellationToken);
        var next = triggers.Items.ToLookup(t => t.JobKey.Name, t => t.NextFireTimeUtc, StringComparer.Ordinal);
        var rows = new List<RecurringRow>();
        foreach (var key in jobs.Items.Select(j => j.Key.Name).Order(StringComparer.Ordinal))
        {
            var runs = await db.JobRuns.AsNoTracking().Where(r => r.Job == key).OrderByDescending(r => r.Id).Take(MostRuns).ToListAsync(cancellationToken);
            var busy = runs.Exists(r => r.State is JobRunState.Asked or JobRunState.Running);
            rows.Add(new RecurringRow(
                key, Known(text[$"Job_{key}"]) ?? key, Known(text[$"JobWhat_{key}"]) ?? "", next[key].Min(), Guid.CreateVersion7(wallClock.GetUtcNow()), busy,
                [.. runs.Select(r => LineOf(r, mayAct))]));
        }

        return rows;
    }

    private static string? Known(LocalizedString said) => said.ResourceNotFound ? null : said.Value;

    private RunLine LineOf(JobRun run, bool mayAct) => new(
        run.State switch
        {
            JobRunState.Asked => new StateMark(StateShape.Waiting, text["RunAskedFor"]),
            JobRunState.Running => new StateMark(StateShape.Working, text["RunRunning"]),
            JobRunState.Done => new StateMark(StateShape.Done, text["RunDone"]),
            JobRunState.Failed => new StateMark(StateShape.Problem, text["RunFailed"]),
            _ => new StateMark(StateShape.Problem, text["RunInterrupted"]),
        },
        run.StartedAt ?? run.AskedAt,
        run is { StartedAt: { } started, EndedAt: { } ended } ? Length(ended - started) : "—",
        run.Node is { } node ? NodeRowName(node) : "—",
        run.AskedByName ?? run.AskedBy ?? text["BySchedule"],
        mayAct || run.Error is null ? run.Error : text["ErrorKept"].Value);

    /// <summary>Machine and process, without the random part.</summary>
    private static string NodeRowName(string node) => node.LastIndexOf('-') is > 0 and var at ? node[..at] : node;

    private async Task<IReadOnlyList<NodeRow>> NodesAsync(CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var now = wallClock.GetUtcNow();
        var nodes = await db.Nodes.AsNoTracking().OrderBy(n => n.StartedAt).ToListAsync(cancellationToken);
        return [.. nodes.Select(n => new NodeRow(
            NodeRowName(n.Name), n.Machine, n.Version,
            now - n.SeenAt > NodeHeartbeat.Silence ? new StateMark(StateShape.Problem, text["NodeSilent"])
                : n.DrainingSince is not null ? new StateMark(StateShape.Waiting, text["NodeDraining"])
                : new StateMark(StateShape.Live, n.Name == TimerFirer.Node ? text["NodeThis"] : text["NodeAlive"]),
            n.StartedAt, text["Ago", Length(now > n.SeenAt ? now - n.SeenAt : TimeSpan.Zero)], n.Fired, n.Failed, Length(TimeSpan.FromMilliseconds(n.LatenessMilliseconds))))];
    }
}

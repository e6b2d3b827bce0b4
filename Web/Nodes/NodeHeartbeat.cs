using System.Reflection;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Operations;
using CaseManagement.Web.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Nodes;

/// <summary>
/// Says every few seconds that this process is alive, looks how many timers wait, and clears up after processes that are not. When the
/// database was away, it makes sure again that this process may work on it beside the others; if not, the process ends.
/// </summary>
public sealed partial class NodeHeartbeat(
    IConfigurationWriter writer, IDbContextFactory<CaseManagementDbContext> contexts, INodeAdmission admission, NodeState state, TimerMetrics metrics,
    TimeProvider clock, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock, IOptions<NodeOptions> options, IHostApplicationLifetime lifetime,
    ILogger<NodeHeartbeat> log) : BackgroundService
{
    /// <summary>Not heard of for so long, a node counts as gone.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Forget = TimeSpan.FromMinutes(1);

    private static readonly string Version =
        typeof(NodeHeartbeat).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private readonly DateTimeOffset _startedAt = wallClock.GetUtcNow();
    private readonly Lock _ending = new();
    private Task? _ended;

    /// <summary>Says that the node has gone. Whoever stops the host a second time waits for the same: nothing is written once it has ended.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_ending)
        {
            return _ended ??= EndAsync(cancellationToken);
        }
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await writer.RunWithContextAsync(
                async (db, _) => await db.Nodes.Where(n => n.Name == TimerFirer.Node).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        }
#pragma warning disable CA1031 // the database may be what stopped first; the row is cleared away by the others
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.CouldNotSay(log, error);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.HeartbeatSeconds), wallClock);
        try
        {
            do
            {
                await BeatAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // asked to stop
        }
    }

    private async Task BeatAsync(CancellationToken stoppingToken)
    {
        try
        {
            await admission.EnterAsync(clock is SimulatedClock, stoppingToken);
            await SayAsync(stoppingToken);
            await using var db = await contexts.CreateDbContextAsync(stoppingToken);
            metrics.Seen(await TimerBacklog.ReadAsync(db, clock.GetUtcNow(), stoppingToken));
        }
        catch (StartRefusedException refused)
        {
            Log.Refused(log, refused);
            lifetime.StopApplication();
        }
#pragma warning disable CA1031 // a database that is away comes back
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.CouldNotSay(log, error);
        }
    }

    private async Task SayAsync(CancellationToken cancellationToken) => await writer.RunWithContextAsync(
        async (db, _) =>
        {
            var now = wallClock.GetUtcNow();
            var draining = state.IsDraining ? now : (DateTimeOffset?)null;
            var (fired, failed, lateness) = metrics.SoFar();
            if (await db.Nodes.Where(n => n.Name == TimerFirer.Node).ExecuteUpdateAsync(
                n => n.SetProperty(one => one.SeenAt, now).SetProperty(one => one.DrainingSince, one => one.DrainingSince ?? draining)
                    .SetProperty(one => one.Fired, fired).SetProperty(one => one.Failed, failed)
                    .SetProperty(one => one.LatenessMilliseconds, lateness.TotalMilliseconds),
                cancellationToken) == 0)
            {
                db.Nodes.Add(new StoredNode
                {
                    Name = TimerFirer.Node,
                    Machine = Environment.MachineName,
                    Version = Version,
                    StartedAt = _startedAt,
                    SeenAt = now,
                    DrainingSince = draining,
                    Fired = fired,
                    Failed = failed,
                    LatenessMilliseconds = lateness.TotalMilliseconds,
                });
            }

            var gone = now - Forget;
            await db.Nodes.Where(n => n.SeenAt < gone).ExecuteDeleteAsync(cancellationToken);
            await db.JobRuns.Where(r => r.State == JobRunState.Running && r.StartedAt < gone && !db.Nodes.Any(n => n.Name == r.Node) && r.Node != TimerFirer.Node)
                .ExecuteUpdateAsync(r => r.SetProperty(one => one.State, JobRunState.Interrupted).SetProperty(one => one.EndedAt, now), cancellationToken);
            return true;
        },
        cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Could not say that this node is alive; trying again")]
        public static partial void CouldNotSay(ILogger logger, Exception error);

        [LoggerMessage(2, LogLevel.Critical, "This node must not go on beside the others and ends")]
        public static partial void Refused(ILogger logger, Exception error);
    }
}

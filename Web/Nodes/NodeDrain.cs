using CaseManagement.Web.Configuration;
using CaseManagement.Web.Timers;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Nodes;

/// <summary>
/// Asked to stop: not ready any more; no timer and no message is taken; what runs is finished, what was taken and has not begun is handed back;
/// requests are answered until the load balancer has noticed. Only then does the server close.
/// </summary>
public sealed partial class NodeDrain(
    NodeState state, TimerFirer firer, OutboxDispatcher outbox, IOptions<NodeOptions> options, IHostEnvironment environment,
    [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock, ILogger<NodeDrain> log) : IHostedLifecycleService
{
    private static readonly TimeSpan LongestWork = TimeSpan.FromSeconds(20);

    /// <summary>How long the host waits for all of this and for requests that still run.</summary>
    public static TimeSpan Patience(NodeOptions options) => TimeSpan.FromSeconds(60 + (options.DrainSeconds ?? 5));

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        state.Drain();
        var noticed = TimeSpan.FromSeconds(options.Value.DrainSeconds ?? (environment.IsProduction() ? 5 : 0));
        using var work = new CancellationTokenSource(LongestWork, wallClock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, work.Token);
        var served = noticed > TimeSpan.Zero ? Task.Delay(noticed, wallClock, cancellationToken) : Task.CompletedTask;
        try
        {
            await Task.WhenAll(firer.DrainAsync(either.Token), outbox.DrainAsync(either.Token));
        }
        catch (OperationCanceledException)
        {
            Log.DidNotDrain(log);
        }

        await served;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Some timers or messages were still under way when the process had to end; their leases run out")]
        public static partial void DidNotDrain(ILogger logger);
    }
}

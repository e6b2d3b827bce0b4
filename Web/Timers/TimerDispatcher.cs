using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Timers;

/// <summary>Wakes when the next timer is due, when one was written, and at least every second. Every node runs one; there is no leader.</summary>
public sealed partial class TimerDispatcher(
    ITimerQueue queue, TimerFirer firer, TimeProvider clock, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock, IOptions<TimerOptions> options,
    ILogger<TimerDispatcher> log) : BackgroundService
{
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _poke = new(0, 1);

    public override void Dispose()
    {
        _poke.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        queue.TimersWritten += Poke;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await LookAsync(stoppingToken);
                await WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // asked to stop
        }
        finally
        {
            queue.TimersWritten -= Poke;
            await DrainAsync();
        }
    }

    /// <summary>What runs is finished, what has not begun is another node's to take at once.</summary>
    private async Task DrainAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(LongestDrain, wallClock);
            await firer.DrainAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Log.DidNotDrain(log);
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            await firer.StartDueAsync(stoppingToken);
        }
#pragma warning disable CA1031 // a database that is away comes back; the dispatcher is there when it does
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.CouldNotLook(log, error);
        }
    }

    /// <summary>Until the next one is due, one was written, or the longest wait is over, whichever comes first.</summary>
    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        var longest = TimeSpan.FromMilliseconds(options.Value.LookEveryMilliseconds);
        var wait = longest;
        if (clock is not SimulatedClock && await NextAsync(stoppingToken) is { } next)
        {
            wait = TimeSpan.FromTicks(Math.Clamp((next - clock.GetUtcNow()).Ticks, TimeSpan.TicksPerMillisecond, longest.Ticks));
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var poked = _poke.WaitAsync(either.Token);
        var first = await Task.WhenAny(poked, Task.Delay(wait, wallClock, either.Token));
        if (first == poked && options.Value.SettleMilliseconds > 0)
        {
            // commits come in crowds: what they wrote is looked at together
            await Task.Delay(TimeSpan.FromMilliseconds(options.Value.SettleMilliseconds), wallClock, stoppingToken);
        }

        await either.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
    }

    private async Task<DateTimeOffset?> NextAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await queue.NextDueAtAsync(stoppingToken);
        }
#pragma warning disable CA1031 // as above: asked again in a second
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.CouldNotLook(log, error);
            return null;
        }
    }

    private void Poke(object? sender, EventArgs arguments)
    {
        try
        {
            if (_poke.CurrentCount == 0)
            {
                _poke.Release();
            }
        }
        catch (Exception error) when (error is SemaphoreFullException or ObjectDisposedException)
        {
            // poked already, or stopping
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Error, "Could not look for due timers; trying again")]
        public static partial void CouldNotLook(ILogger logger, Exception error);

        [LoggerMessage(7, LogLevel.Warning, "Some bursts of timers were still running when the process had to end; their leases run out")]
        public static partial void DidNotDrain(ILogger logger);
    }
}

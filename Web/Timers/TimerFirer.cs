using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Timers;

/// <summary>Fires what is due. A timer that cannot be fired is tried again later and stands in nobody's way.</summary>
public sealed partial class TimerFirer(
    ITimerQueue queue, CaseRuntime cases, TimeProvider clock, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock, IOptions<TimerOptions> options,
    TimerMetrics metrics, ILogger<TimerFirer> log) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>This process, for as long as it runs.</summary>
    public static string Node { get; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";

    /// <summary>Fires everything due now, batch by batch.</summary>
    /// <returns>How many fired.</returns>
    public async Task<int> FireDueAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var fired = 0;
            while (!cancellationToken.IsCancellationRequested)
            {
                var now = wallClock.GetUtcNow();
                var lease = new Lease(Node, now, now.AddSeconds(options.Value.LeaseSeconds));
                var due = await queue.ClaimDueAsync(clock.GetUtcNow(), options.Value.Batch, lease, cancellationToken);
                if (due.Count == 0)
                {
                    return fired;
                }

                // all at once: bursts that wait together are committed together
                fired += (await Task.WhenAll(due.Select(t => FireAsync(t, cancellationToken)))).Count(f => f);
            }

            return fired;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<bool> FireAsync(ClaimedTimer claimed, CancellationToken cancellationToken)
    {
        try
        {
            var fired = await cases.FireAsync(claimed.Timer.Id, cancellationToken);
            metrics.Fired(clock.GetUtcNow() - claimed.Timer.DueAt);
            return fired;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
#pragma warning disable CA1031 // whatever the reason, one poisoned timer must not stop the others; the reason is kept with it
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.Failed(log, claimed.Timer.Id, claimed.Attempts + 1, error);
            metrics.Failed();
            await queue.FailedAsync(claimed.Timer.Id, Node, error.Message, clock.GetUtcNow() + Backoff.After(claimed.Attempts + 1), cancellationToken);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Timer {Timer} failed at attempt {Attempt}")]
        public static partial void Failed(ILogger logger, Guid timer, int attempt, Exception error);
    }
}

using CaseManagement.Web.Configuration;

namespace CaseManagement.Web.Auditing;

/// <summary>Asks every few seconds whether an anchor is due, and stores who looked at what. Every node asks; the database lets one write.</summary>
public sealed partial class AnchorService(
    Anchoring anchoring, AnchorSinks sinks, ReadLog reads, AuditMetrics metrics, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock, ILogger<AnchorService> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private readonly Lock _ending = new();
    private Task? _ended;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, wallClock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryAsync(stoppingToken);
        }
    }

    /// <summary>Anchors a last time. Whoever stops the host a second time waits for the same: nothing is written once it has ended.</summary>
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
        await TryAsync(cancellationToken);
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await reads.FlushAsync(cancellationToken);
            if (await anchoring.RunWhenDueAsync(cancellationToken) is > 0 and var written)
            {
                metrics.Anchored(written);
            }

            await sinks.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the node ends; the next anchor is another's
        }
        catch (ObjectDisposedException) when (_ended is not null)
        {
            // what it needs has ended before it
        }
#pragma warning disable CA1031 // the next try is the remedy; meanwhile it is said and counted
        catch (Exception failed)
#pragma warning restore CA1031
        {
            metrics.AnchorFailed();
            Log.NotAnchored(log, failed);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The audit could not be anchored or a place outside could not be told")]
        public static partial void NotAnchored(ILogger logger, Exception error);
    }
}

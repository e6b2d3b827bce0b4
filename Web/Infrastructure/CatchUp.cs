using CaseManagement.Web.Persistence;

namespace CaseManagement.Web.Infrastructure;

/// <summary>
/// Brings what was stored before this version up to what it keeps, while the product serves already, and ends when there is nothing left. What fails the next start
/// goes on with.
/// </summary>
internal abstract class CatchUp(IHostApplicationLifetime life) : BackgroundService
{
    /// <summary>Catches up.</summary>
    /// <returns>How many were written; 0 also where it was done before.</returns>
    public abstract Task<int> RunAsync(CancellationToken cancellationToken);

    /// <summary>Says in the log that so many were written.</summary>
    protected abstract void Tell(int written);

    /// <summary>Says in the log that it goes on with the next start.</summary>
    protected abstract void Tell(Exception failure);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = life.ApplicationStarted.Register(started.SetResult);
            await started.Task.WaitAsync(stoppingToken);
            if (await RunAsync(stoppingToken) is > 0 and var written)
            {
                Tell(written);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the next start goes on
        }
        catch (Exception failure) when (failure is StoreFailedException or StoreBusyException or System.Data.Common.DbException)
        {
            Tell(failure);
        }
    }
}

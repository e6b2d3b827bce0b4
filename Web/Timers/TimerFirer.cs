using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Timers;

/// <summary>
/// Fires what is due. A timer that cannot be fired is tried again later, and after some tries parked; it stands in nobody's way. Timers of
/// one case follow each other, so that a case that is slow or locked takes up one place however many timers it has. Clocks of several cases
/// that are due together are fired together, in one commit; where that fails, each case by itself.
/// </summary>
public sealed partial class TimerFirer : IDisposable
{
    private readonly ITimerQueue _queue;
    private readonly CaseRuntime _cases;
    private readonly TimeProvider _clock;
    private readonly TimeProvider _wallClock;
    private readonly TimerOptions _options;
    private readonly TimerMetrics _metrics;
    private readonly ILogger<TimerFirer> _log;
    private readonly Dictionary<string, ITimedWork> _work;

    // one takes what is due, so that what is taken first is started first
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SemaphoreSlim _places;
    private readonly SemaphoreSlim _crowds;
    private readonly CancellationTokenSource _draining = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource? _changed;
    private int _taken;

    public TimerFirer(
        ITimerQueue queue, CaseRuntime cases, TimeProvider clock, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock,
        IOptions<TimerOptions> options, IOptions<StorageOptions> storage, TimerMetrics metrics, ILogger<TimerFirer> log, IEnumerable<ITimedWork> work)
    {
        _work = work.ToDictionary(w => w.Kind, StringComparer.Ordinal);
        (_queue, _cases, _clock, _wallClock, _options, _metrics, _log) = (queue, cases, clock, wallClock, options.Value, metrics, log);
        var parallel = _options.Parallel > 0 ? _options.Parallel : storage.Value.Provider switch
        {
            StorageOptions.Sqlite => _options.Batch,
            StorageOptions.SqlServer => Math.Max(1, storage.Value.BurstConnections / 2),
            _ => TimerOptions.ParallelOnServer,
        };
        _places = new SemaphoreSlim(parallel, parallel);
        var crowds = Math.Min(parallel, TimerOptions.CrowdsAtOnce);
        _crowds = new SemaphoreSlim(crowds, crowds);
    }

    /// <summary>This process, for as long as it runs.</summary>
    public static string Node { get; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";

    /// <summary>Fires everything due now, and what that makes due; answers when all of it is done.</summary>
    /// <returns>How many fired.</returns>
    public async Task<int> FireDueAsync(CancellationToken cancellationToken)
    {
        var fired = 0;
        while (true)
        {
            var started = new List<Task<int>>();
            await StartDueAsync(started.Add, cancellationToken);
            fired += (await Task.WhenAll(started)).Sum();

            // what the dispatcher has begun meanwhile may make more due
            if (!await BecomeIdleAsync(cancellationToken) && started.Count == 0)
            {
                return fired;
            }
        }
    }

    /// <summary>Takes everything due now and begins to fire it; waits only while <see cref="TimerOptions.Batch"/> are taken already.</summary>
    public Task StartDueAsync(CancellationToken cancellationToken) => StartDueAsync(static _ => { }, cancellationToken);

    /// <summary>Takes no more, finishes what runs, and hands back what was taken and has not begun.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        await _draining.CancelAsync();
        await BecomeIdleAsync(cancellationToken);
    }

    public void Dispose()
    {
        _turn.Dispose();
        _places.Dispose();
        _crowds.Dispose();
        _draining.Dispose();
    }

    private async Task StartDueAsync(Action<Task<int>> onStarted, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (!_draining.IsCancellationRequested)
            {
                var room = await RoomAsync(cancellationToken);
                var now = _wallClock.GetUtcNow();
                var lease = new Lease(Node, now, now.AddSeconds(_options.LeaseSeconds));
                var due = await _queue.ClaimDueAsync(_clock.GetUtcNow(), room, lease, cancellationToken);
                Change(due.Count);
                var subjects = due.GroupBy(SubjectOf).Select(timers => timers.ToArray()).ToLookup(timers => Array.TrueForAll(timers, IsOfClock));
                foreach (var crowd in subjects[true].Chunk(_options.Together))
                {
                    onStarted(FireTogetherAsync(crowd));
                }

                foreach (var timers in subjects[false])
                {
                    onStarted(FireAllAsync(timers));
                }

                if (due.Count < room)
                {
                    return;
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Waits until nothing that was taken is left.</summary>
    /// <returns>Whether anything was.</returns>
    private async Task<bool> BecomeIdleAsync(CancellationToken cancellationToken)
    {
        for (var waited = false; ; waited = true)
        {
            Task changed;
            lock (_lock)
            {
                if (_taken == 0)
                {
                    return waited;
                }

                changed = (_changed ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits until half of the places are free: taking them one by one would cost a look at the database each.</summary>
    private async Task<int> RoomAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_taken <= _options.Batch / 2)
                {
                    return _options.Batch - _taken;
                }

                changed = (_changed ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private void Change(int by)
    {
        TaskCompletionSource? changed;
        lock (_lock)
        {
            _taken += by;
            (changed, _changed) = (_changed, null);
        }

        changed?.SetResult();
    }

    /// <summary>The case or instance it wakes.</summary>
    private static string SubjectOf(ClaimedTimer claimed) =>
        claimed.Timer.InstanceId?.ToString() ?? (IsOfClock(claimed) ? claimed.Timer.Payload : null) ?? claimed.Timer.Id.ToString();

    private static bool IsOfClock(ClaimedTimer claimed) => claimed.Timer.Kind == CaseTimers.Clock;

    /// <param name="cases">The timers of each case.</param>
    private async Task<int> FireTogetherAsync(ClaimedTimer[][] cases)
    {
        if (cases.Length > 1 && await TryFireTogetherAsync([.. cases.SelectMany(timers => timers)]) is { } fired)
        {
            return fired;
        }

        return (await Task.WhenAll(cases.Select(FireAllAsync))).Sum();
    }

    /// <returns>How many fired; null: nothing came of it, and they are still to be fired.</returns>
    private async Task<int?> TryFireTogetherAsync(ClaimedTimer[] timers)
    {
        await _crowds.WaitAsync(CancellationToken.None);
        try
        {
            if (_draining.IsCancellationRequested)
            {
                return null;
            }

            var begun = _wallClock.GetTimestamp();
            var fired = await _cases.FireClocksAsync([.. timers.Select(t => t.Timer)], CancellationToken.None);
            var (now, took) = (_clock.GetUtcNow(), _wallClock.GetElapsedTime(begun));
            foreach (var timer in timers.Where(t => fired.Contains(t.Timer.Id)))
            {
                _metrics.Fired(now - timer.Timer.DueAt, took);
            }

            Change(-timers.Length);
            return fired.Count;
        }
#pragma warning disable CA1031 // whose fault it was shows when each is fired by itself
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.NotTogether(_log, timers.Length, error);
            return null;
        }
        finally
        {
            _crowds.Release();
        }
    }

    private async Task<int> FireAllAsync(ClaimedTimer[] together)
    {
        var fired = 0;
        try
        {
            await _places.WaitAsync(CancellationToken.None);
            try
            {
                foreach (var timer in together)
                {
                    fired += await FireAsync(timer) ? 1 : 0;
                }
            }
            finally
            {
                _places.Release();
            }
        }
        finally
        {
            Change(-together.Length);
        }

        return fired;
    }

    private async Task<bool> FireAsync(ClaimedTimer claimed)
    {
        try
        {
            if (_draining.IsCancellationRequested)
            {
                await _queue.ReleaseAsync(claimed.Timer.Id, Node, CancellationToken.None);
                return false;
            }

            var begun = _wallClock.GetTimestamp();
            var fired = _work.TryGetValue(claimed.Timer.Kind, out var work)
                ? await work.FireAsync(claimed.Timer.Id, CancellationToken.None)
                : await _cases.FireAsync(claimed.Timer.Id, CancellationToken.None);
            if (fired)
            {
                _metrics.Fired(_clock.GetUtcNow() - claimed.Timer.DueAt, _wallClock.GetElapsedTime(begun));
            }

            return fired;
        }
#pragma warning disable CA1031 // whatever the reason, one poisoned timer must not stop the others; the reason is kept with it
        catch (Exception error)
#pragma warning restore CA1031
        {
            await FailAsync(claimed, error);
            return false;
        }
    }

    private async Task FailAsync(ClaimedTimer claimed, Exception error)
    {
        var attempt = claimed.Attempts + 1;

        // a store that is too busy says nothing about the timer
        var givenUp = attempt >= _options.MaxAttempts && error is not StoreBusyException;
        try
        {
            var retryAt = givenUp ? ParkedTimers.Until : _clock.GetUtcNow() + Backoff.After(attempt);
            await _queue.FailedAsync(claimed.Timer.Id, Node, error.Message, retryAt, CancellationToken.None);
        }
#pragma warning disable CA1031 // the database is away: the lease runs out, and whoever sees the database again takes the timer
        catch (Exception away)
#pragma warning restore CA1031
        {
            Log.Away(_log, claimed.Timer.Id, away);
            return;
        }

        _metrics.Failed(givenUp);
        if (givenUp)
        {
            Log.GivenUp(_log, claimed.Timer.Id, attempt, error);
        }
        else
        {
            Log.Failed(_log, claimed.Timer.Id, attempt, error);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Timer {Timer} failed at attempt {Attempt}")]
        public static partial void Failed(ILogger logger, Guid timer, int attempt, Exception error);

        [LoggerMessage(5, LogLevel.Critical, "Timer {Timer} is given up after attempt {Attempt} until an operator decides")]
        public static partial void GivenUp(ILogger logger, Guid timer, int attempt, Exception error);

        [LoggerMessage(8, LogLevel.Warning, "{Count} timers could not be fired together and are fired one by one")]
        public static partial void NotTogether(ILogger logger, int count, Exception error);

        [LoggerMessage(6, LogLevel.Warning, "Timer {Timer} was not fired because the database is away")]
        public static partial void Away(ILogger logger, Guid timer, Exception error);
    }
}

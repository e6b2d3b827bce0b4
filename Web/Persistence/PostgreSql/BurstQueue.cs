namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>
/// Lets so many groups of bursts run at once. A burst that finds one free runs at once and alone; those that come meanwhile wait, and
/// the next group takes all that wait.
/// </summary>
/// <param name="most">So many groups at once; 1 or more.</param>
/// <param name="maxWaiting">More bursts than this may not wait; 1 or more.</param>
/// <param name="run">Runs a group and answers its callers; throws nothing.</param>
internal sealed class BurstQueue(int most, int maxWaiting, Func<IReadOnlyList<WaitingBurst>, Task> run)
{
    /// <summary>More bursts are not put into one group: each waits for all.</summary>
    private const int MaxGroup = 16;

    private readonly Lock _gate = new();
    private readonly Queue<WaitingBurst> _waiting = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private bool _isClosed;

    /// <summary>Runs a burst when its turn comes.</summary>
    /// <exception cref="StoreBusyException">Too many wait.</exception>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public Task EnterAsync(WaitingBurst burst, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_running == most)
            {
                if (_waiting.Count >= maxWaiting)
                {
                    throw new StoreBusyException($"{maxWaiting} bursts wait already.");
                }

                _waiting.Enqueue(burst);
                burst.DropOn(cancellationToken);
                return Task.CompletedTask;
            }

            _running++;
        }

        return RunFirstAsync(burst);
    }

    /// <summary>Takes no more, and ends when those that wait have run. Once is enough.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            if (_running == 0)
            {
                _ended.TrySetResult();
            }
        }

        return _ended.Task;
    }

    /// <summary>The lone caller runs its own burst; whoever came meanwhile is not its business.</summary>
    private async Task RunFirstAsync(WaitingBurst burst)
    {
        burst.TryBegin();
        await run([burst]);
        if (Next() is { } next)
        {
            using (ExecutionContext.SuppressFlow())
            {
                _ = Task.Run(() => RunOnAsync(next));
            }
        }
    }

    private async Task RunOnAsync(List<WaitingBurst> group)
    {
        for (var next = group; next is not null; next = Next())
        {
            await run(next);
        }
    }

    private List<WaitingBurst>? Next()
    {
        lock (_gate)
        {
            var next = new List<WaitingBurst>();
            while (next.Count < MaxGroup && _waiting.TryDequeue(out var burst))
            {
                if (burst.TryBegin())
                {
                    next.Add(burst);
                }
            }

            if (next.Count > 0)
            {
                return next;
            }

            if (--_running == 0 && _isClosed)
            {
                _ended.TrySetResult();
            }

            return null;
        }
    }
}

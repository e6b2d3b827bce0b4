namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>Work that waits for its turn at the writer, and its caller.</summary>
internal abstract class QueuedBurst
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Dropped = 2;

    private int _state = Waiting;
    private CancellationTokenRegistration _cancellation;

    /// <summary>Commits by itself, with a transaction a context can take part in.</summary>
    public bool IsShared { get; protected init; }

    /// <summary>True for as long as the work runs: bursts begun from inside would wait for themselves.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>A caller who gives up while it waits takes it out of the queue.</summary>
    public void DropOn(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _cancellation = cancellationToken.UnsafeRegister(
                static (burst, token) => ((QueuedBurst)burst!).Drop(token), this);
        }
    }

    /// <returns>False: its caller has given up.</returns>
    public bool TryBegin()
    {
        _cancellation.Dispose();
        return Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;
    }

    /// <summary>Runs the work once. An exception of it leaves this method.</summary>
    /// <param name="session">The writer's connection.</param>
    /// <param name="current">Tells the work, and what it begins, in which burst it runs.</param>
    public async ValueTask RunAsync(WriterSession session, AsyncLocal<QueuedBurst?> current)
    {
        IsRunning = true;
        try
        {
            await RunCoreAsync(session, current);
        }
        finally
        {
            IsRunning = false;
        }
    }

    /// <summary>The work has failed for itself; the others of its group have not.</summary>
    public abstract void Refuse(Exception failure);

    /// <summary>Tells the caller how it went, after the commit.</summary>
    public abstract void Answer();

    /// <summary>Nothing of the group was kept.</summary>
    public abstract void Lose(Exception failure);

    protected abstract ValueTask RunCoreAsync(WriterSession session, AsyncLocal<QueuedBurst?> current);

    protected abstract void Cancel(CancellationToken cancellationToken);

    private void Drop(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, Dropped, Waiting) == Waiting)
        {
            Cancel(cancellationToken);
        }
    }
}

/// <inheritdoc/>
internal sealed class QueuedBurst<T> : QueuedBurst
{
    private readonly Func<WriterSession, ValueTask<T>> _work;
    private readonly TaskCompletionSource<T> _caller = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // the work runs on the writer's thread and belongs to its caller: the audit asks in whose request it runs
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private Exception? _failure;
    private T _result = default!;

    public QueuedBurst(Func<WriterSession, ValueTask<T>> work, bool shared)
    {
        _work = work;
        IsShared = shared;
    }

    public Task<T> Answered => _caller.Task;

    public override void Refuse(Exception failure) => _failure = failure;

    public override void Answer()
    {
        if (_failure is OperationCanceledException cancelled)
        {
            _caller.TrySetCanceled(cancelled.CancellationToken);
        }
        else if (_failure is not null)
        {
            _caller.TrySetException(_failure);
        }
        else
        {
            _caller.TrySetResult(_result);
        }
    }

    public override void Lose(Exception failure) => _caller.TrySetException(failure);

    protected override async ValueTask RunCoreAsync(WriterSession session, AsyncLocal<QueuedBurst?> current) => _result = await Begin(session, current);

    protected override void Cancel(CancellationToken cancellationToken) => _caller.TrySetCanceled(cancellationToken);

    private ValueTask<T> Begin(WriterSession session, AsyncLocal<QueuedBurst?> current)
    {
        ValueTask<T> begun = default;
        if (_context is null)
        {
            Work(null);
        }
        else
        {
            ExecutionContext.Run(_context, Work, null);
        }

        return begun;

        void Work(object? state)
        {
            current.Value = this;
            begun = _work(session);
        }
    }
}

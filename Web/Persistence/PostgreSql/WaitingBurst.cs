using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>A burst and its caller, who waits for its commit.</summary>
internal abstract class WaitingBurst
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Dropped = 2;

    private int _state = Waiting;
    private CancellationTokenRegistration _cancellation;

    /// <summary>Its last run ended in an exception.</summary>
    public abstract bool HasFailed { get; }

    /// <summary>It met another burst of its group; whatever its run made of that does not count.</summary>
    public bool MustRunAlone { get; set; }

    /// <summary>A caller who gives up while it waits takes it out of the queue.</summary>
    public void DropOn(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _cancellation = cancellationToken.UnsafeRegister(
                static (burst, token) => ((WaitingBurst)burst!).Drop(token), this);
        }
    }

    /// <returns>False: its caller has given up.</returns>
    public bool TryBegin()
    {
        _cancellation.Dispose();
        return Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;
    }

    /// <summary>Runs it once and keeps what comes of it, a result or an exception.</summary>
    public abstract ValueTask RunAsync(ICaseTransaction transaction);

    /// <summary>Throws what its last run ended in.</summary>
    public abstract void ThrowIfFailed();

    /// <summary>Tells the caller what its last run came to, after the commit.</summary>
    public abstract void Answer();

    /// <summary>Tells the caller that nothing was kept.</summary>
    public abstract void Lose(Exception failure);

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
internal sealed class WaitingBurst<T>(Func<ICaseTransaction, ValueTask<T>> burst) : WaitingBurst
{
    private readonly TaskCompletionSource<T> _caller = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private System.Runtime.ExceptionServices.ExceptionDispatchInfo? _failure;
    private T _result = default!;

    public Task<T> Answered => _caller.Task;

    public override bool HasFailed => _failure is not null;

    public override async ValueTask RunAsync(ICaseTransaction transaction)
    {
        _failure = null;
        try
        {
            _result = await burst(transaction);
        }
#pragma warning disable CA1031 // it is the caller's, who is told
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _failure = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(failure);
        }
    }

    public override void ThrowIfFailed() => _failure?.Throw();

    public override void Answer()
    {
        if (_failure is { } failure)
        {
            Lose(failure.SourceException);
        }
        else
        {
            _caller.TrySetResult(_result);
        }
    }

    public override void Lose(Exception failure)
    {
        if (failure is OperationCanceledException cancelled)
        {
            _caller.TrySetCanceled(cancelled.CancellationToken);
        }
        else
        {
            _caller.TrySetException(failure);
        }
    }

    protected override void Cancel(CancellationToken cancellationToken) => _caller.TrySetCanceled(cancellationToken);
}

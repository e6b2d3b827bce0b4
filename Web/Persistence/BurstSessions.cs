using System.Collections.Concurrent;
using System.Data.Common;

namespace CaseManagement.Web.Persistence;

/// <summary>A connection bursts run on, one after the other.</summary>
internal interface IBurstSession : IAsyncDisposable
{
    /// <summary>False: the connection is of no more use.</summary>
    bool IsSound { get; }
}

/// <summary>The connections bursts run on: so many at most, dealt out to those who wait in the order they came.</summary>
/// <param name="open">Opens one.</param>
/// <param name="most">So many at once; 1 or more.</param>
/// <param name="maxWaiting">More than this may not wait; 1 or more.</param>
internal sealed class BurstSessions<TSession>(Func<CancellationToken, Task<TSession>> open, int most, int maxWaiting) : IAsyncDisposable
    where TSession : class, IBurstSession
{
    private readonly SemaphoreSlim _free = new(most, most);

    // Those used last come first: few who are busy rather than many who are cold.
    private readonly ConcurrentStack<TSession> _idle = new();
    private int _waiting;
    private bool _isClosed;

    /// <exception cref="StoreBusyException">Too many wait.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up while waiting.</exception>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    /// <exception cref="DbException">There is no connection to be had.</exception>
    public async ValueTask<TSession> TakeAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isClosed), this);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_free.Wait(0, CancellationToken.None))
        {
            await WaitAsync(cancellationToken);
        }

        if (_idle.TryPop(out var idle))
        {
            return idle;
        }

        try
        {
            return await open(cancellationToken);
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    public async ValueTask ReturnAsync(TSession session)
    {
        try
        {
            if (session.IsSound)
            {
                _idle.Push(session);
            }
            else
            {
                await session.DisposeAsync();
            }
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Deals out no more, waits for those that are out, and closes them. Once is enough.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, true))
        {
            return;
        }

        for (var taken = 0; taken < most; taken++)
        {
            await _free.WaitAsync(CancellationToken.None);
        }

        while (_idle.TryPop(out var session))
        {
            await session.DisposeAsync();
        }
    }

    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > maxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new StoreBusyException($"{maxWaiting} bursts wait already.");
        }

        try
        {
            await _free.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}

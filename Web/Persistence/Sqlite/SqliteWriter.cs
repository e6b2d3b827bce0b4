using System.Threading.Channels;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.Data.Sqlite;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>
/// The one who writes: takes the bursts that wait, in the order they came, runs them one after the other in one transaction, each
/// inside a savepoint of its own, and answers their callers after the commit. A burst sees what the earlier ones of its group did,
/// so bursts of this process never race; the file's lock keeps other processes out until the commit.
/// </summary>
internal sealed partial class SqliteWriter : IAsyncDisposable
{
    /// <summary>At most so many bursts share a commit.</summary>
    private const int MaxGroup = 64;

    /// <summary>At most so many runs of one burst that lost a race.</summary>
    private const int MaxRuns = 10;

    private readonly string _connectionString;
    private readonly ILogger _logger;
    private readonly Action<SqliteTables> _committed;
    private readonly int _maxWaiting;
    private readonly Channel<QueuedBurst> _waiting;
    private readonly AsyncLocal<QueuedBurst?> _current = new();
    private readonly Task _loop;
    private WriterSession? _session;
    private volatile bool _isClosed;

    /// <param name="connectionString">The file, which must be migrated before the first burst.</param>
    /// <param name="maxWaiting">More bursts than this may not wait; 1 or more.</param>
    /// <param name="committed">Called after each commit, before its callers are answered.</param>
    /// <param name="logger">Hears of failed commits.</param>
    public SqliteWriter(string connectionString, int maxWaiting, Action<SqliteTables> committed, ILogger logger)
    {
        _connectionString = connectionString;
        _maxWaiting = maxWaiting;
        _logger = logger;
        _committed = committed;
        _waiting = Channel.CreateBounded<QueuedBurst>(new BoundedChannelOptions(maxWaiting)
        {
            SingleReader = true,
            AllowSynchronousContinuations = false,
        });

        // The loop outlives whoever happens to need the store first, and must not run in their context.
        using (ExecutionContext.SuppressFlow())
        {
            _loop = Task.Run(DrainAsync);
        }
    }

    /// <summary>Runs the work in its turn and answers after the commit.</summary>
    /// <param name="work">What to do; run again from scratch when it lost a race. It must not wait for anything but this store.</param>
    /// <param name="shared">The work needs <see cref="WriterSession.Shared"/>; it commits alone.</param>
    /// <param name="cancellationToken">Drops the work while it waits; once begun it is finished.</param>
    public Task<T> RunAsync<T>(Func<WriterSession, ValueTask<T>> work, bool shared, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (_current.Value is { IsRunning: true })
        {
            throw new InvalidOperationException("A burst must not begin another one: it would wait for itself.");
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        var burst = new QueuedBurst<T>(work, shared);
        burst.DropOn(cancellationToken);
        if (!_waiting.Writer.TryWrite(burst))
        {
            burst.TryBegin();
            ObjectDisposedException.ThrowIf(_isClosed, this);
            throw new StoreBusyException($"{_maxWaiting} bursts wait already.");
        }

        return burst.Answered;
    }

    /// <summary>Takes no more, finishes what waits, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        _waiting.Writer.TryComplete();
        await _loop;
    }

    private async Task DrainAsync()
    {
        var group = new List<QueuedBurst>(MaxGroup);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (Take(group))
            {
                await CommitAsync(group);
            }
        }

        CloseSession();
    }

    /// <summary>
    /// The next bursts that may share a commit. One with a context stays alone: those after it may look up configuration through
    /// another connection, which must show them what it changed.
    /// </summary>
    private bool Take(List<QueuedBurst> group)
    {
        group.Clear();
        while (group.Count < MaxGroup && _waiting.Reader.TryPeek(out var next) && (group.Count == 0 || !next.IsShared))
        {
            _waiting.Reader.TryRead(out _);
            if (next.TryBegin())
            {
                group.Add(next);
                if (next.IsShared)
                {
                    break;
                }
            }
        }

        return group.Count > 0;
    }

    private async Task CommitAsync(List<QueuedBurst> group)
    {
        try
        {
            _session ??= WriterSession.Open(_connectionString);
            _session.Begin(group[0].IsShared);
            foreach (var burst in group)
            {
                await RunAsync(_session, burst);
            }

            _session.Commit();
        }
        catch (Exception failure) // whatever it was, the next group has its turn
        {
            Lose(group, failure);
            return;
        }

        StoreMetrics.Committed(group.Count);
        Announce(_session.Tables);
        foreach (var burst in group)
        {
            burst.Answer();
        }
    }

    private async ValueTask RunAsync(WriterSession session, QueuedBurst burst)
    {
        for (var run = 1; ; run++)
        {
            session.BeginBurst();
            try
            {
                await burst.RunAsync(session, _current);
            }
            catch (LostRaceException) when (run < MaxRuns && session.IsInTransaction)
            {
                session.UndoBurst();
                continue;
            }
            catch (Exception failure) when (session.IsInTransaction) // it is the caller's, whatever it is
            {
                session.UndoBurst();
                burst.Refuse(failure);
                return;
            }

            session.KeepBurst();
            return;
        }
    }

    private void Announce(SqliteTables tables)
    {
        try
        {
            _committed(tables);
        }
        catch (Exception failure) // a listener's fault is not the callers', whose work is kept
        {
            LogListener(failure);
        }
    }

    private void Lose(List<QueuedBurst> group, Exception failure)
    {
        CloseSession();
        var isBusy = failure is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED };
        LogLost(failure, group.Count);
        foreach (var burst in group)
        {
            burst.Lose(isBusy
                ? new StoreBusyException("Another process holds the database; nothing was changed.", failure)
                : new StoreFailedException("The database could not write; nothing was changed.", failure));
        }
    }

    /// <summary>A connection that failed once may be unwell: the next group opens another.</summary>
    private void CloseSession()
    {
        try
        {
            _session?.Dispose();
        }
        catch (SqliteException failure)
        {
            LogClose(failure);
        }

        _session = null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The writer's connection could not be closed")]
    private partial void LogClose(Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "A listener failed after a commit")]
    private partial void LogListener(Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} bursts were lost: the database could not write")]
    private partial void LogLost(Exception failure, int count);
}

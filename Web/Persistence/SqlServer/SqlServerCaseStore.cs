using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>
/// Cases and instances in a SQL Server database, which any number of processes may use at once. Each burst is a transaction of its
/// own; a waiting caller may give up, a burst that has begun is finished. Disposing finishes what waits.
/// </summary>
/// <remarks>
/// Any call fails with <see cref="StoreBusyException"/> when too much work waits or another holds what it needs for too long, and
/// with <see cref="StoreFailedException"/> when the database fails; in both cases nothing was changed, unless the connection broke
/// just while a commit was under way: then nobody can say, and a request with an idempotency key may be sent again.
/// </remarks>
public sealed partial class SqlServerCaseStore : ICaseStore, IBurstStore, ITimerQueue, IOutbox, IConfigurationWriter, IAsyncDisposable
{
    /// <summary>At most so many runs of one burst that lost a race.</summary>
    private const int MaxRuns = 10;

    /// <summary>At most so many times a burst waits for a change of the configuration, each as long as for any lock.</summary>
    private const int MaxConfigurationWaits = 6;

    private readonly BurstSessions<SqlServerSession> _sessions;
    private readonly ILogger _logger;

    // What runs now in this flow of control, so that a burst inside a burst is refused: it could wait for itself.
    private readonly AsyncLocal<Running?> _current = new();

    /// <param name="connectionString">The database, brought up to date before the first burst.</param>
    /// <param name="connections">So many bursts run at once; 1 or more.</param>
    /// <param name="maxWaiting">More bursts than this may not wait; 1 or more.</param>
    /// <param name="logger">Hears of failures.</param>
    /// <exception cref="InvalidOperationException">The connection string does not name a server and a database.</exception>
    public SqlServerCaseStore(string? connectionString, int connections, int maxWaiting, ILogger<SqlServerCaseStore> logger)
    {
        var kept = SqlServerConnections.ForKeeping(connectionString).ToString();
        _sessions = new BurstSessions<SqlServerSession>(cancellationToken => SqlServerSession.OpenAsync(kept, cancellationToken), connections, maxWaiting);
        _logger = logger;
    }

    public event EventHandler? TimersWritten;

    public event EventHandler? MessagesWritten;

    public ValueTask<T> RunAsync<T>(Func<ICaseTransaction, ValueTask<T>> burst, CancellationToken cancellationToken) =>
        OnSessionAsync(session => RunAloneAsync(session, burst), cancellationToken);

    ValueTask<T> IBurstStore.RunAsync<T>(Func<IBurstTransaction, ValueTask<T>> burst, CancellationToken cancellationToken) =>
        RunAsync<T>(burst, cancellationToken);

    public ValueTask<T> RunWithContextAsync<T>(
        Func<CaseManagementDbContext, ICaseTransaction, ValueTask<T>> change, CancellationToken cancellationToken) =>
        OnSessionAsync(session => RunSharedAsync(session, change), cancellationToken);

    public ValueTask<IReadOnlyList<ClaimedTimer>> ClaimDueAsync(
        DateTimeOffset now, int limit, Lease lease, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return OnTablesAsync<IReadOnlyList<ClaimedTimer>>(
            async tables => await tables.Timers.ClaimAsync(now, limit, lease), cancellationToken);
    }

    public ValueTask<DateTimeOffset?> NextDueAtAsync(CancellationToken cancellationToken) => OnTablesAsync(
        async tables => (await tables.Timers.NextDueAsync()).Min(s => (DateTimeOffset?)s.At), cancellationToken);

    public ValueTask ReleaseAsync(Guid id, string node, CancellationToken cancellationToken) =>
        WriteAsync(tables => tables.Timers.Release(id, node), cancellationToken);

    ValueTask ITimerQueue.FailedAsync(
        Guid id, string node, string reason, DateTimeOffset retryAt, CancellationToken cancellationToken) =>
        WriteAsync(tables => tables.Timers.Fail(id, node, Short(reason), retryAt), cancellationToken);

    public ValueTask<IReadOnlyList<MessageRow>> ClaimPendingAsync(
        DateTimeOffset now, int limit, Lease lease, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return OnSessionAsync<IReadOnlyList<MessageRow>>(
            async session =>
            {
                var due = session.Tables.Messages.Claim(now, limit, lease);
                await session.RunAsync();
                return [.. due.Rows.OrderBy(m => m.NextAttemptAt)];
            },
            cancellationToken);
    }

    public ValueTask DeliveredAsync(Guid id, string node, CancellationToken cancellationToken) =>
        WriteAsync(tables => tables.Messages.EndAttempt(id, node, MessageStates.Delivered, null, null), cancellationToken);

    ValueTask IOutbox.FailedAsync(
        Guid id, string node, string reason, DateTimeOffset? retryAt, CancellationToken cancellationToken)
    {
        var state = retryAt is null ? MessageStates.Parked : MessageStates.Pending;
        return WriteAsync(tables => tables.Messages.EndAttempt(id, node, state, retryAt, Short(reason)), cancellationToken);
    }

    public ValueTask DisposeAsync() => _sessions.DisposeAsync();

    private static async ValueTask<T> RunAloneAsync<T>(SqlServerSession session, Func<ICaseTransaction, ValueTask<T>> burst)
    {
        var transaction = new SqlServerCaseTransaction(session, isShared: false);
        try
        {
            var result = await burst(transaction);
            if (session.Failure is { } failure)
            {
                throw failure; // whatever the burst made of it, nothing of it is kept
            }

            await session.CommitAsync();
            StoreMetrics.Committed(1);
            return result;
        }
        finally
        {
            transaction.End();
        }
    }

    private static async ValueTask<T> RunSharedAsync<T>(
        SqlServerSession session, Func<CaseManagementDbContext, ICaseTransaction, ValueTask<T>> change)
    {
        var shared = await session.BeginSharedAsync();
        session.Lock(new Statement(ApplicationLocks.ChangeConfigurationSql));
        await session.RunAsync();
        var transaction = new SqlServerCaseTransaction(session, isShared: true);
        try
        {
            var options = new DbContextOptionsBuilder<SqlServerCaseManagementDbContext>();
            options.UseSqlServerStore(session.Connection);
            await using var context = new SqlServerCaseManagementDbContext(options.Options);
            await context.Database.UseTransactionAsync(shared, CancellationToken.None);
            var result = await change(context, transaction);
            await context.SaveChangesAsync(CancellationToken.None);
            await session.CommitAsync();
            StoreMetrics.Committed(1);
            return result;
        }
        finally
        {
            transaction.End();
        }
    }

    private ValueTask<T> OnTablesAsync<T>(Func<SqlServerTables, ValueTask<T>> work, CancellationToken cancellationToken) =>
        OnSessionAsync(session => work(session.Tables), cancellationToken);

    private async ValueTask WriteAsync(Action<SqlServerTables> write, CancellationToken cancellationToken) =>
        await OnSessionAsync(
            async session =>
            {
                write(session.Tables);
                await session.RunAsync();
                return true;
            },
            cancellationToken);

    private async ValueTask<T> OnSessionAsync<T>(Func<SqlServerSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        ThrowIfInside();
        var session = await TakeAsync(cancellationToken);
        var running = new Running { IsRunning = true };
        _current.Value = running;
        try
        {
            var result = await RunUntilSettledAsync(session, work);
            Announce(session.Tables);
            return result;
        }
        finally
        {
            running.IsRunning = false;
            _current.Value = null;
            await _sessions.ReturnAsync(session);
        }
    }

    private void ThrowIfInside()
    {
        if (_current.Value is { IsRunning: true })
        {
            throw new InvalidOperationException("A burst must not begin another one: it could wait for itself.");
        }
    }

    private async ValueTask<T> RunUntilSettledAsync<T>(SqlServerSession session, Func<SqlServerSession, ValueTask<T>> work)
    {
        for (var run = 1; ; run++)
        {
            session.Ready();
            try
            {
                return await work(session);
            }
            catch (Exception failure) // whatever it was, nothing of this run is kept
            {
                await session.UndoAsync();
                switch (StoreErrors.Of(session.Failure ?? failure))
                {
                    // a change of the configuration counts open cases again and may take longer than others' locks do
                    case StoreBusyException when run < MaxConfigurationWaits && session.IsSound && StoreErrors.WaitedForConfiguration(session.Failure):
                        continue;
                    case LostRaceException when run < MaxRuns && session.IsSound:
                        continue;
                    case var told when told == failure:
                        throw;
                    case StoreFailedException told:
                        LogFailed(failure);
                        throw told;
                    case var told:
                        throw told;
                }
            }
        }
    }

    private async ValueTask<SqlServerSession> TakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _sessions.TakeAsync(cancellationToken);
        }
        catch (SqlException failure)
        {
            LogFailed(failure);
            throw StoreErrors.Of(failure);
        }
    }

    private void Announce(SqlServerTables tables)
    {
        try
        {
            if (tables.Timers.HasWritten)
            {
                TimersWritten?.Invoke(this, EventArgs.Empty);
            }

            if (tables.Messages.HasWritten)
            {
                MessagesWritten?.Invoke(this, EventArgs.Empty);
            }
        }
#pragma warning disable CA1031 // a listener's fault is not the callers', whose work is kept
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogListener(failure);
        }
    }

    private static string Short(string reason) => reason.Length <= ColumnLengths.Text ? reason : reason[..ColumnLengths.Text];

    [LoggerMessage(Level = LogLevel.Error, Message = "A listener failed after a commit")]
    private partial void LogListener(Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database failed")]
    private partial void LogFailed(Exception failure);

    private sealed class Running
    {
        public volatile bool IsRunning;
    }
}

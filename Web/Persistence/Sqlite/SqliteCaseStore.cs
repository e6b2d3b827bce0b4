using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>
/// Cases and instances in a SQLite file. Bursts share commits (<see cref="SqliteWriter"/>); a waiting caller may give up, a burst
/// that has begun is finished. Disposing finishes what waits.
/// </summary>
/// <remarks>
/// Any call fails with <see cref="StoreBusyException"/> when too much work waits or another process holds the file, and with
/// <see cref="StoreFailedException"/> when the database fails; in both cases nothing was changed.
/// </remarks>
public sealed class SqliteCaseStore : ICaseStore, IBurstStore, ITimerQueue, IOutbox, IConfigurationWriter, IAsyncDisposable
{
    private readonly SqliteWriter _writer;

    /// <param name="connectionString">The file, brought up to date before the first burst.</param>
    /// <param name="maxWaiting">More bursts than this may not wait; 1 or more.</param>
    /// <param name="logger">Hears of failed commits.</param>
    public SqliteCaseStore(string connectionString, int maxWaiting, ILogger<SqliteCaseStore> logger) =>
        _writer = new SqliteWriter(connectionString, maxWaiting, Announce, logger);

    public event EventHandler? TimersWritten;

    public event EventHandler? MessagesWritten;

    public async ValueTask<T> RunAsync<T>(Func<ICaseTransaction, ValueTask<T>> burst, CancellationToken cancellationToken) =>
        await _writer.RunAsync(session => RunOnceAsync(session, burst), shared: false, cancellationToken);

    ValueTask<T> IBurstStore.RunAsync<T>(Func<IBurstTransaction, ValueTask<T>> burst, CancellationToken cancellationToken) =>
        RunAsync<T>(burst, cancellationToken);

    public async ValueTask<T> RunWithContextAsync<T>(
        Func<CaseManagementDbContext, ICaseTransaction, ValueTask<T>> change, CancellationToken cancellationToken) =>
        await _writer.RunAsync(
            session => RunOnceAsync(session, async transaction =>
            {
                var options = new DbContextOptionsBuilder<SqliteCaseManagementDbContext>().UseSqlite(session.Connection);
                await using var context = new SqliteCaseManagementDbContext(options.Options);
                await context.Database.UseTransactionAsync(session.Shared, CancellationToken.None);
                var result = await change(context, transaction);
                await context.SaveChangesAsync(CancellationToken.None);
                return result;
            }),
            shared: true,
            cancellationToken);

    public ValueTask<IReadOnlyList<ClaimedTimer>> ClaimDueAsync(
        DateTimeOffset now, int limit, Lease lease, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return OnTables<IReadOnlyList<ClaimedTimer>>(tables => tables.Timers.Claim(now, limit, lease), cancellationToken);
    }

    public ValueTask<DateTimeOffset?> NextDueAtAsync(CancellationToken cancellationToken) =>
        OnTables(tables => tables.Timers.NextDueAt(), cancellationToken);

    public ValueTask ReleaseAsync(Guid id, string node, CancellationToken cancellationToken) =>
        OnTables(tables => tables.Timers.Release(id, node), cancellationToken);

    ValueTask ITimerQueue.FailedAsync(
        Guid id, string node, string reason, DateTimeOffset retryAt, CancellationToken cancellationToken) =>
        OnTables(tables => tables.Timers.Fail(id, node, Short(reason), retryAt), cancellationToken);

    public ValueTask<IReadOnlyList<MessageRow>> ClaimPendingAsync(
        DateTimeOffset now, int limit, Lease lease, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return OnTables<IReadOnlyList<MessageRow>>(tables => tables.Messages.Claim(now, limit, lease), cancellationToken);
    }

    public ValueTask DeliveredAsync(Guid id, string node, CancellationToken cancellationToken) =>
        OnTables(tables => tables.Messages.EndAttempt(id, node, MessageStates.Delivered, null, null), cancellationToken);

    ValueTask IOutbox.FailedAsync(
        Guid id, string node, string reason, DateTimeOffset? retryAt, CancellationToken cancellationToken)
    {
        var state = retryAt is null ? MessageStates.Parked : MessageStates.Pending;
        return OnTables(tables => tables.Messages.EndAttempt(id, node, state, retryAt, Short(reason)), cancellationToken);
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private void Announce(SqliteTables tables)
    {
        if (tables.Timers.HasWritten)
        {
            tables.Timers.HasWritten = false;
            TimersWritten?.Invoke(this, EventArgs.Empty);
        }

        if (tables.Messages.HasWritten)
        {
            tables.Messages.HasWritten = false;
            MessagesWritten?.Invoke(this, EventArgs.Empty);
        }
    }

    private static async ValueTask<T> RunOnceAsync<T>(WriterSession session, Func<ICaseTransaction, ValueTask<T>> burst)
    {
        var transaction = new SqliteCaseTransaction(session.Tables);
        try
        {
            return await burst(transaction);
        }
        finally
        {
            transaction.End();
        }
    }

    private async ValueTask<T> OnTables<T>(Func<SqliteTables, T> work, CancellationToken cancellationToken) =>
        await _writer.RunAsync(session => ValueTask.FromResult(work(session.Tables)), shared: false, cancellationToken);

    private async ValueTask OnTables(Action<SqliteTables> work, CancellationToken cancellationToken) =>
        await OnTables(
            tables =>
            {
                work(tables);
                return true;
            },
            cancellationToken);

    private static string Short(string reason) => reason.Length <= ColumnLengths.Text ? reason : reason[..ColumnLengths.Text];
}

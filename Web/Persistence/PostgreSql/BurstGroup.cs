using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>
/// Bursts that share a connection, a transaction and its commit. Each runs until it needs an answer of the database; once all of them
/// wait, what they ask and what they have written travels together. What one has locked no other of the group may touch: it would not
/// have to wait for it.
/// </summary>
/// <param name="session">The connection.</param>
/// <param name="members">How many bursts begin; 1 or more.</param>
internal sealed class BurstGroup(PostgreSqlSession session, int members)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<object, PostgreSqlCaseTransaction> _held = [];
    private List<TaskCompletionSource> _waiting = [];
    private int _running = members;
    private Result<long>? _stamp;

    /// <summary>How the database failed the group, whatever its members made of it.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Nothing of the group can be kept: the database failed, or a member has failed after its writes had been sent.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Something was sent or waits to be.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Which configuration the group runs under; known once the first answer is there.</summary>
    public long? Stamp => _stamp is { Rows.Count: > 0 } known ? known.First : null;

    /// <summary>Runs a member to its end. What comes of it, the member keeps; nothing leaves this method.</summary>
    public async Task RunAsync(WaitingBurst burst)
    {
        var transaction = new PostgreSqlCaseTransaction(session, this);
        try
        {
            await burst.RunAsync(transaction);
        }
        finally
        {
            transaction.End();
            await LeaveAsync(burst, transaction);
        }
    }

    /// <summary>
    /// Queues what a member asks or writes. With the first statements the transaction begins, takes its share of the configuration and
    /// reads which it is: before any row is locked, so that a change of the configuration and the bursts never wait for each other in
    /// a circle.
    /// </summary>
    public T Queue<T>(PostgreSqlCaseTransaction member, Func<PostgreSqlTables, T> queue)
    {
        lock (_gate)
        {
            if (!HasBegun)
            {
                HasBegun = true;
                session.Owner = null;
                session.Begin();
                session.Ask(session.Of(AdvisoryLocks.ShareConfigurationSql), static _ => true);
                _stamp = session.Tables.Cases.Stamp();
            }

            session.Owner = member;
            return queue(session.Tables);
        }
    }

    /// <summary>Waits until everything queued has been sent and answered.</summary>
    /// <exception cref="LostRaceException">A guarded statement changed no row.</exception>
    /// <exception cref="Npgsql.NpgsqlException">The database failed, or refused a statement of any member.</exception>
    public ValueTask AnswersAsync()
    {
        TaskCompletionSource? mine = null;
        lock (_gate)
        {
            if (_running > 1)
            {
                _running--;
                mine = new TaskCompletionSource();
                _waiting.Add(mine);
            }
        }

        return mine is null ? SendAsync(isRunning: true) : new ValueTask(mine.Task);
    }

    /// <summary>Takes a case, an instance or a stimulus for a member.</summary>
    /// <returns>False: another member has it; this one must run again when the others have committed.</returns>
    public bool TryHold(object what, PostgreSqlCaseTransaction member)
    {
        lock (_gate)
        {
            return _held.TryAdd(what, member) || _held[what] == member;
        }
    }

    private async ValueTask LeaveAsync(WaitingBurst burst, PostgreSqlCaseTransaction transaction)
    {
        bool isLast;
        lock (_gate)
        {
            burst.MustRunAlone = transaction.Collides;
            if (burst.HasFailed || burst.MustRunAlone)
            {
                IsLost |= session.HasSentWrites(transaction);
                session.Drop(transaction);
            }

            isLast = --_running == 0 && _waiting.Count > 0;
        }

        if (isLast)
        {
            await SendAsync(isRunning: false);
        }
    }

    /// <summary>Sends for all who wait; they go on one after the other, each until it waits again or ends.</summary>
    private async ValueTask SendAsync(bool isRunning)
    {
        List<TaskCompletionSource> waiting;
        lock (_gate)
        {
            (waiting, _waiting) = (_waiting, []);
            _running = waiting.Count + (isRunning ? 1 : 0);
        }

        try
        {
            await session.RunAsync();
        }
        catch (Exception failure)
        {
            Failure = failure;
            IsLost = true;
            waiting.ForEach(w => w.SetException(failure));
            if (!isRunning)
            {
                return;
            }

            throw;
        }

        waiting.ForEach(static w => w.SetResult());
    }
}

using System.Data;
using CaseManagement.Workflows.Runtime.Stores;
using Npgsql;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>
/// A connection that bursts run on, one after the other. Statements are queued and sent together, in one round trip, when somebody
/// needs an answer or the transaction ends; the server keeps them prepared.
/// </summary>
internal sealed class PostgreSqlSession : IBurstSession
{
    private const string BeginSql = "BEGIN";
    private const string CommitSql = "COMMIT";
    private const string RollbackSql = "ROLLBACK";

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlBatch _batch;
    private readonly Dictionary<string, Pool> _pools = new(ReferenceEqualityComparer.Instance);
    private readonly List<Queued> _queued = [];
    private readonly List<Pool> _touched = [];
    private readonly HashSet<object> _haveSentWrites = [];
    private bool _hasBegun;
    private bool _hasWritten;

    private PostgreSqlSession(NpgsqlConnection connection)
    {
        _connection = connection;
        _batch = new NpgsqlBatch(connection);
        Tables = new PostgreSqlTables(this);
    }

    public PostgreSqlTables Tables { get; }

    public NpgsqlConnection Connection => _connection;

    /// <summary>Whose statements are queued next; null: nobody's in particular.</summary>
    public object? Owner { get; set; }

    /// <summary>How the database failed the work that runs now; whatever the work made of it, its transaction is lost.</summary>
    public Exception? Failure { get; private set; }

    public bool IsSound => _connection.FullState == ConnectionState.Open;

    public static async Task<PostgreSqlSession> OpenAsync(NpgsqlDataSource source, CancellationToken cancellationToken) =>
        new(await source.OpenConnectionAsync(cancellationToken));

    /// <summary>Readies it for other work.</summary>
    public void Ready()
    {
        Failure = null;
        Owner = null;
        _haveSentWrites.Clear();
        Tables.Timers.HasWritten = Tables.Messages.HasWritten = false;
    }

    /// <summary>Begins a transaction with whatever is sent first.</summary>
    public void Begin()
    {
        _hasBegun = true;
        _hasWritten = false;
        Add(Of(BeginSql), null, null, isWrite: false);
    }

    /// <summary>A statement to bind and queue.</summary>
    /// <param name="sql">Always the same object for the same text.</param>
    public Statement Of(string sql)
    {
        if (!_pools.TryGetValue(sql, out var pool))
        {
            pool = new Pool(sql);
            _pools.Add(sql, pool);
        }

        if (pool.Used == 0)
        {
            _touched.Add(pool);
        }

        return pool.Next();
    }

    /// <summary>Sends a statement that writes with the next batch.</summary>
    public void Queue(Statement statement)
    {
        Add(statement, null, null, isWrite: true);
    }

    /// <summary>Sends it with the next batch; it must change one row.</summary>
    /// <param name="statement">An update.</param>
    /// <param name="isCertain">This transaction has locked the row in the state the statement expects.</param>
    /// <param name="otherwise">What to say when it changed none.</param>
    public void QueueGuarded(Statement statement, bool isCertain, string otherwise)
    {
        Add(statement, null, isCertain ? null : otherwise, isWrite: true);
    }

    /// <summary>Sends rows with the next batch, as many in one statement as go.</summary>
    public void QueueRows<T>(Inserts insert, IReadOnlyList<T> rows, Action<Statement, T> bind)
    {
        for (int from = 0, count; from < rows.Count; from += count)
        {
            count = Inserts.Next(rows.Count - from);
            var statement = Of(insert.Rows(count));
            for (var i = from; i < from + count; i++)
            {
                bind(statement, rows[i]);
            }

            Queue(statement);
        }
    }

    /// <summary>Sends a statement about these ids with the next batch; none, and there is nothing to send.</summary>
    public void QueueIds(string sql, IReadOnlyList<Guid> ids)
    {
        if (ids.Count > 0)
        {
            Queue(Of(sql).Bind([.. ids]));
        }
    }

    /// <summary>Before what is queued next: waits until no other transaction holds this key, and holds it to the end of this one.</summary>
    public void Lock(long key) => Ask(Of(AdvisoryLocks.OneKeySql).Bind(key), static _ => true);

    /// <summary>Sends it with the next batch, which fills the answer.</summary>
    public Result<T> Ask<T>(Statement statement, Func<NpgsqlDataReader, T> read)
    {
        var result = new Result<T>(read);
        Add(statement, result, null, isWrite: false);
        return result;
    }

    /// <summary>The same of a statement that writes.</summary>
    public Result<T> AskWriting<T>(Statement statement, Func<NpgsqlDataReader, T> read)
    {
        var result = new Result<T>(read);
        Add(statement, result, null, isWrite: true);
        return result;
    }

    /// <summary>Sends what is queued and reads the answers.</summary>
    /// <exception cref="LostRaceException">A guarded statement changed no row.</exception>
    /// <exception cref="NpgsqlException">The database failed, or refused a statement; kept in <see cref="Failure"/>.</exception>
    public async ValueTask RunAsync()
    {
        if (_queued.Count == 0)
        {
            return;
        }

        foreach (var queued in _queued)
        {
            if (queued is { IsWrite: true, Owner: { } owner })
            {
                _haveSentWrites.Add(owner);
            }
        }

        try
        {
            await using (var reader = await _batch.ExecuteReaderAsync())
            {
                foreach (var queued in _queued)
                {
                    if (queued.Result is { } result)
                    {
                        await result.ReadAsync(reader);
                        await reader.NextResultAsync();
                    }
                }

                while (await reader.NextResultAsync())
                {
                }
            }

            if (_queued.Find(q => q is { Otherwise: not null, Statement.Command.RecordsAffected: not 1 }).Otherwise is { } lost)
            {
                throw new LostRaceException(lost);
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
        {
            Failure = exception;
            throw;
        }
        finally
        {
            Clear();
        }
    }

    /// <summary>Sends what is queued and commits. Where nothing was written the locks are let go, which waits for no disk.</summary>
    public async ValueTask CommitAsync()
    {
        if (_queued.Exists(static q => q.Otherwise is not null))
        {
            // A COMMIT in the same batch would not wait for us to see that a guarded statement changed nothing.
            await RunAsync();
        }

        Owner = null;
        Add(Of(_hasWritten ? CommitSql : RollbackSql), null, null, isWrite: false);
        await RunAsync();
        _hasBegun = false;
    }

    /// <summary>Drops what is queued and undoes what was sent. A connection that cannot is no longer sound.</summary>
    public async ValueTask UndoAsync()
    {
        var wasSent = _hasBegun && !_queued.Exists(q => q.Statement.Command.CommandText == BeginSql);
        _hasBegun = false;
        Clear();
        if (!wasSent || !IsSound)
        {
            return;
        }

        try
        {
            await using var command = new NpgsqlCommand(RollbackSql, _connection);
            await command.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException)
        {
            await _connection.CloseAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _batch.DisposeAsync();
        await _connection.DisposeAsync();
    }

    /// <summary>Statements of this owner that write have been sent.</summary>
    public bool HasSentWrites(object owner) => _haveSentWrites.Contains(owner);

    /// <summary>Forgets what this owner has queued.</summary>
    public void Drop(object owner)
    {
        if (_queued.RemoveAll(q => q.Owner == owner) > 0)
        {
            _batch.BatchCommands.Clear();
            _queued.ForEach(q => _batch.BatchCommands.Add(q.Statement.Command));
        }
    }

    private void Add(Statement statement, Result? result, string? otherwise, bool isWrite)
    {
        _hasWritten |= isWrite;
        _queued.Add(new Queued(statement, result, otherwise, isWrite, Owner));
        _batch.BatchCommands.Add(statement.Command);
    }

    private void Clear()
    {
        _queued.Clear();
        _batch.BatchCommands.Clear();
        foreach (var pool in _touched)
        {
            pool.Ready();
        }

        _touched.Clear();
    }

    /// <param name="Statement">What is sent.</param>
    /// <param name="Result">Takes its answer.</param>
    /// <param name="Otherwise">What to say when it changed no row; null: that does not matter.</param>
    /// <param name="IsWrite">It changes something.</param>
    /// <param name="Owner">Whose it is.</param>
    private readonly record struct Queued(Statement Statement, Result? Result, string? Otherwise, bool IsWrite, object? Owner);

    /// <summary>Statements of one text: a batch may need several.</summary>
    private sealed class Pool(string sql)
    {
        private readonly List<Statement> _statements = [];

        public int Used { get; private set; }

        public Statement Next()
        {
            if (Used == _statements.Count)
            {
                _statements.Add(new Statement(sql));
            }

            return _statements[Used++];
        }

        public void Ready()
        {
            for (; Used > 0; Used--)
            {
                _statements[Used - 1].Ready();
            }
        }
    }
}

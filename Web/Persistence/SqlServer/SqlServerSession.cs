using System.Data;
using System.Text;
using Microsoft.Data.SqlClient;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>
/// A connection that bursts run on, one after the other. Statements are queued and sent together, as one batch, when somebody needs an answer or
/// the transaction ends. The first that fails ends its batch and undoes the transaction.
/// </summary>
internal sealed class SqlServerSession : IBurstSession
{
    /// <summary>A command takes 2,100 parameters; what is more goes with another.</summary>
    private const int MaxParameters = 2000;

    private readonly SqlConnection _connection;
    private readonly List<(Statement Statement, Result? Result)> _queued = [];
    private SqlTransaction? _transaction;
    private bool _begins;
    private bool _hasWritten;

    /// <param name="connection">Open and told <see cref="SqlServerConnections.BurstSettingsSql"/>.</param>
    internal SqlServerSession(SqlConnection connection)
    {
        _connection = connection;
        Tables = new SqlServerTables(this);
    }

    public SqlServerTables Tables { get; }

    public SqlConnection Connection => _connection;

    /// <summary>What waits to be sent.</summary>
    public IEnumerable<Statement> Queued => _queued.Select(q => q.Statement);

    /// <summary>How the database failed the work that runs now; whatever the work made of it, its transaction is lost.</summary>
    public Exception? Failure { get; private set; }

    public bool IsSound => _connection.State == ConnectionState.Open;

    public static async Task<SqlServerSession> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new SqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new SqlCommand(SqlServerConnections.BurstSettingsSql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return new SqlServerSession(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Readies it for other work.</summary>
    public void Ready()
    {
        Failure = null;
        Tables.Timers.HasWritten = Tables.Messages.HasWritten = false;
    }

    /// <summary>Begins a transaction as soon as something is sent.</summary>
    public void Begin() => (_begins, _hasWritten) = (true, false);

    /// <summary>Begins a transaction that others have a part in.</summary>
    public async Task<SqlTransaction> BeginSharedAsync()
    {
        _hasWritten = true; // what others write is not seen here
        return await BeginNowAsync();
    }

    /// <summary>Sends a statement that writes with the next batch.</summary>
    public void Queue(Statement statement) => Add(statement, null, isWrite: true);

    /// <summary>Sends rows with the next batch, as many in one statement as go.</summary>
    public void QueueRows<T>(Inserts insert, IReadOnlyList<T> rows, Action<Statement, T> bind)
    {
        for (var from = 0; from < rows.Count; from += Inserts.MaxRows)
        {
            var count = Math.Min(Inserts.MaxRows, rows.Count - from);
            var statement = new Statement(insert.Rows(count));
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
            Queue(new Statement(sql).Bind(ids));
        }
    }

    /// <summary>Before what is queued next: waits for a lock (<see cref="ApplicationLocks"/>) and holds it to the end of the transaction.</summary>
    public void Lock(Statement statement) => Add(statement, null, isWrite: false);

    /// <summary>Sends it with the next batch, which fills the answer: the one set of rows the statement has.</summary>
    public Result<T> Ask<T>(Statement statement, Func<SqlDataReader, T> read)
    {
        var result = new Result<T>(read);
        Add(statement, result, isWrite: false);
        return result;
    }

    /// <summary>The same of a statement that writes.</summary>
    public Result<T> AskWriting<T>(Statement statement, Func<SqlDataReader, T> read)
    {
        var result = new Result<T>(read);
        Add(statement, result, isWrite: true);
        return result;
    }

    /// <summary>Sends what is queued and reads the answers.</summary>
    /// <exception cref="SqlException">The database failed, or refused a statement; kept in <see cref="Failure"/>.</exception>
    public async ValueTask RunAsync()
    {
        try
        {
            for (var from = 0; from < _queued.Count;)
            {
                var text = new StringBuilder("SET NOCOUNT ON;\n" + ApplicationLocks.DeclareSql + "\n");
                await using var command = new SqlCommand { Connection = _connection };
                var results = new List<Result>();
                for (; from < _queued.Count && Goes(command, _queued[from].Statement); from++)
                {
                    var (statement, result) = _queued[from];
                    statement.WriteTo(text, command.Parameters.Count);
                    command.Parameters.AddRange([.. statement.Parameters]);
                    if (result is not null)
                    {
                        results.Add(result);
                    }
                }

#pragma warning disable CA2100 // the texts are the product's own
                command.CommandText = text.ToString();
#pragma warning restore CA2100
                command.Transaction = _begins ? await BeginNowAsync() : _transaction;
                await SendAsync(command, results);
            }
        }
        catch (Exception exception) when (exception is SqlException or InvalidOperationException or IOException)
        {
            Failure ??= Known(exception);
            throw;
        }
        finally
        {
            _queued.Clear();
        }
    }

    /// <summary>Sends what is queued and commits. Where nothing was written the locks are let go, which waits for no disk.</summary>
    public async ValueTask CommitAsync()
    {
        await RunAsync();
        _begins = false;
        if (_transaction is not { } transaction)
        {
            return;
        }

        try
        {
            await (_hasWritten ? transaction.CommitAsync() : transaction.RollbackAsync());
        }
        catch (Exception exception) when (exception is SqlException or InvalidOperationException or IOException)
        {
            Failure ??= Known(exception);
            throw;
        }

        await transaction.DisposeAsync();
        _transaction = null;
    }

    /// <summary>Drops what is queued and undoes what was sent. A connection that cannot is no longer sound.</summary>
    public async ValueTask UndoAsync()
    {
        _begins = false;
        _queued.Clear();
        if (_transaction is not { } transaction)
        {
            return;
        }

        _transaction = null;
        try
        {
            await transaction.RollbackAsync();
        }
        catch (InvalidOperationException)
        {
            // the server has undone it with the statement that failed
        }
        catch (SqlException)
        {
            await _connection.CloseAsync();
        }

        await transaction.DisposeAsync();
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>Of a connection or transaction that is gone SqlClient says that it is used wrongly.</summary>
    private static Exception Known(Exception exception) =>
        exception is InvalidOperationException gone ? new IOException("The connection or its transaction is gone.", gone) : exception;

    private static bool Goes(SqlCommand command, Statement statement) =>
        command.Parameters.Count == 0 || command.Parameters.Count + statement.Parameters.Count <= MaxParameters;

    private static async Task SendAsync(SqlCommand command, List<Result> results)
    {
        await using var reader = await command.ExecuteReaderAsync();
        foreach (var result in results)
        {
            await result.ReadAsync(reader);
            await reader.NextResultAsync();
        }

        while (await reader.NextResultAsync())
        {
        }
    }

    private async Task<SqlTransaction> BeginNowAsync()
    {
        _transaction = (SqlTransaction)await _connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        _begins = false;
        return _transaction;
    }

    private void Add(Statement statement, Result? result, bool isWrite)
    {
        _hasWritten |= isWrite;
        _queued.Add((statement, result));
    }
}

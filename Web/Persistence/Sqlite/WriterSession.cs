using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>The connection all bursts write through, its statements, and the transaction that is open on it. One user at a time.</summary>
internal sealed class WriterSession : IDisposable
{
    /// <summary>
    /// synchronous=FULL: what a caller was told is kept after a power cut. A checkpoint every 10,000 pages keeps single commits
    /// from waiting for one; the size limit gives the file back what a backlog took.
    /// </summary>
    private const string Pragmas =
        """
        PRAGMA busy_timeout=10000;
        PRAGMA journal_mode=WAL;
        PRAGMA synchronous=FULL;
        PRAGMA cache_size=-65536;
        PRAGMA temp_store=MEMORY;
        PRAGMA wal_autocheckpoint=10000;
        PRAGMA journal_size_limit=67108864;
        """;

    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _savepoint;
    private readonly Statement _release;
    private readonly Statement _undo;
    private SqliteTransaction? _shared;

    private WriterSession(SqliteConnection connection)
    {
        Connection = connection;
        var database = connection.Handle!;
        _begin = new Statement(database, "BEGIN IMMEDIATE");
        _commit = new Statement(database, "COMMIT");
        _savepoint = new Statement(database, "SAVEPOINT burst");
        _release = new Statement(database, "RELEASE burst");
        _undo = new Statement(database, "ROLLBACK TO burst");
        Tables = new SqliteTables(database);
    }

    public SqliteConnection Connection { get; }

    public SqliteTables Tables { get; }

    /// <summary>The open transaction as ADO.NET knows it; null unless it was begun to be shared with a context.</summary>
    public SqliteTransaction? Shared => _shared;

    /// <summary>False once SQLite has undone the transaction by itself, as it does on a full disk.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(Connection.Handle!) == 0;

    public static WriterSession Open(string connectionString)
    {
        // Not from the pool, whose connections come back with other settings; and never a new, empty file.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            Mode = SqliteOpenMode.ReadWrite,
        }.ToString());
        try
        {
            connection.Open();
            using (var command = connection.CreateCommand())
            {
                command.CommandText = Pragmas;
                command.ExecuteNonQuery();
            }

            return new WriterSession(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <param name="shared">A context will take part in the transaction.</param>
    public void Begin(bool shared)
    {
        if (shared)
        {
            _shared = Connection.BeginTransaction(deferred: false);
        }
        else
        {
            _begin.Run();
        }
    }

    public void Commit()
    {
        if (_shared is null)
        {
            _commit.Run();
            return;
        }

        _shared.Commit();
        EndShared();
    }

    public void BeginBurst() => _savepoint.Run();

    public void KeepBurst() => _release.Run();

    public void UndoBurst()
    {
        _undo.Run();
        _release.Run();
    }

    public void Dispose()
    {
        try
        {
            EndShared();
        }
        finally
        {
            Tables.Dispose();
            foreach (var statement in (Statement[])[_begin, _commit, _savepoint, _release, _undo])
            {
                statement.Dispose();
            }

            Connection.Dispose();
        }
    }

    private void EndShared()
    {
        _shared?.Dispose();
        _shared = null;
    }
}

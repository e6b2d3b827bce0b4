using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>
/// A prepared statement of the writer's connection, used over and over. Values are bound in the order of the question marks, then
/// it is run once, which also readies it for the next use.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int _bound;

    public Statement(sqlite3 database, string sql)
    {
        _database = database;
        Throw(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public Statement Bind(long value) => Bound(raw.sqlite3_bind_int64(_statement, ++_bound, value));

    public Statement Bind(long? value) => value is { } some ? Bind(some) : BindNull();

    public Statement Bind(bool value) => Bind(value ? 1L : 0L);

    public Statement Bind(string? value) =>
        value is null ? BindNull() : Bound(raw.sqlite3_bind_text(_statement, ++_bound, value));

    public Statement Bind(ReadOnlySpan<byte> value) => Bound(raw.sqlite3_bind_blob(_statement, ++_bound, value));

    public Statement Bind(byte[]? value) => value is null ? BindNull() : Bind(value.AsSpan());

    public Statement Bind(DateTimeOffset value) => Bind(value.UtcTicks);

    public Statement Bind(DateTimeOffset? value) => value is { } some ? Bind(some) : BindNull();

    public Statement Bind(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Bind(bytes);
    }

    public Statement Bind(Guid? value) => value is { } some ? Bind(some) : BindNull();

    /// <summary>Runs it to its end.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        try
        {
            while (Step())
            {
            }

            return raw.sqlite3_changes(_database);
        }
        finally
        {
            Ready();
        }
    }

    /// <summary>The first row as <paramref name="read"/> makes it, or default where there is none.</summary>
    public T? One<T>(Func<Statement, T> read)
    {
        try
        {
            return Step() ? read(this) : default;
        }
        finally
        {
            Ready();
        }
    }

    /// <summary>All rows as <paramref name="read"/> makes them.</summary>
    public List<T> List<T>(Func<Statement, T> read)
    {
        try
        {
            var rows = new List<T>();
            while (Step())
            {
                rows.Add(read(this));
            }

            return rows;
        }
        finally
        {
            Ready();
        }
    }

    public long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    public int Int(int column) => raw.sqlite3_column_int(_statement, column);

    public bool Flag(int column) => Int(column) != 0;

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public Guid Id(int column) => new(raw.sqlite3_column_blob(_statement, column), bigEndian: true);

    public DateTimeOffset Instant(int column) => new(Long(column), TimeSpan.Zero);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public int? IntOrNull(int column) => IsNull(column) ? null : Int(column);

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[]? BytesOrNull(int column) => IsNull(column) ? null : Bytes(column);

    public Guid? IdOrNull(int column) => IsNull(column) ? null : Id(column);

    public DateTimeOffset? InstantOrNull(int column) => IsNull(column) ? null : Instant(column);

    public void Dispose() => _statement.Dispose();

    private Statement BindNull() => Bound(raw.sqlite3_bind_null(_statement, ++_bound));

    private Statement Bound(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            Ready();
            Throw(result);
        }

        return this;
    }

    private bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result is not raw.SQLITE_ROW and not raw.SQLITE_DONE)
        {
            Throw(result);
        }

        return result == raw.SQLITE_ROW;
    }

    private void Ready()
    {
        _bound = 0;
        _ = raw.sqlite3_reset(_statement);
        _ = raw.sqlite3_clear_bindings(_statement);
    }

    private void Throw(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}

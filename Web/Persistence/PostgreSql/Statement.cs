using Npgsql;
using NpgsqlTypes;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>
/// A statement of a burst connection: its parameters are typed when it is first bound and used over and over. Values are bound in
/// the order of their numbers, as often as it is used with values of the same types.
/// </summary>
internal sealed class Statement
{
    private readonly List<NpgsqlParameter> _parameters = [];
    private int _bound;

    public Statement(string sql) => Command = new NpgsqlBatchCommand(sql);

    public NpgsqlBatchCommand Command { get; }

    public Statement Bind(long value) => Set(value, NpgsqlDbType.Bigint);

    public Statement Bind(int value) => Set(value, NpgsqlDbType.Integer);

    public Statement Bind(int? value) => Set(value, NpgsqlDbType.Integer);

    public Statement Bind(bool value) => Set(value, NpgsqlDbType.Boolean);

    public Statement Bind(string? value) => Set(value is null ? null : NoNulCharacters.Replace(value), NpgsqlDbType.Text);

    public Statement Bind(ReadOnlyMemory<byte> value) => Set(value, NpgsqlDbType.Bytea);

    public Statement Bind(byte[]? value) => Set(value, NpgsqlDbType.Bytea);

    /// <summary>What is beyond whole microseconds is cut off.</summary>
    public Statement Bind(DateTimeOffset value) => Set(value.UtcDateTime, NpgsqlDbType.TimestampTz);

    /// <inheritdoc cref="Bind(DateTimeOffset)"/>
    public Statement Bind(DateTimeOffset? value) => Set(value?.UtcDateTime, NpgsqlDbType.TimestampTz);

    public Statement Bind(Guid value) => Set(value, NpgsqlDbType.Uuid);

    public Statement Bind(Guid? value) => Set(value, NpgsqlDbType.Uuid);

    public Statement Bind(Guid[] values) => Set(values, NpgsqlDbType.Array | NpgsqlDbType.Uuid);

    public Statement Bind(string[] values) => Set(values, NpgsqlDbType.Array | NpgsqlDbType.Text);

    /// <summary>Readies it for its next use.</summary>
    public void Ready() => _bound = 0;

    private Statement Set<T>(T value, NpgsqlDbType type)
    {
        if (_bound == _parameters.Count)
        {
            var added = new NpgsqlParameter<T> { NpgsqlDbType = type };
            _parameters.Add(added);
            Command.Parameters.Add(added);
        }

        ((NpgsqlParameter<T>)_parameters[_bound++]).TypedValue = value;
        return this;
    }
}

using System.Collections.Concurrent;
using System.Data;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>
/// A statement of a batch and its values, bound in the order of their numbers: <c>@1</c>, <c>@2</c> … in its text. In the batch the numbers go on
/// from those of the statements before it. Parameters have one size per type, so that a text has one plan whatever its values.
/// </summary>
/// <param name="sql">Ends with a semicolon.</param>
internal sealed partial class Statement(string sql)
{
    /// <summary>The ids that are bound to <c>@1</c>.</summary>
    public const string Ids = """(SELECT CONVERT(binary(16), i."value", 2) FROM OPENJSON(@1) AS i)""";

    private const int LongestText = 4000;
    private const int LongestBytes = 8000;

    private static readonly ConcurrentDictionary<string, string[]> Cuts = new();

    private readonly List<SqlParameter> _parameters = [];

    public string Sql => sql;

    public IReadOnlyList<SqlParameter> Parameters => _parameters;

    public Statement Bind(long value) => Add(SqlDbType.BigInt, value);

    public Statement Bind(int value) => Add(SqlDbType.Int, value);

    public Statement Bind(int? value) => Add(SqlDbType.Int, value);

    public Statement Bind(bool value) => Add(SqlDbType.Bit, value);

    public Statement Bind(string? value) => Add(SqlDbType.NVarChar, value, value?.Length > LongestText ? -1 : LongestText);

    public Statement Bind(ReadOnlyMemory<byte> value) => Bind(value.ToArray());

    public Statement Bind(byte[]? value) => Add(SqlDbType.VarBinary, value, value?.Length > LongestBytes ? -1 : LongestBytes);

    public Statement Bind(DateTimeOffset value) => Add(SqlDbType.DateTimeOffset, value.ToUniversalTime());

    public Statement Bind(DateTimeOffset? value) => Add(SqlDbType.DateTimeOffset, value?.ToUniversalTime());

    public Statement Bind(Guid value) => Add(SqlDbType.Binary, value.ToByteArray(bigEndian: true), 16);

    public Statement Bind(Guid? value) => Add(SqlDbType.Binary, value?.ToByteArray(bigEndian: true), 16);

    /// <summary>Many as one value, a list in JSON: the text stays the same however many there are.</summary>
    public Statement Bind(IReadOnlyList<Guid> values) => Bind(values.Select(v => v.ToString("N")));

    /// <inheritdoc cref="Bind(IReadOnlyList{Guid})"/>
    public Statement Bind(IEnumerable<string> values) => Add(SqlDbType.NVarChar, JsonSerializer.Serialize(values), -1);

    /// <summary>Writes the statement into a batch.</summary>
    /// <param name="batch">The text so far.</param>
    /// <param name="before">So many parameters were before its own, which are named as the batch calls them.</param>
    public void WriteTo(StringBuilder batch, int before)
    {
        // text, number, text, number … text
        var cuts = Cuts.GetOrAdd(sql, static text => Number().Split(text));
        for (var i = 0; i < cuts.Length; i++)
        {
            batch.Append(i % 2 == 0 ? cuts[i] : NameOf(before + int.Parse(cuts[i], CultureInfo.InvariantCulture)));
        }

        batch.Append('\n');
        for (var i = 0; i < _parameters.Count; i++)
        {
            _parameters[i].ParameterName = NameOf(before + i + 1);
        }
    }

    private static string NameOf(int number) => $"@p{number.ToString(CultureInfo.InvariantCulture)}";

    private Statement Add(SqlDbType type, object? value, int size = 0)
    {
        _parameters.Add(new SqlParameter { SqlDbType = type, Size = size, Value = value ?? DBNull.Value });
        return this;
    }

    [GeneratedRegex("@([0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}

using System.Text;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>An INSERT for one row or several; the text for as many rows is made once.</summary>
/// <param name="table">The table.</param>
/// <param name="columns">Its columns, in the order their values are bound.</param>
internal class Inserts(string table, string[] columns)
{
    /// <summary>More rows go into another statement.</summary>
    public const int MaxRows = 16;

    private readonly string?[] _texts = new string?[MaxRows + 1];

    protected string Table { get; } = Quoted(table);

    protected string[] Names { get; } = columns;

    protected string Columns { get; } = string.Join(", ", columns.Select(Quoted));

    /// <param name="rows">1 to <see cref="MaxRows"/>.</param>
    public string Rows(int rows) => _texts[rows] ??= Text(Values(rows));

    protected virtual string Text(string values) => $"INSERT INTO {Table} ({Columns}) VALUES {values};";

    protected static string Quoted(string name) => $"\"{name}\"";

    private string Values(int rows)
    {
        var text = new StringBuilder();
        for (var row = 0; row < rows; row++)
        {
            text.Append(row == 0 ? "(" : ", (").AppendJoin(", ", Enumerable.Range((row * Names.Length) + 1, Names.Length).Select(n => $"@{n}")).Append(')');
        }

        return text.ToString();
    }
}

/// <summary>
/// The same, and rows that are there already are changed. Two who add the same row at once are not kept apart: the second fails, as it would with
/// an INSERT, and runs again.
/// </summary>
/// <param name="key">What tells rows apart.</param>
/// <param name="columns">What a row has, with the key.</param>
/// <param name="changed">What is changed of a row that is there.</param>
/// <param name="more">And how else it is changed, as SQL.</param>
internal sealed class Saves(string table, string[] key, string[] columns, IEnumerable<string> changed, string more = "") : Inserts(table, columns)
{
    protected override string Text(string values) =>
        $"""
        MERGE {Table} WITH (ROWLOCK) AS t USING (VALUES {values}) AS s ({Columns}) ON {Each(key, " AND ")}
        WHEN MATCHED THEN UPDATE SET {Each(changed, ", ")}{more}
        WHEN NOT MATCHED THEN INSERT ({Columns}) VALUES ({string.Join(", ", Names.Select(c => $"s.{Quoted(c)}"))});
        """;

    private static string Each(IEnumerable<string> names, string between) =>
        string.Join(between, names.Select(c => $"t.{Quoted(c)} = s.{Quoted(c)}"));
}

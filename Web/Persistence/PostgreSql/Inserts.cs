using System.Text;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>An INSERT for one row or several; the text for as many rows is made once.</summary>
/// <param name="table">The table.</param>
/// <param name="columns">Its columns, in the order their values are bound.</param>
/// <param name="conflict">What to do with a row that is there already, as SQL; else it is an error.</param>
internal sealed class Inserts(string table, string[] columns, string conflict = "")
{
    /// <summary>A crowd of rows goes in statements of so many; what is left of it, in statements of <see cref="MaxRows"/> or fewer.</summary>
    public const int Crowd = 64;

    /// <summary>So many different texts at most besides the crowd's: the server keeps each prepared.</summary>
    public const int MaxRows = 16;

    private readonly string?[] _texts = new string?[MaxRows + 1];
    private string? _crowd;

    /// <summary>How many of the rows that are left go into the next statement.</summary>
    /// <param name="left">1 or more.</param>
    public static int Next(int left) => left >= Crowd ? Crowd : Math.Min(MaxRows, left);

    /// <param name="rows">What <see cref="Next"/> has answered.</param>
    public string Rows(int rows) => rows == Crowd ? _crowd ??= Text(rows) : _texts[rows] ??= Text(rows);

    /// <summary>Updates all columns but the key.</summary>
    public static string Replacing(string[] key, string[] columns, string more = "") =>
        $"ON CONFLICT ({string.Join(", ", key.Select(Quoted))}) DO UPDATE SET "
        + string.Join(", ", columns.Except(key).Select(c => $"{Quoted(c)} = excluded.{Quoted(c)}")) + more;

    private string Text(int rows)
    {
        var text = new StringBuilder($"INSERT INTO {Quoted(table)} ({string.Join(", ", columns.Select(Quoted))}) VALUES ");
        for (var row = 0; row < rows; row++)
        {
            text.Append(row == 0 ? "(" : ", (").AppendJoin(", ", Enumerable.Range((row * columns.Length) + 1, columns.Length).Select(n => $"${n}")).Append(')');
        }

        return text.Append(' ').Append(conflict).ToString();
    }

    private static string Quoted(string name) => $"\"{name}\"";
}

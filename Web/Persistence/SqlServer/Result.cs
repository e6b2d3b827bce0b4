using Microsoft.Data.SqlClient;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>The rows a statement will answer, once its batch has run.</summary>
internal abstract class Result
{
    public abstract ValueTask ReadAsync(SqlDataReader reader);
}

/// <inheritdoc/>
internal sealed class Result<T>(Func<SqlDataReader, T> read) : Result
{
    public List<T> Rows { get; } = [];

    /// <summary>The first row, or default where there is none.</summary>
    public T? First => Rows.Count > 0 ? Rows[0] : default;

    public override async ValueTask ReadAsync(SqlDataReader reader)
    {
        while (await reader.ReadAsync())
        {
            Rows.Add(read(reader));
        }
    }
}

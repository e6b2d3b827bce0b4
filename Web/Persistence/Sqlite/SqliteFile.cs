using Microsoft.Data.Sqlite;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>The file everything is kept in.</summary>
internal static class SqliteFile
{
    /// <summary>The connection string with an absolute path and the product's defaults.</summary>
    /// <param name="configured">As configured; null: <c>cases.db</c> in the data folder.</param>
    /// <param name="contentRoot">What relative paths are relative to.</param>
    /// <param name="dataFolder">Where the file is unless the connection string names one.</param>
    /// <exception cref="InvalidOperationException">The connection string is not one of a file.</exception>
    public static string ConnectionString(string? configured, string contentRoot, string dataFolder)
    {
        SqliteConnectionStringBuilder builder;
        try
        {
            builder = new SqliteConnectionStringBuilder(configured ?? $"Data Source={Path.Combine(dataFolder, "cases.db")}");
        }
        catch (ArgumentException exception)
        {
            throw new InvalidOperationException($"ConnectionStrings:Default is not one for SQLite: {exception.Message}", exception);
        }

        var isFile = builder.DataSource is { Length: > 0 } source && source != ":memory:" && builder.Mode != SqliteOpenMode.Memory
            && !source.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
        if (!isFile)
        {
            throw new InvalidOperationException("ConnectionStrings:Default must name a file (Data Source=…): SQLite in memory is not durable.");
        }

        builder.DataSource = Path.GetFullPath(builder.DataSource, contentRoot);
        return builder.ToString();
    }

    /// <summary>Where the file is.</summary>
    public static string PathOf(string connectionString) => new SqliteConnectionStringBuilder(connectionString).DataSource;

    /// <summary>Makes the file's folder, readable by nobody else.</summary>
    public static void CreateFolder(string connectionString)
    {
        var folder = Path.GetDirectoryName(PathOf(connectionString))!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

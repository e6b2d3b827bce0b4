using Microsoft.Data.SqlClient;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>Creates the database where there is none; a lock on a connection of its own lets one process at a time prepare it.</summary>
internal sealed class SqlServerGate(string? configured) : IDatabaseGate
{
    private const int NoSuchDatabase = 4060;
    private const int DatabaseExists = 1801;

    public async ValueTask<IAsyncDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        var settings = SqlServerConnections.ForKeeping(configured);
        settings.CommandTimeout = 0;
        var connection = new SqlConnection(settings.ToString());
        try
        {
            try
            {
                await connection.OpenAsync(cancellationToken);
            }
            catch (SqlException missing) when (missing.Number == NoSuchDatabase)
            {
                await CreateAsync(settings, cancellationToken);
                await connection.OpenAsync(cancellationToken);
            }

            await using var command = new SqlCommand(ApplicationLocks.PrepareSql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>What creates the database: pages read beside bursts, from row versions, rather than wait for them. Azure SQL does so of itself.</summary>
    internal static string CreateSql(string database)
    {
        var name = $"[{database.Replace("]", "]]", StringComparison.Ordinal)}]";
        return $"""
            CREATE DATABASE {name};
            IF SERVERPROPERTY('EngineEdition') <> 5 ALTER DATABASE {name} SET READ_COMMITTED_SNAPSHOT ON;
            """;
    }

    private static async Task CreateAsync(SqlConnectionStringBuilder settings, CancellationToken cancellationToken)
    {
        var master = new SqlConnectionStringBuilder(settings.ToString()) { InitialCatalog = "master" };
        await using var connection = new SqlConnection(master.ToString());
        await connection.OpenAsync(cancellationToken);
        await using var command = new SqlCommand(CreateSql(settings.InitialCatalog), connection);
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (SqlException exists) when (exists.Number == DatabaseExists)
        {
            // another process was faster
        }
    }
}

using Npgsql;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>Creates the database where there is none; a lock on a connection of its own lets one process at a time prepare it.</summary>
internal sealed class PostgreSqlGate(string? configured) : IDatabaseGate
{
    public async ValueTask<IAsyncDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        var settings = PostgreSqlConnections.Settings(configured);
        settings.Pooling = false;
        settings.CommandTimeout = 0;
        var connection = new NpgsqlConnection(settings.ToString());
        try
        {
            try
            {
                await connection.OpenAsync(cancellationToken);
            }
            catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
            {
                await CreateAsync(settings, cancellationToken);
                await connection.OpenAsync(cancellationToken);
            }

            await using var command = new NpgsqlCommand(AdvisoryLocks.PrepareSql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task CreateAsync(NpgsqlConnectionStringBuilder settings, CancellationToken cancellationToken)
    {
        var name = settings.Database!;
        var maintenance = new NpgsqlConnectionStringBuilder(settings.ToString()) { Database = "postgres" };
        await using var connection = new NpgsqlConnection(maintenance.ToString());
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"CREATE DATABASE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" ENCODING 'UTF8' TEMPLATE template0", connection);
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exists) when (exists.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // another process was faster
        }
    }
}

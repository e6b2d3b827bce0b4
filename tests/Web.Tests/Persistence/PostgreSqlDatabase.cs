using CaseManagement.Tests;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.PostgreSql;
using CaseManagement.Web.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>The PostgreSQL server of this test run: started by the first test that wants it, gone with the last.</summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgreSqlCluster?>> Cluster = new(StartAsync);

    /// <summary>Skips the test where there is no server to be had.</summary>
    public static async Task<PostgreSqlCluster> GetAsync()
    {
        var cluster = await Cluster.Value;
        Assert.SkipWhen(cluster is null, "No PostgreSQL server programs here (Debian: apt-get install postgresql).");
        return cluster!;
    }

    public async ValueTask DisposeAsync()
    {
        if (Cluster.IsValueCreated && await Cluster.Value is { } cluster)
        {
            await cluster.DisposeAsync();
        }
    }

    // What a test loses with the server's power it does not miss; what it loses with the product's is on the server's side.
    private static async Task<PostgreSqlCluster?> StartAsync() =>
        PostgreSqlCluster.FindPrograms() is { } programs
            ? await PostgreSqlCluster.StartAsync(programs, "-c fsync=off -c max_connections=300 -c shared_buffers=64MB")
            : null;
}

/// <summary>A database of its own on the run's server, empty or brought up to date; gone at the end.</summary>
public sealed class PostgreSqlDatabase : IAsyncDisposable
{
    private const string Template = "migrated";

    private static readonly SemaphoreSlim Making = new(1, 1);
    private static bool _hasTemplate;

    private PostgreSqlDatabase(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    /// <summary>One that the product has yet to create.</summary>
    public static async Task<PostgreSqlDatabase> UncreatedAsync() =>
        new(ConnectionTo(await PostgreSqlServer.GetAsync(), $"t{Guid.NewGuid():N}"));

    /// <summary>One that is brought up to date, with nothing in it.</summary>
    public static async Task<PostgreSqlDatabase> CreateAsync()
    {
        var database = await UncreatedAsync();
        await Making.WaitAsync();
        try
        {
            if (!_hasTemplate)
            {
                await using var source = PostgreSqlConnections.ForContexts(ConnectionTo(await PostgreSqlServer.GetAsync(), Template));
                await using (var context = NewContext(source))
                {
                    await context.Database.MigrateAsync();
                }

                NpgsqlConnection.ClearAllPools();
                _hasTemplate = true;
            }

            await database.OnServerAsync($"CREATE DATABASE {database.Name} TEMPLATE {Template}");
        }
        finally
        {
            Making.Release();
        }

        return database;
    }

    public static CaseManagementDbContext NewContext(NpgsqlDataSource source)
    {
        var options = new DbContextOptionsBuilder<PostgreSqlCaseManagementDbContext>();
        options.UsePostgreSqlStore(source);
        return new PostgreSqlCaseManagementDbContext(options.Options);
    }

    public async ValueTask DisposeAsync() => await OnServerAsync($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");

    private string Name => new NpgsqlConnectionStringBuilder(ConnectionString).Database!;

    private static string ConnectionTo(PostgreSqlCluster cluster, string database) =>
        $"Host=127.0.0.1;Port={cluster.Port};Username=app;Database={database};Include Error Detail=true";

    private async Task OnServerAsync(string sql)
    {
        var settings = new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(settings.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

using CaseManagement.Web.Tests.Persistence;
using Microsoft.AspNetCore.Hosting;
using Npgsql;

namespace CaseManagement.Web.Tests;

/// <summary>
/// Where a host under test keeps its data, gone at the end: a SQLite file, or a database on this run's PostgreSQL server. With
/// <c>CASEMANAGEMENT_TEST_DATABASE=PostgreSql</c> in the environment every host is on PostgreSQL, with <c>SqlServer</c> those that are not on
/// PostgreSQL anyway are on the SQL Server that is named (<see cref="SqlServerDatabase"/>).
/// </summary>
public sealed class ProductDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("case-host");
    private readonly string _provider;
    private readonly string _connection;
    private readonly IAsyncDisposable? _onServer;

    private ProductDatabase() => (_provider, _connection) = ("Sqlite", $"Data Source={Path.Combine(_folder.FullName, "cases.db")};Pooling=False");

    private ProductDatabase(PostgreSqlDatabase database) => (_provider, _connection, _onServer) = ("PostgreSql", database.ConnectionString, database);

    private ProductDatabase(SqlServerDatabase database) => (_provider, _connection, _onServer) = ("SqlServer", database.ConnectionString, database);

    private static string? Always { get; } = Environment.GetEnvironmentVariable("CASEMANAGEMENT_TEST_DATABASE");

    /// <summary>The settings that lead there.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("Storage:Provider", _provider),
        ("ConnectionStrings:Default", _connection),
        ("Storage:DataFolder", _folder.FullName),
    ];

    /// <summary>A place of its own. Blocks while the server starts, because hosts are made where nobody can wait.</summary>
    public static ProductDatabase Create(bool onPostgreSql = false) =>
        onPostgreSql || Always == "PostgreSql" ? new ProductDatabase(Task.Run(PostgreSqlDatabase.UncreatedAsync).GetAwaiter().GetResult())
        : Always == "SqlServer" ? new ProductDatabase(SqlServerDatabase.Uncreated())
        : new ProductDatabase();

    public void Use(IWebHostBuilder builder)
    {
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_onServer is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await _onServer.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }
}

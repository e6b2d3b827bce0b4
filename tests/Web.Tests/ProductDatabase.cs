using CaseManagement.Web.Persistence.Sqlite;
using CaseManagement.Web.Tests.Persistence;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CaseManagement.Web.Tests;

/// <summary>
/// Where a host under test keeps its data, gone at the end: a SQLite file, or a database on this run's PostgreSQL server, brought up to date and empty. With
/// <c>CASEMANAGEMENT_TEST_DATABASE=PostgreSql</c> in the environment every host is on PostgreSQL, with <c>SqlServer</c> those that are not on
/// PostgreSQL anyway are on the SQL Server that is named (<see cref="SqlServerDatabase"/>).
/// </summary>
public sealed class ProductDatabase : IAsyncDisposable
{
    // every host would make the same tables from nothing: they are made once and copied. Products that are killed and the tests of the stores begin with nothing
    private static readonly Lazy<byte[]> Migrated = new(Migrate);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("case-host");
    private readonly string _provider;
    private readonly string _connection;
    private readonly IAsyncDisposable? _onServer;

    private ProductDatabase(byte[] migrated)
    {
        var file = Path.Combine(_folder.FullName, "cases.db");
        File.WriteAllBytes(file, migrated);
        (_provider, _connection) = ("Sqlite", $"Data Source={file};Pooling=False");
    }

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
        onPostgreSql || Always == "PostgreSql" ? new ProductDatabase(Task.Run(PostgreSqlDatabase.CreateAsync).GetAwaiter().GetResult())
        : Always == "SqlServer" ? new ProductDatabase(SqlServerDatabase.Uncreated())
        : new ProductDatabase(Migrated.Value);

    public void Use(IWebHostBuilder builder)
    {
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }
    }

    private static byte[] Migrate()
    {
        var file = Path.GetTempFileName();
        try
        {
            using (var context = new SqliteCaseManagementDbContext(
                new DbContextOptionsBuilder<SqliteCaseManagementDbContext>().UseSqliteStore($"Data Source={file};Pooling=False").Options))
            {
                context.Database.Migrate();
            }

            return File.ReadAllBytes(file);
        }
        finally
        {
            File.Delete(file);
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

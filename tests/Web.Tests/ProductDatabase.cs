using CaseManagement.Web.Tests.Persistence;
using Microsoft.AspNetCore.Hosting;
using Npgsql;

namespace CaseManagement.Web.Tests;

/// <summary>
/// Where a host under test keeps its data, gone at the end: a SQLite file, or a database on this run's PostgreSQL server. With
/// <c>CASEMANAGEMENT_TEST_DATABASE=PostgreSql</c> in the environment every host is on PostgreSQL.
/// </summary>
public sealed class ProductDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("case-host");
    private readonly PostgreSqlDatabase? _postgreSql;

    private ProductDatabase(PostgreSqlDatabase? postgreSql) => _postgreSql = postgreSql;

    private static bool IsAlwaysPostgreSql { get; } = Environment.GetEnvironmentVariable("CASEMANAGEMENT_TEST_DATABASE") == "PostgreSql";

    /// <summary>The settings that lead there.</summary>
    public (string Key, string Value)[] Settings => _postgreSql is null
        ?
        [
            ("ConnectionStrings:Default", $"Data Source={Path.Combine(_folder.FullName, "cases.db")};Pooling=False"),
            ("Storage:DataFolder", _folder.FullName),
        ]
        :
        [
            ("Storage:Provider", "PostgreSql"),
            ("ConnectionStrings:Default", _postgreSql.ConnectionString),
            ("Storage:DataFolder", _folder.FullName),
        ];

    /// <summary>A place of its own. Blocks while the server starts, because hosts are made where nobody can wait.</summary>
    public static ProductDatabase Create(bool onPostgreSql = false) =>
        new(onPostgreSql || IsAlwaysPostgreSql ? Task.Run(PostgreSqlDatabase.UncreatedAsync).GetAwaiter().GetResult() : null);

    public void Use(IWebHostBuilder builder)
    {
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgreSql is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await _postgreSql.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }
}

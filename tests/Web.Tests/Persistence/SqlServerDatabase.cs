using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>
/// A database of its own, brought up to date, on the SQL Server that <c>CASEMANAGEMENT_TEST_SQLSERVER</c> names (a connection string of a login that
/// may create databases); gone at the end.
/// </summary>
public sealed class SqlServerDatabase : IAsyncDisposable
{
    /// <summary>What contexts need that only translate.</summary>
    public const string Nowhere = "Server=127.0.0.1,1;Database=none;User Id=nobody;Password=none;Encrypt=false;Connect Timeout=2;Connect Retry Count=0";

    private SqlServerDatabase(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    /// <summary>One that the product has yet to create. Skips the test where no server is named.</summary>
    public static SqlServerDatabase Uncreated()
    {
        var server = Environment.GetEnvironmentVariable("CASEMANAGEMENT_TEST_SQLSERVER");
        Assert.SkipWhen(string.IsNullOrEmpty(server), "No SQL Server: CASEMANAGEMENT_TEST_SQLSERVER names none.");
        return new SqlServerDatabase(new SqlConnectionStringBuilder(server) { InitialCatalog = $"t{Guid.NewGuid():N}" }.ToString());
    }

    /// <summary>One that is brought up to date, with nothing in it.</summary>
    /// <inheritdoc cref="Uncreated"/>
    public static async Task<SqlServerDatabase> CreateAsync()
    {
        var database = Uncreated();
        await using (await new SqlServerGate(database.ConnectionString).EnterAsync(TestContext.Current.CancellationToken))
        {
            await using var context = NewContext(database.ConnectionString);
            await context.Database.MigrateAsync();
        }

        return database;
    }

    public static SqlServerCaseManagementDbContext NewContext(string connectionString = Nowhere)
    {
        var options = new DbContextOptionsBuilder<SqlServerCaseManagementDbContext>();
        options.UseSqlServerStore(connectionString);
        return new SqlServerCaseManagementDbContext(options.Options);
    }

    public CaseManagementDbContext NewContext() => NewContext(ConnectionString);

    /// <summary>Runs SQL by itself, as an operator with a shell would.</summary>
    public async Task<int> ExecuteAsync(string sql)
    {
        await using var context = NewContext();
        return await context.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        SqlConnection.ClearAllPools();
        var name = new SqlConnectionStringBuilder(ConnectionString).InitialCatalog;
        var settings = new SqlConnectionStringBuilder(ConnectionString) { InitialCatalog = "master", Pooling = false };
        await using var connection = new SqlConnection(settings.ToString());
        await connection.OpenAsync();
        await using var command = new SqlCommand(
            $"IF DB_ID(N'{name}') IS NOT NULL BEGIN ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{name}]; END;", connection);
        await command.ExecuteNonQueryAsync();
    }
}

using CaseManagement.Web.Nodes;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>Puts the SQLite store together.</summary>
internal static class SqliteServices
{
    /// <param name="services">Where to register.</param>
    /// <param name="configured">The connection string as configured; null: a file in the data folder.</param>
    public static void AddSqlite(this IServiceCollection services, string? configured)
    {
        services.AddSingleton(s => new SqliteConnectionString(SqliteFile.ConnectionString(
            configured, s.GetRequiredService<IHostEnvironment>().ContentRootPath,
            s.GetRequiredService<IOptions<StorageOptions>>().Value.DataFolder)));
        services.AddSingleton<IDatabaseGate, Folder>();
        services.AddSingleton<INodeAdmission>(s => new SqliteFileLock(SqliteFile.PathOf(s.GetRequiredService<SqliteConnectionString>().Value)));
        services.AddDbContextFactory<SqliteCaseManagementDbContext>((s, options) =>
            options.UseSqliteStore(s.GetRequiredService<SqliteConnectionString>().Value));
        services.AddStore<SqliteCaseStore, SqliteCaseManagementDbContext>(s => new SqliteCaseStore(
            s.GetRequiredService<SqliteConnectionString>().Value,
            s.GetRequiredService<IOptions<StorageOptions>>().Value.MaxWaitingBursts,
            s.GetRequiredService<ILogger<SqliteCaseStore>>()));
    }

    private sealed record SqliteConnectionString(string Value);

    /// <summary>A SQLite file belongs to one process; it only needs its folder.</summary>
    private sealed class Folder(SqliteConnectionString connectionString) : IDatabaseGate
    {
        public ValueTask<IAsyncDisposable> EnterAsync(CancellationToken cancellationToken)
        {
            SqliteFile.CreateFolder(connectionString.Value);
            return ValueTask.FromResult<IAsyncDisposable>(new Nothing());
        }
    }

    private sealed class Nothing : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

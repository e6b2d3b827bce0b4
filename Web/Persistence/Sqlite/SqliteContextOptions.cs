using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>Sets up a context for SQLite.</summary>
public static class SqliteContextOptions
{
    /// <summary>SQLite with our table layout and with SQLite's own short waits for a busy file.</summary>
    public static DbContextOptionsBuilder<TContext> UseSqliteStore<TContext>(
        this DbContextOptionsBuilder<TContext> options, string connectionString)
        where TContext : DbContext
    {
        ((DbContextOptionsBuilder)options).UseSqliteStore(connectionString);
        return options;
    }

    /// <inheritdoc cref="UseSqliteStore{TContext}"/>
    public static DbContextOptionsBuilder UseSqliteStore(this DbContextOptionsBuilder options, string connectionString) =>
        options.UseSqlite(connectionString)
            .ReplaceService<IMigrationsSqlGenerator, SqliteTableLayout>()
            .AddInterceptors(new SqliteBusyTimeout())
            .ConfigureWarnings(CountsTakeAny.Allow);
}

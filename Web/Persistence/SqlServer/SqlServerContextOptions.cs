using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Query;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>Sets up a context for SQL Server.</summary>
public static class SqlServerContextOptions
{
    /// <summary>SQL Server with our table layout, and with <c>LIKE</c> as SQLite knows it.</summary>
    public static DbContextOptionsBuilder UseSqlServerStore(this DbContextOptionsBuilder options, string connectionString) =>
        options.UseSqlServer(connectionString).AddOurs();

    /// <summary>The same on a connection that somebody else opened and closes.</summary>
    public static DbContextOptionsBuilder UseSqlServerStore(this DbContextOptionsBuilder options, SqlConnection connection) =>
        options.UseSqlServer(connection).AddOurs();

    private static DbContextOptionsBuilder AddOurs(this DbContextOptionsBuilder options) => options
        .ReplaceService<IMigrationsSqlGenerator, SqlServerTableLayout>()
        .ReplaceService<IMethodCallTranslatorProvider, LikeIgnoresCase>()
        .ConfigureWarnings(CountsTakeAny.Allow);
}

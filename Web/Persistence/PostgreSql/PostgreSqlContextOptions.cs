using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Query;
using Npgsql;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>Sets up a context for PostgreSQL.</summary>
public static class PostgreSqlContextOptions
{
    /// <summary>PostgreSQL with our table layout, and with <c>LIKE</c> as SQLite knows it.</summary>
    public static DbContextOptionsBuilder UsePostgreSqlStore(this DbContextOptionsBuilder options, NpgsqlDataSource source) =>
        options.UseNpgsql(source).AddOurs();

    /// <summary>The same on a connection that somebody else opened and closes.</summary>
    public static DbContextOptionsBuilder UsePostgreSqlStore(this DbContextOptionsBuilder options, NpgsqlConnection connection) =>
        options.UseNpgsql(connection).AddOurs();

    private static DbContextOptionsBuilder AddOurs(this DbContextOptionsBuilder options) => options
        .ReplaceService<IMigrationsSqlGenerator, PostgreSqlTableLayout>()
        .ReplaceService<IMethodCallTranslatorProvider, LikeIgnoresCase>()
        .AddInterceptors(new NoNulCharacters())
        .ConfigureWarnings(CountsTakeAny.Allow);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>
/// Lets <c>dotnet ef migrations add Name --project Web --context PostgreSqlCaseManagementDbContext --output-dir Persistence/Migrations/PostgreSql</c>
/// run without starting the host.
/// </summary>
internal sealed class PostgreSqlDesignTimeFactory : IDesignTimeDbContextFactory<PostgreSqlCaseManagementDbContext>
{
    public PostgreSqlCaseManagementDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgreSqlCaseManagementDbContext>();
        options.UsePostgreSqlStore(NpgsqlDataSource.Create("Host=127.0.0.1;Database=design-time"));
        return new PostgreSqlCaseManagementDbContext(options.Options);
    }
}

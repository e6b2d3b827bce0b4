using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>
/// Lets <c>dotnet ef migrations add Name --project Web --context SqliteCaseManagementDbContext --output-dir Persistence/Migrations/Sqlite</c>
/// run without starting the host.
/// </summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteCaseManagementDbContext>
{
    public SqliteCaseManagementDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteCaseManagementDbContext>().UseSqliteStore("Data Source=design-time.db").Options);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>
/// Lets <c>dotnet ef migrations add Name --project Web --context SqlServerCaseManagementDbContext --output-dir Persistence/Migrations/SqlServer</c>
/// run without starting the host.
/// </summary>
internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerCaseManagementDbContext>
{
    public SqlServerCaseManagementDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqlServerCaseManagementDbContext>();
        options.UseSqlServerStore("Server=127.0.0.1;Database=design-time");
        return new SqlServerCaseManagementDbContext(options.Options);
    }
}

using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>Makes contexts for those who know only the model, not the database.</summary>
internal sealed class SqliteContextFactory(IDbContextFactory<SqliteCaseManagementDbContext> contexts)
    : IDbContextFactory<CaseManagementDbContext>
{
    public CaseManagementDbContext CreateDbContext() => contexts.CreateDbContext();
}

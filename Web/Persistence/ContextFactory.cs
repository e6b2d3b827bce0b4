using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Persistence;

/// <summary>Makes contexts for those who know only the model, not the database.</summary>
internal sealed class ContextFactory<TContext>(IDbContextFactory<TContext> contexts) : IDbContextFactory<CaseManagementDbContext>
    where TContext : CaseManagementDbContext
{
    public CaseManagementDbContext CreateDbContext() => contexts.CreateDbContext();
}

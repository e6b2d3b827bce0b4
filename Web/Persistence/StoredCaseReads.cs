using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Persistence;

/// <summary>Reads cases on the connections of the pages, so that who looks at a case never queues behind those who change cases.</summary>
internal sealed class StoredCaseReads(IDbContextFactory<CaseManagementDbContext> contexts) : ICaseReads
{
    public async ValueTask<CaseReading?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var read = await db.CaseDocuments.AsNoTracking().Where(d => d.Id == id)
            .Select(d => new { d.Document, Version = db.ConfigurationStamps.Select(s => s.Version).Single() }).SingleOrDefaultAsync(cancellationToken);
        return read is null ? null : new CaseReading(read.Document, read.Version);
    }
}

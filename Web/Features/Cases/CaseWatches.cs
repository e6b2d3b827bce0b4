using System.Security.Claims;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Cases;

/// <summary>Who follows which case: it stands in their view "Watched" for as long as they may see it.</summary>
public sealed class CaseWatches(IDbContextFactory<CaseManagementDbContext> contexts, CaseAccess access, People people, TimeProvider clock) : ICaseWatches
{
    public async Task<bool> SetAsync(Guid id, bool on, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return false;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        if (!await scope.Visible(db).AnyAsync(c => c.Id == id, cancellationToken))
        {
            return false;
        }

        var watch = db.CaseWatches.Where(w => w.UserId == person.Id && w.ComplaintId == id);
        if (!on)
        {
            await watch.ExecuteDeleteAsync(cancellationToken);
        }
        else if (!await watch.AnyAsync(cancellationToken))
        {
            db.CaseWatches.Add(new CaseWatch { UserId = person.Id, ComplaintId = id, Since = clock.GetUtcNow() });
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException)
            {
                // the same person pressed it twice at once
            }
        }

        return true;
    }

    /// <summary>Whether the person follows the case.</summary>
    public async Task<bool> HasAsync(Guid id, string person, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.CaseWatches.AnyAsync(w => w.UserId == person && w.ComplaintId == id, cancellationToken);
    }
}

using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Cases;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>Looks into what cases are found by, as a search does.</summary>
internal static class StoredTexts
{
    public static async Task<IReadOnlyList<Guid>> FoundAsync(CaseManagementDbContext db, string typed, string? lead, bool isOpen)
    {
        var term = Assert.Single(CaseTextSearch.TermsOf(db, typed));
        return await db.CaseTexts.Where(t => t.Lead == lead && t.IsOpen == isOpen && (CaseTextSearch.Holds(t.Words, term.Words) || CaseTextSearch.Holds(t.People, term.People)))
            .OrderBy(t => t.ComplaintId).Select(t => t.ComplaintId).ToListAsync();
    }
}

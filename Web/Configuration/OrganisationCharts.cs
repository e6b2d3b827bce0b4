using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>Reads the organisation as rules about cases ask for it.</summary>
internal static class OrganisationCharts
{
    /// <param name="db">The database; of changes in a transaction those that were saved.</param>
    /// <param name="conflictFallback">The role for tasks that nobody else may have; null: the role that answers escalations.</param>
    /// <param name="partsDuties">Nobody decides what they asked for.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<OrganisationChart> ReadAsync(CaseManagementDbContext db, string? conflictFallback, bool partsDuties, CancellationToken cancellationToken)
    {
        var departments = await db.Departments.AsNoTracking().ToListAsync(cancellationToken);
        var past = await db.DepartmentHeads.AsNoTracking().Select(h => new PastHead(h.Department, h.UserId, h.Until)).ToListAsync(cancellationToken);
        var users = await db.Users.AsNoTracking().Where(u => u.IsActive).Select(u => new { u.Id, u.DisplayName, u.UserName, u.Email }).ToListAsync(cancellationToken);
        var memberships = (await db.Memberships.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(m => m.UserId, StringComparer.Ordinal);
        var fallback = await db.NotificationRules.AsNoTracking().Select(r => r.FallbackRole).FirstOrDefaultAsync(cancellationToken);
        return new OrganisationChart(
            departments.ToDictionary(d => d.Key, d => new ChartDepartment(new BilingualText(d.NameZh, d.NameEn), d.Parent, d.Head, d.Substitute), StringComparer.Ordinal),
            users.ToDictionary(u => u.Id, u => u.DisplayName, StringComparer.Ordinal), fallback ?? OrganisationChart.UsualFallback)
        {
            Staff = users.ToDictionary(
                u => u.Id,
                u => new StaffRecord(u.Id, u.DisplayName, [.. memberships[u.Id].Select(m => new Membership(m.Role, m.Department.Length == 0 ? null : m.Department))])
                {
                    Aliases = u.UserName is { } name ? [name] : [],
                    Email = u.Email,
                },
                StringComparer.Ordinal),
            PastHeads = past,
            ConflictFallback = conflictFallback,
            PartsDuties = partsDuties,
            Delegations = [.. (await db.Delegations.AsNoTracking().Where(d => d.EndedAt == null).OrderBy(d => d.Id).ToListAsync(cancellationToken)).Select(d => d.AsDelegation())],
        };
    }
}

using CaseManagement.Domain.Delegations;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Features.Delegations;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Organisation;

/// <summary>Which delegations are whose business, and where one stands.</summary>
public static class DelegationSight
{
    /// <summary>Those a person gave, may give for others, or acts by.</summary>
    /// <param name="db">Where they are.</param>
    /// <param name="person">Who looks, by id.</param>
    /// <param name="everybody">The ids of all who work here.</param>
    /// <param name="chart">The organisation.</param>
    public static IQueryable<StoredDelegation> Of(CaseManagementDbContext db, string person, IEnumerable<string> everybody, OrganisationChart chart)
    {
        var theirs = everybody.Where(other => DelegationRules.MaySetFor(person, other, chart)).ToList();
        return db.Delegations.AsNoTracking().Where(d => theirs.Contains(d.FromId) || d.ToId == person);
    }

    /// <summary>Where one stands at a moment.</summary>
    public static DelegationStand StandOf(this StoredDelegation row, DateTimeOffset now) =>
        row.EndedAt is not null || row.Ends <= now ? DelegationStand.Over : row.Starts > now ? DelegationStand.Ahead : DelegationStand.InForce;
}

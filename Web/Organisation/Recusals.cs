using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Organisation;

/// <summary>Works out anew, in the commit that changes the organisation, who is kept out of which cases.</summary>
public sealed class Recusals(CaseRuntime cases, StoredConfigurations configurations, IOptions<SecurityOptions> security, IHostEnvironment environment)
{
    private const int Together = 200;

    /// <summary>Saves what the context has changed of the organisation, and lets the cases follow that this may concern: those that name somebody, and closely kept ones.</summary>
    /// <returns>How many cases were written.</returns>
    public Task<int> FollowAsync(CaseManagementDbContext db, ICaseTransaction transaction, CancellationToken cancellationToken) =>
        FollowAsync(db, transaction, null, cancellationToken);

    /// <summary>The organisation as the context has it.</summary>
    public Task<OrganisationChart> ChartAsync(CaseManagementDbContext db, CancellationToken cancellationToken) =>
        OrganisationCharts.ReadAsync(db, security.Value.ConflictFallback, security.Value.PartsDuties(environment), cancellationToken);

    /// <inheritdoc cref="FollowAsync(CaseManagementDbContext, ICaseTransaction, CancellationToken)"/>
    /// <param name="of">The change concerns nobody else than these persons, and no case but those that one of them is kept out of; null: whoever.</param>
    public async Task<int> FollowAsync(CaseManagementDbContext db, ICaseTransaction transaction, IReadOnlyList<string>? of, CancellationToken cancellationToken)
    {
        // read before the change is written: on some databases it could not be read beside it
        var before = await configurations.CurrentAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var chart = await ChartAsync(db, cancellationToken);
        var after = before.With(chart: chart);
        var names = chart.Staff.Values.Select(s => s.Name).ToList();
        var concerned = of is not null
            ? await db.CaseParties.AsNoTracking().Where(p => p.Kind == PartyKinds.Barred && of.Contains(p.Who)).Select(p => p.ComplaintId).Distinct().OrderBy(id => id).ToListAsync(cancellationToken)
            : await db.Cases.AsNoTracking()
                .Where(c => c.RespondentPerson != null || (c.ComplainantName != null && names.Contains(c.ComplainantName)) || db.CaseParties.Any(p => p.ComplaintId == c.Id))
                .OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(cancellationToken);
        var written = 0;
        foreach (var some in concerned.Chunk(Together))
        {
            written += await cases.FollowAsync(transaction, some, after, cancellationToken);
        }

        return written;
    }
}

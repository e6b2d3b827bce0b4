using System.Globalization;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Organisation;

/// <summary>Shows covered identities. The record and the count of the day are committed before anything is shown.</summary>
public sealed class IdentityReveals(CaseRuntime cases, TimeProvider clock)
{
    /// <inheritdoc cref="Reveals.Show"/>
    /// <param name="transaction">The transaction to record it in.</param>
    /// <param name="id">The case.</param>
    /// <param name="by">Who asks.</param>
    public async ValueTask<CaseOutcome> ShowAsync(ICaseTransaction transaction, Guid id, Performer by, string? purpose, string? reason, CancellationToken cancellationToken)
    {
        var today = await transaction.NextAsync($"reveals/{by.PersonId}/{clock.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture)}", cancellationToken);
        return await cases.ActAsync(transaction, id, by, act => Reveals.Show(act, purpose, reason, (int)today), cancellationToken);
    }
}

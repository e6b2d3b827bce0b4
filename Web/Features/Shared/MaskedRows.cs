using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Masking;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Shared;

/// <summary>
/// The personal data in rows of lists, as one reader is shown it. Rows of what the reader works on or answers for are as they are; of the others, and of those whose
/// identity is covered, the case itself is read.
/// </summary>
public sealed class MaskedRows(StoredConfigurations configurations, TimeProvider clock)
{
    /// <summary>Masks of those of the cases that are read masked; of the others names and subjects are shown.</summary>
    /// <param name="rows">The rows, which the reader may see.</param>
    /// <param name="scope">The reader.</param>
    /// <param name="db">The database.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyDictionary<Guid, CaseMask>> OfAsync(IReadOnlyCollection<CaseRow> rows, CaseScope scope, CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var ids = rows.Select(r => r.Id).ToList();
        return await OfAsync(rows, (await scope.Workable(db).Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken)).ToHashSet(), scope, db, cancellationToken);
    }

    /// <inheritdoc cref="OfAsync(IReadOnlyCollection{CaseRow}, CaseScope, CaseManagementDbContext, CancellationToken)"/>
    /// <param name="known">Those of them the reader may act on.</param>
    public async Task<IReadOnlyDictionary<Guid, CaseMask>> OfAsync(
        IReadOnlyCollection<CaseRow> rows, IReadOnlySet<Guid> known, CaseScope scope, CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var masks = new Dictionary<Guid, CaseMask>();
        if (rows.Count == 0 || scope.Person is not { } person)
        {
            return masks;
        }

        var covered = rows.Where(r => !known.Contains(r.Id) || r.Confidentiality is null or >= (int)ConfidentialityLevel.Identity).Select(r => r.Id).ToList();
        if (covered.Count == 0)
        {
            return masks;
        }

        var configuration = await configurations.CurrentAsync(cancellationToken);
        foreach (var stored in await db.CaseDocuments.AsNoTracking().Where(d => covered.Contains(d.Id)).ToListAsync(cancellationToken))
        {
            var complaint = CaseDocument.Read(stored.Document);
            var rules = configuration.RulesFor(await configurations.ProcessAsync(complaint.Process, complaint.ProcessVersion, cancellationToken), complaint.LimitsVersion);
            var sight = Sight.Of(complaint, rules, person.AsPerformer(), known.Contains(stored.Id), person.ReadsAs, clock.GetUtcNow());
            if (sight.Covered || !sight.ReadsWords)
            {
                masks[stored.Id] = new CaseMask(complaint, rules, person.AsPerformer(), sight);
            }
        }

        return masks;
    }

    /// <summary>The subjects of rows as the reader is shown them, by case.</summary>
    /// <inheritdoc cref="OfAsync(IReadOnlyCollection{CaseRow}, CaseScope, CaseManagementDbContext, CancellationToken)"/>
    public async Task<IReadOnlyDictionary<Guid, string>> SubjectsAsync(IReadOnlyCollection<CaseRow> rows, CaseScope scope, CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var masks = await OfAsync(rows, scope, db, cancellationToken);
        return rows.DistinctBy(r => r.Id).ToDictionary(r => r.Id, r => masks.GetValueOrDefault(r.Id)?.Say(r.Subject) ?? r.Subject);
    }
}

using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Complaints;

/// <summary>A stored case with the process it runs on.</summary>
public sealed record ReadCase(Complaint Complaint, ProcessPack Pack);

/// <summary>Reads cases for answers, as the caller may see them.</summary>
public sealed class CaseReader(CaseManagementDbContext db, StoredConfigurations configurations)
{
    /// <summary>One case.</summary>
    /// <exception cref="RuleViolationException"><c>complaint-unknown</c>: there is none, or none the caller may know of.</exception>
    public async Task<ReadCase> GetAsync(Guid id, ApiCaller caller, CancellationToken cancellationToken) =>
        (await GetAsync([id], cancellationToken)).GetValueOrDefault(id) is { } found && !IsExcluded(found.Complaint, caller)
            ? found
            : throw new RuleViolationException(CaseRuntime.NoSuchCase);

    /// <summary>Cases by id; those that are not there are left out.</summary>
    public async Task<Dictionary<Guid, ReadCase>> GetAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var stored = await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id))
            .Join(db.CaseDocuments.Where(d => ids.Contains(d.Id)), c => c.Id, d => d.Id, (c, d) => new { c.Id, c.Version, d.Document })
            .ToListAsync(cancellationToken);
        var read = new Dictionary<Guid, ReadCase>();
        foreach (var row in stored)
        {
            var complaint = CaseDocument.Read(row.Document);
            complaint.Version = row.Version;
            read[row.Id] = new ReadCase(complaint, await PackOfAsync(complaint, cancellationToken));
        }

        return read;
    }

    /// <summary>The respondent neither sees nor steers the case about them.</summary>
    public static bool IsExcluded(Complaint complaint, ApiCaller caller) =>
        caller.Person is { } person && complaint.Respondent?.Person == person.Id;

    /// <exception cref="RuleViolationException"><c>complaint-unknown</c></exception>
    public static void ThrowIfExcluded(Complaint complaint, ApiCaller caller) =>
        RuleViolationException.ThrowUnless(!IsExcluded(complaint, caller), CaseRuntime.NoSuchCase);

    private async ValueTask<ProcessPack> PackOfAsync(Complaint complaint, CancellationToken cancellationToken) =>
        (await configurations.ProcessAsync(complaint.Process, complaint.ProcessVersion, cancellationToken)).Pack;
}

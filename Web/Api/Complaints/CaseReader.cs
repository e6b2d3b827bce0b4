using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Masking;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Complaints;

/// <summary>A stored case with the process it runs on.</summary>
/// <param name="Complaint">The case.</param>
/// <param name="Rules">Its rules.</param>
/// <param name="Mask">The personal data of it as the caller is shown them.</param>
public sealed record ReadCase(Complaint Complaint, CaseRules Rules, CaseMask Mask)
{
    /// <summary>The process.</summary>
    public ProcessPack Pack => Rules.Pack;

    /// <summary>The caller is shown neither who complained nor what is written in full.</summary>
    public bool IsMasked => Mask.Sight.Covered || Mask.CoversWords;

    /// <summary>The caller is told who complained.</summary>
    public bool ShowsIdentity => Mask.Sight.Of(DataClass.Name) == Shown.Full;

    /// <summary>The caller may not know of its files.</summary>
    public bool HidesFiles { get; init; }
}

/// <summary>Reads cases for answers, as the caller may see them.</summary>
public sealed class CaseReader(CaseManagementDbContext db, ApiCases allowed, StoredConfigurations configurations)
{
    /// <summary>One case.</summary>
    /// <exception cref="RuleViolationException"><c>complaint-unknown</c>: there is none, or none the caller may know of.</exception>
    public async Task<ReadCase> GetAsync(Guid id, ApiCaller caller, CancellationToken cancellationToken) =>
        (await GetAsync([id], caller, cancellationToken)).GetValueOrDefault(id) ?? throw new RuleViolationException(CaseRuntime.NoSuchCase);

    /// <summary>Cases by id; those that are not there for the caller are left out.</summary>
    public async Task<Dictionary<Guid, ReadCase>> GetAsync(IReadOnlyCollection<Guid> ids, ApiCaller caller, CancellationToken cancellationToken)
    {
        var open = await (await allowed.WorkableAsync(caller, cancellationToken)).Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToHashSetAsync(cancellationToken);
        var stored = await (await allowed.VisibleAsync(caller, cancellationToken)).Where(c => ids.Contains(c.Id))
            .Join(db.CaseDocuments.Where(d => ids.Contains(d.Id)), c => c.Id, d => d.Id, (c, d) => new { c.Id, c.Version, d.Document })
            .ToListAsync(cancellationToken);
        var read = new Dictionary<Guid, ReadCase>();
        foreach (var row in stored)
        {
            var complaint = CaseDocument.Read(row.Document);
            complaint.Version = row.Version;
            var process = await configurations.ProcessAsync(complaint.Process, complaint.ProcessVersion, cancellationToken);
            read[row.Id] = ReadCaseFor(complaint, (await configurations.CurrentAsync(cancellationToken)).RulesFor(process, complaint.LimitsVersion), caller, open.Contains(row.Id));
        }

        return read;
    }

    /// <summary>The case as the caller reads it. A program reads a covered identity, and files with it, only with scope <c>cases.restricted</c>.</summary>
    /// <param name="complaint">The case, which the caller sees.</param>
    /// <param name="rules">Its rules.</param>
    /// <param name="caller">Who reads.</param>
    /// <param name="mayAct">The caller may act on the case; others read it masked.</param>
    public static ReadCase ReadCaseFor(Complaint complaint, CaseRules rules, ApiCaller caller, bool mayAct)
    {
        var isCovered = complaint.CoversIdentity;
        if (caller.Person is not { } person)
        {
            var opens = !isCovered || caller.SeesRestricted;
            return new ReadCase(complaint, rules, new CaseMask(complaint, rules, caller.Performer, Sight.Open with { Covered = !opens || !mayAct })) { HidesFiles = !opens };
        }

        var who = person.AsPerformer();
        var knows = CaseConfidentiality.ShowsIdentity(complaint, rules, who, mayAct);

        // what was revealed for a while is asked for by its own address
        return new ReadCase(complaint, rules, new CaseMask(complaint, rules, who, Sight.Of(complaint, rules, who, mayAct, person.ReadsAs, now: null)))
        {
            HidesFiles = CaseConfidentiality.Hides("attachments", complaint, rules, who) || (isCovered && !knows),
        };
    }
}

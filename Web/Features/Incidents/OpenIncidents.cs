using System.Globalization;
using CaseManagement.Web.Elsa.Instances;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Runtime;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Incidents;

/// <summary>A failed step nobody has set right yet.</summary>
/// <param name="Incident">The fault.</param>
/// <param name="Instance">Where it happened.</param>
/// <param name="Complaint">The case it runs; null for an instance without one.</param>
/// <param name="SeesCase">The reader may open the case.</param>
/// <param name="MayRetry">The reader may run the step again.</param>
public sealed record OpenIncident(StoredIncident Incident, InstanceRow Instance, Guid? Complaint, bool SeesCase, bool MayRetry)
{
    /// <summary>The step of the outermost flowchart that failed or in which something failed.</summary>
    public string Step => Incident.NodeId.Split(':') is [_, _, { Length: > 0 } outer, ..] ? outer : Incident.ActivityId;
}

/// <summary>
/// Failed steps, told to those who can do something about them: whoever supervises the case, process owners, administrators; auditors read.
/// Owners and administrators see no case: they learn the step and what went wrong. What <see cref="InstanceAccess"/> hides is hidden here.
/// </summary>
public sealed class OpenIncidents(InstanceAccess access)
{
    /// <summary>Incidents looked at, the newest; more than that is told as many.</summary>
    public const int Most = 500;

    /// <summary>Open incidents the person may know of, the newest first.</summary>
    /// <param name="db">Where they are.</param>
    /// <param name="person">The reader; null for a program, which sees and may everything its key allows.</param>
    /// <param name="instance">Only of this instance.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<OpenIncident>> ReadAsync(CaseManagementDbContext db, Person? person, Guid? instance, CancellationToken cancellationToken)
    {
        var open = db.Incidents.AsNoTracking().Where(i => i.ResolvedAt == null && (instance == null || i.InstanceId == instance));
        var found = await open.OrderByDescending(i => i.At).ThenBy(i => i.InstanceId).ThenBy(i => i.Id).Take(Most)
            .Join(db.Instances.AsNoTracking(), i => i.InstanceId, i => i.Id, (incident, row) => new { incident, row }).ToListAsync(cancellationToken);
        if (found.Count == 0)
        {
            return [];
        }

        if (person is null)
        {
            return [.. found.OrderByDescending(f => f.incident.At).Select(f => new OpenIncident(f.incident, f.row, CaseOf(f.row), SeesCase: true, MayRetry: true))];
        }

        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var ids = found.Select(f => f.row.Id).Distinct().ToList();
        var known = InstanceAccess.SeesOutlines(person)
            ? (await (await InstanceAccess.VisibleAsync(db, scope, cancellationToken)).Where(i => ids.Contains(i.Id)).Select(i => i.Id).ToListAsync(cancellationToken)).ToHashSet()
            : [];
        var complaints = found.Select(f => CaseOf(f.row)).OfType<Guid>().Distinct().ToList();
        var cases = await scope.Visible(db).Where(c => complaints.Contains(c.Id)).Select(c => new { c.Id, c.Lead }).ToDictionaryAsync(c => c.Id, c => c.Lead, cancellationToken);
        var isAdministrator = person.Is(SystemRoles.Administrator);
        var seen = new List<OpenIncident>();
        foreach (var one in found)
        {
            var complaint = CaseOf(one.row);
            string? lead = null;
            var seesCase = complaint is { } id && cases.TryGetValue(id, out lead);
            var supervises = seesCase && scope.HasCases && scope.Supervises(lead);
            if (supervises || known.Contains(one.row.Id))
            {
                seen.Add(new OpenIncident(one.incident, one.row, complaint, seesCase, supervises || (isAdministrator && known.Contains(one.row.Id))));
            }
        }

        return [.. seen.OrderByDescending(s => s.Incident.At)];
    }

    // instances know their case by text
    private static Guid? CaseOf(InstanceRow row) =>
        !row.DefinitionVersionId.StartsWith('@') && Guid.TryParse(row.CorrelationId, CultureInfo.InvariantCulture, out var id) ? id : null;
}

using CaseManagement.Domain;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Cases;

namespace CaseManagement.Web.Features.Incidents;

/// <summary>Runs failed steps again. On a case the case's own record says who did it, elsewhere the audit of the definition.</summary>
public sealed class IncidentRetry(CaseRuntime cases, DefinitionEditing definitions)
{
    /// <summary>Runs every failed step of the instance again. What fails again is an incident again.</summary>
    /// <exception cref="RuleViolationException"><see cref="CaseRuntime.NothingToRetry"/>, <see cref="CaseRuntime.NoSuchCase"/></exception>
    public async Task RunAsync(OpenIncident incident, Performer by, CancellationToken cancellationToken)
    {
        if (incident.Complaint is { } id)
        {
            await cases.RetryAsync(id, by, cancellationToken);
        }
        else
        {
            await definitions.RetryAsync(incident.Instance.DefinitionId, incident.Instance.Id, by.Actor, cancellationToken);
        }
    }
}

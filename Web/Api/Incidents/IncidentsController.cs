using CaseManagement.Domain;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Features.Incidents;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api.Incidents;

/// <summary>A failed step that nobody has set right.</summary>
/// <param name="Instance">The workflow instance; what is retried.</param>
/// <param name="Definition">What it runs.</param>
/// <param name="Version">The version of it.</param>
/// <param name="Step">The activity that failed.</param>
/// <param name="Type">Its type.</param>
/// <param name="At">When.</param>
/// <param name="Message">What went wrong, in the language asked for.</param>
/// <param name="Detail">The same as the runtime says it.</param>
/// <param name="Complaint">The case, where the caller may open it.</param>
/// <param name="MayRetry">The caller may run it again.</param>
public sealed record IncidentAnswer(
    Guid Instance, string Definition, int Version, string Step, string Type, DateTimeOffset At, string Message, string Detail, Guid? Complaint, bool MayRetry)
{
    internal static IncidentAnswer Of(OpenIncident open, string language) => new(
        open.Instance.Id, open.Instance.DefinitionId, open.Instance.DefinitionVersion, open.Incident.ActivityId, open.Incident.ActivityType, open.Incident.At,
        IncidentCauses.Of(open.Incident.ExceptionType).In(language), open.Incident.Message, open.SeesCase ? open.Complaint : null, open.MayRetry);
}

/// <summary>Failed steps of running processes.</summary>
[Route("api/v1/incidents"), Tags("Incidents")]
public sealed class IncidentsController(CaseManagementDbContext db, OpenIncidents incidents, IncidentRetry retry, ApiCases allowed, RequestOnce once) : ApiController
{
    private static readonly Rule Unknown = new("incident-unknown", "There is no such failed step, or it has been set right.");

    /// <summary>Failed steps the caller may know of, the newest first.</summary>
    [HttpGet, ApiAccess(ApiScopes.OpsWrite, ApiRoles.Supervisor | ApiRoles.ProcessOwner | ApiRoles.Administrator | ApiRoles.Auditor)]
    [ProducesResponseType<Listed<IncidentAnswer>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List([FromQuery] PageRequest paging, CancellationToken cancellationToken)
    {
        var open = await ReadAsync(null, cancellationToken);
        var language = ApiLanguage.Of(HttpContext);
        return JsonAnswers.Json(new Listed<IncidentAnswer>([.. open.Skip(paging.Before).Take(paging.PageSize).Select(o => IncidentAnswer.Of(o, language))], open.Count));
    }

    /// <summary>Runs the failed steps of an instance again; answers with those that fail still.</summary>
    [HttpPost("{instance:guid}/retry"), ApiAccess(ApiScopes.OpsWrite, ApiRoles.Supervisor | ApiRoles.Administrator)]
    [ProducesResponseType<Listed<IncidentAnswer>>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> Retry(Guid instance, CancellationToken cancellationToken)
    {
        var language = ApiLanguage.Of(HttpContext);
        return JsonAnswers.Json(await once.RunApartAsync(HttpContext, async () =>
        {
            if (await ReadAsync(instance, cancellationToken) is not [{ MayRetry: true } one, ..])
            {
                throw new RuleViolationException(Unknown);
            }

            await retry.RunAsync(one, Caller.Performer, cancellationToken);
            var left = await ReadAsync(instance, cancellationToken);
            return FirstAnswer.Of(StatusCodes.Status200OK, new Listed<IncidentAnswer>([.. left.Select(o => IncidentAnswer.Of(o, language))], left.Count));
        }));
    }

    // a key that is bound learns of failed steps of its own cases alone
    private async Task<IReadOnlyList<OpenIncident>> ReadAsync(Guid? instance, CancellationToken cancellationToken)
    {
        var open = await incidents.ReadAsync(db, Caller.Person, instance, cancellationToken);
        if (Caller.Bounds is null)
        {
            return open;
        }

        var known = await allowed.KnownAsync(Caller, [.. open.Select(o => o.Complaint).OfType<Guid>()], cancellationToken);
        return [.. open.Where(o => o.Complaint is { } complaint && known.Contains(complaint))];
    }
}

using CaseManagement.Domain;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Privacy;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api.Complaints;

/// <summary>What somebody asks about their personal data.</summary>
/// <param name="Kind">access, copy, correct, delete, restrict, object, move or explain.</param>
/// <param name="Text">What is asked for, in words; what a correction adds.</param>
/// <param name="Also">Other cases of the same person that it is about, by id; at most 19.</param>
public sealed record DataRequestBody(string? Kind, string? Text, IReadOnlyList<Guid>? Also);

/// <summary>Requests about personal data, taken at the desk. Each is a case of its own, of the process that the configuration names; its tasks decide it.</summary>
[Route("api/v1/complaints/{id:guid}"), Tags("Complaints")]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
public sealed class DataRequestsController(CaseDeeds deeds, DataRequests requests, ApiCases allowed, RequestOnce once) : ApiController
{
    /// <summary>Registers a request about this case, for the person it concerns. Who they are was checked by whoever registers it.</summary>
    /// <returns>The request's own case.</returns>
    [HttpPost("data-requests"), ApiAccess(ApiScopes.CasesCreate, ApiRoles.Staff)]
    [ProducesResponseType<ComplaintAnswer>(StatusCodes.Status201Created)]
    public async Task<IActionResult> Register(Guid id, [FromBody] DataRequestBody request, CancellationToken cancellationToken)
    {
        if (Caller.Person is null)
        {
            throw ApiCases.Forbidden();
        }

        if (request.Also is { Count: >= DataRequests.MostCases })
        {
            throw new InvalidInputException([new InputProblem("also", "too-many", "At most 19 other cases.")]);
        }

        List<Guid> about = [id, .. request.Also ?? []];
        foreach (var one in about)
        {
            await allowed.RequireVisibleAsync(one, Caller, cancellationToken);
        }

        var prepared = await requests.PrepareAsync(about, request.Kind, request.Text, DataRequests.Desk, cancellationToken);
        var answer = await once.RunAsync(HttpContext, async transaction =>
        {
            var outcome = await requests.RegisterAsync(transaction, prepared, Caller.Performer, cancellationToken);
            return FirstAnswer.Of(StatusCodes.Status201Created, CaseWords.For(HttpContext).Of(CaseReader.ReadCaseFor(outcome.Complaint, outcome.Rules, Caller, mayAct: false)));
        });
        return JsonAnswers.Json(answer);
    }

    /// <summary>Lets the personal data of a case be used again as its process does; only heads.</summary>
    [HttpPost("restriction/lift"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    [ProducesResponseType<ComplaintAnswer>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Lift(Guid id, [FromBody] ReasonRequest request) =>
        JsonAnswers.Json(await deeds.DoAsync(HttpContext, id, act => act.Complaint.Rights.Lift(act, request.Reason)));
}

using CaseManagement.Domain;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Organisation;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Complaints;

/// <summary>Whether what was asked is done.</summary>
public sealed record HoldDecision(bool? Agrees);

/// <summary>Legal holds: while one stands nothing of the case is erased, archived away or changed by a retention run. For people only.</summary>
[Route("api/v1/complaints/{id:guid}/hold"), Tags("Complaints")]
[ProducesResponseType<ComplaintAnswer>(StatusCodes.Status200OK)]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
public sealed class HoldsController(CaseDeeds deeds, ApiCases allowed, CaseRuntime runtime, RequestOnce once) : ApiController
{
    /// <summary>Sets a hold. Who supervises the case does, and auditors.</summary>
    [HttpPost, ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff | ApiRoles.Auditor)]
    public async Task<IActionResult> Set(Guid id, [FromBody] ReasonRequest request, CancellationToken cancellationToken)
    {
        if (Caller.Person is not { } person)
        {
            throw ApiCases.Forbidden();
        }

        if (person.Is(SystemRoles.Auditor))
        {
            await allowed.RequireVisibleAsync(id, Caller, cancellationToken);
        }
        else
        {
            await allowed.RequireSupervisedAsync(id, Caller, cancellationToken);
        }

        var mayAct = await (await allowed.WorkableAsync(Caller, cancellationToken)).AnyAsync(c => c.Id == id, cancellationToken);
        return JsonAnswers.Json(await once.RunAsync(HttpContext, async transaction =>
        {
            var outcome = await runtime.ActAsync(transaction, id, Caller.Performer, act => act.Complaint.Holds.Set(act, request.Reason), cancellationToken);
            return FirstAnswer.Of(StatusCodes.Status200OK, CaseWords.For(HttpContext).Of(CaseReader.ReadCaseFor(outcome.Complaint, outcome.Rules, Caller, mayAct)));
        }));
    }

    /// <summary>Asks to release a hold; only heads ask. It stands until another head agrees.</summary>
    [HttpPost("{number:int}/release"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    public async Task<IActionResult> Release(Guid id, int number, [FromBody] ReasonRequest request) =>
        JsonAnswers.Json(await deeds.DoAsync(HttpContext, id, act => act.Complaint.Holds.AskRelease(act, number, request.Reason)));

    /// <summary>Agrees that a hold be released, or refuses it; another head than the one who asked.</summary>
    [HttpPost("{number:int}/decision"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    public async Task<IActionResult> Decide(Guid id, int number, [FromBody] HoldDecision request) =>
        request.Agrees is { } agrees
            ? JsonAnswers.Json(await deeds.DoAsync(HttpContext, id, act => act.Complaint.Holds.Decide(act, number, agrees)))
            : throw new InvalidInputException([new InputProblem("agrees", "required", "Say whether it is done.")]);
}

using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Organisation;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api.Complaints;

/// <summary>How closely a case is to be kept.</summary>
/// <param name="Level">ordinary, identity, restricted or sealed. A higher one than there is holds at once; a lower one, or other people of a sealed case, is asked for.</param>
/// <param name="People">Who may see a sealed case, by id.</param>
/// <param name="Reason">Why, at least 10 characters.</param>
public sealed record ConfidentialityRequestBody(string? Level, IReadOnlyList<string>? People, string? Reason);

/// <summary>Whether what was asked is done.</summary>
public sealed record ConfidentialityDecision(bool? Agrees);

/// <summary>Why a covered identity is asked for.</summary>
/// <param name="Purpose">contact, verify, duplicate or legal.</param>
/// <param name="Reason">At least 10 characters.</param>
public sealed record RevealRequest(string? Purpose, string? Reason);

/// <summary>A covered identity, shown for a while.</summary>
/// <param name="Until">When pages cover it again.</param>
public sealed record RevealAnswer(string? Name, string? Phone, string? Email, DateTimeOffset Until);

/// <summary>Whom the case is about.</summary>
/// <param name="Department">The department; empty for none; as it is when absent.</param>
/// <param name="Person">The person by id or name; empty for nobody; as it is when absent.</param>
/// <param name="Staff">Binds the person to a member of the staff, by id.</param>
/// <param name="NotStaff">The person is nobody who works here.</param>
public sealed record RespondentChange(string? Department, string? Person, string? Staff, bool? NotStaff);

/// <summary>Who may know of a case: how closely it is kept and who has no part in it.</summary>
[Route("api/v1/complaints/{id:guid}"), Tags("Complaints")]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
public sealed class PrivacyController(CaseDeeds deeds, ApiCases allowed, IdentityReveals reveals, ICaseStore store) : ApiController
{
    /// <summary>Keeps a case more closely at once, or asks a second person to keep it less closely. Only heads ask, and no program.</summary>
    [HttpPost("confidentiality"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    [ProducesResponseType<ComplaintAnswer>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Keep(Guid id, [FromBody] ConfidentialityRequestBody request)
    {
        if (!Enum.TryParse<ConfidentialityLevel>(request.Level, ignoreCase: true, out var level) || !Enum.GetNames<ConfidentialityLevel>().Contains(request.Level, StringComparer.OrdinalIgnoreCase))
        {
            throw new InvalidInputException([new InputProblem("level", FactRefusals.OptionUnknown, "One of ordinary, identity, restricted, sealed.")]);
        }

        return JsonAnswers.Json(await deeds.DoAsync(HttpContext, id, act =>
        {
            var kept = act.Complaint.Confidentiality;
            if (level > kept.Level)
            {
                kept.Raise(act, level, request.People ?? [], request.Reason);
            }
            else
            {
                kept.Ask(act, level, request.People ?? [], request.Reason);
            }
        }));
    }

    /// <summary>Agrees to what was asked, or refuses it; another person than the one who asked.</summary>
    [HttpPost("confidentiality/decision"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    [ProducesResponseType<ComplaintAnswer>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Decide(Guid id, [FromBody] ConfidentialityDecision request) =>
        request.Agrees is { } agrees
            ? JsonAnswers.Json(await deeds.DoAsync(HttpContext, id, act => act.Complaint.Confidentiality.Decide(act, agrees)))
            : throw new InvalidInputException([new InputProblem("agrees", "required", "Say whether it is done.")]);

    /// <summary>Shows who complains where that is covered, to people who work on the case or answer for it. It is recorded first; no program is shown it so.</summary>
    [HttpPost("reveal"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    [ProducesResponseType<RevealAnswer>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Reveal(Guid id, [FromBody] RevealRequest request, CancellationToken cancellationToken)
    {
        await allowed.RequireWorkableAsync(id, Caller, cancellationToken);
        if (Caller.Person is null)
        {
            throw ApiCases.Forbidden();
        }

        // not kept as a first answer: it would show the identity again without a record
        var outcome = await store.RunAsync(
            transaction => reveals.ShowAsync(transaction, id, Caller.Performer, request.Purpose, request.Reason, cancellationToken), cancellationToken);
        var who = outcome.Complaint.Complainant;
        var until = outcome.Complaint.Confidentiality.Reveals.Find(r => r.Person == Caller.Performer.PersonId)!.Until;
        return JsonAnswers.Json(new RevealAnswer(who.Name, who.Phone, who.Email, until));
    }

    /// <summary>Names whom the case is about, or says who among the staff they are. Who is named loses the case at once. To bind a name one supervises the case.</summary>
    [HttpPost("respondent"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    [ProducesResponseType<ComplaintAnswer>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Respondent(Guid id, [FromBody] RespondentChange request, CancellationToken cancellationToken)
    {
        var binds = request.Staff is { Length: > 0 } || request.NotStaff == true;
        if (binds)
        {
            await allowed.RequireSupervisedAsync(id, Caller, cancellationToken);
        }

        return JsonAnswers.Json(await deeds.DoAsync(HttpContext, id, act =>
        {
            var now = act.Complaint.Respondent;
            act.Complaint.Exclusion.Name(act, new Respondent(request.Department ?? now?.Department, request.Person ?? now?.Person));
            if (binds)
            {
                act.Complaint.Exclusion.Bind(act, request.NotStaff == true ? null : request.Staff);
            }
        }));
    }

    /// <summary>The caller has a part in the matter and gives the case up: it is not there for them any more.</summary>
    [HttpPost("interest"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IActionResult> Interest(Guid id, [FromBody] ReasonRequest request, CancellationToken cancellationToken)
    {
        await allowed.RequireVisibleAsync(id, Caller, cancellationToken);
        await deeds.GiveUpAsync(HttpContext, id, act => act.Complaint.Exclusion.Declare(act, request.Reason));
        return NoContent();
    }
}

using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Organisation;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Complaints;

/// <summary>How closely a case is to be kept.</summary>
/// <param name="Level">ordinary, identity, restricted or sealed. A higher one than there is holds at once; a lower one, or other people of a sealed case, is asked for.</param>
/// <param name="People">Who may see a sealed case, by id.</param>
/// <param name="Reason">Why, at least 10 characters.</param>
public sealed record ConfidentialityRequestBody(string? Level, IReadOnlyList<string>? People, string? Reason);

/// <summary>Whether what was asked is done.</summary>
public sealed record ConfidentialityDecision(bool? Agrees);

/// <summary>What that is covered is asked for, and why.</summary>
/// <param name="Purpose">contact, verify, duplicate, legal or audit.</param>
/// <param name="Reason">At least 10 characters.</param>
/// <param name="Fields"><c>identity</c> and keys of sensitive facts; the identity when absent.</param>
public sealed record RevealRequest(string? Purpose, string? Reason, IReadOnlyList<string>? Fields = null);

/// <summary>Whether an auditor is shown what they asked for.</summary>
/// <param name="Person">The auditor, by id.</param>
/// <param name="Agrees">Whether it is shown.</param>
public sealed record RevealDecision(string? Person, bool? Agrees);

/// <summary>What is covered, shown for a while; absent members were not asked for.</summary>
/// <param name="Until">When it is covered again.</param>
/// <param name="Facts">Values of sensitive facts.</param>
public sealed record RevealAnswer(string? Name, string? Phone, string? Email, DateTimeOffset Until, IReadOnlyDictionary<string, string>? Facts);

/// <summary>What an auditor asked for, which another person has yet to agree to.</summary>
/// <param name="Until">Until when it can be agreed to.</param>
public sealed record RevealAsked(IReadOnlyList<string> Fields, string Purpose, DateTimeOffset Until);

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
public sealed class PrivacyController(CaseDeeds deeds, ApiCases allowed, IdentityReveals reveals, CaseRuntime runtime, ReadLog reads, StaffSessions sessions, ICaseStore store, TimeProvider clock) : ApiController
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

    /// <summary>
    /// Shows what is covered to people who work on the case or answer for it. It is recorded first; no program is shown it so. Of an auditor it is only asked: another auditor, or
    /// a head, agrees. A covered identity needs a session in which the person proved lately who they are.
    /// </summary>
    [HttpPost("reveal"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff | ApiRoles.Auditor)]
    [ProducesResponseType<RevealAnswer>(StatusCodes.Status200OK), ProducesResponseType<RevealAsked>(StatusCodes.Status202Accepted), ProducesResponseType<ProblemDetails>(StatusCodes.Status403Forbidden)]
    public async Task<IActionResult> Reveal(Guid id, [FromBody] RevealRequest request, CancellationToken cancellationToken)
    {
        await allowed.RequireVisibleAsync(id, Caller, cancellationToken);
        var audits = Caller.Person?.Is(SystemRoles.Auditor) == true && !await (await allowed.WorkableAsync(Caller, cancellationToken)).AnyAsync(c => c.Id == id, cancellationToken);
        if (!audits)
        {
            await allowed.RequireWorkableAsync(id, Caller, cancellationToken);
        }

        await RequireProofAsync(id, cancellationToken);
        if (audits)
        {
            var asked = await runtime.ActAsync(id, Caller.Performer, act => Reveals.Ask(act, request.Fields ?? [], request.Purpose, request.Reason), cancellationToken);
            var wish = asked.Complaint.Confidentiality.RevealWishes.First(w => w.Person == Caller.Person!.Id);
            return JsonAnswers.Json(new RevealAsked(wish.Fields, wish.Purpose, wish.At + Reveals.Waiting), StatusCodes.Status202Accepted);
        }

        // not kept as a first answer: it would show the identity again without a record
        var outcome = await store.RunAsync(
            transaction => reveals.ShowAsync(transaction, id, Caller.Performer, request.Fields ?? [], request.Purpose, request.Reason, cancellationToken), cancellationToken);
        return JsonAnswers.Json(Revealed(outcome.Complaint)!);
    }

    /// <summary>What is shown to the caller now because it was revealed; each look is recorded.</summary>
    [HttpGet("reveal"), ApiAccess(ApiScopes.CasesRead, ApiRoles.Staff | ApiRoles.Auditor)]
    [ProducesResponseType<RevealAnswer>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Revealed(Guid id, CancellationToken cancellationToken)
    {
        await allowed.RequireVisibleAsync(id, Caller, cancellationToken);
        if (Caller.Person is null)
        {
            throw ApiCases.Forbidden();
        }

        var read = await runtime.ReadAsync(id, cancellationToken) ?? throw new RuleViolationException(CaseRuntime.NoSuchCase);
        var answer = Reveals.MayBeShown(read.Complaint, read.Rules, Caller.Performer) ? Revealed(read.Complaint) : null;
        RuleViolationException.ThrowUnless(answer is not null, ConfidentialityRules.NothingToReveal);
        await reads.ChainedAsync(ReadLog.IdentityShown, Caller.Performer.Actor, new JsonObject { ["case"] = id.ToString(), ["place"] = "api-reveal" }, cancellationToken);
        return JsonAnswers.Json(answer!);
    }

    /// <summary>Agrees to what an auditor asked to be shown, or refuses it: another auditor, or a head of the leading department or above.</summary>
    [HttpPost("reveal/decision"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff | ApiRoles.Auditor)]
    [ProducesResponseType(StatusCodes.Status204NoContent), ProducesResponseType<ProblemDetails>(StatusCodes.Status403Forbidden)]
    public async Task<IActionResult> DecideReveal(Guid id, [FromBody] RevealDecision request, CancellationToken cancellationToken)
    {
        await allowed.RequireVisibleAsync(id, Caller, cancellationToken);
        if (Caller.Person is not { } person)
        {
            throw ApiCases.Forbidden();
        }

        if (!person.Is(SystemRoles.Auditor))
        {
            await allowed.RequireWorkableAsync(id, Caller, cancellationToken);
        }

        if (request.Agrees is not { } agrees)
        {
            throw new InvalidInputException([new InputProblem("agrees", "required", "Say whether it is shown.")]);
        }

        await store.RunAsync(transaction => reveals.DecideAsync(transaction, id, Caller.Performer, request.Person, agrees, cancellationToken), cancellationToken);
        return NoContent();
    }

    private RevealAnswer? Revealed(Complaint complaint)
    {
        var (kept, me, now) = (complaint.Confidentiality, Caller.Person!.Id, clock.GetUtcNow());
        var fields = kept.RevealedTo(me, now);
        if (fields.Count == 0)
        {
            return null;
        }

        var (who, showsIdentity) = (complaint.Complainant, fields.Contains(Reveals.Identity));
        var facts = fields.Where(f => f != Reveals.Identity).ToDictionary(f => f, f => complaint.Facts[f].ToString(), StringComparer.Ordinal);
        return new RevealAnswer(
            showsIdentity ? who.Name : null, showsIdentity ? who.Phone : null, showsIdentity ? who.Email : null, kept.Reveals.Where(r => r.Person == me && r.Until > now).Min(r => r.Until),
            facts.Count > 0 ? facts : null);
    }

    // a program is nobody it could be shown to; a person's key proves nothing of who holds it now
    private async Task RequireProofAsync(Guid id, CancellationToken cancellationToken)
    {
        if (Caller.Person is null)
        {
            throw ApiCases.Forbidden();
        }

        if (Caller is { HasSession: false, Scopes: null } || await runtime.ReadAsync(id, cancellationToken) is not { Complaint.Confidentiality.Level: >= ConfidentialityLevel.Identity })
        {
            return;
        }

        if (!Caller.HasSession || await Sessions.CurrentAsync(HttpContext) is not { } session || !await sessions.IsProvenAsync(session.Id, cancellationToken))
        {
            throw new ApiProblemException(StatusCodes.Status403Forbidden, "proof-needed", "Prove again who you are: a covered identity is shown only to somebody who did so within five minutes.");
        }
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

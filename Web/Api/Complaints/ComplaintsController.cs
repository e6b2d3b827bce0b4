using System.Text.Json.Nodes;
using CaseManagement.Domain.Masking;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api.Complaints;

/// <summary>Registers, finds and reads cases.</summary>
[Route("api/v1/complaints"), Tags("Complaints")]
public sealed class ComplaintsController(CaseRuntime runtime, CaseReader reader, ComplaintQuery query, TimelineReader timeline, RequestOnce once, StoredConfigurations configurations, ITrackingCodes codes, ReadLog reads)
    : ApiController
{
    /// <summary>Registers a case; its process starts with it. The tracking code is told here only.</summary>
    [HttpPost, ApiAccess(ApiScopes.CasesCreate, ApiRoles.Staff)]
    [ProducesResponseType<ComplaintAnswer>(StatusCodes.Status201Created)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest), ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> Register([FromBody] RegisterRequest request, CancellationToken cancellationToken)
    {
        var words = CaseWords.For(HttpContext);
        if (!Caller.IsFor(request.Process ?? (await configurations.CurrentAsync(cancellationToken)).DefaultProcess))
        {
            throw ApiCases.Forbidden();
        }

        var answer = await once.RunAsync(HttpContext, async transaction =>
        {
            var outcome = await runtime.RegisterAsync(transaction, request.ToRegistration(), Caller.Performer, cancellationToken)
                ?? throw new ApiProblemException(StatusCodes.Status409Conflict, "external-id-known", "A case with this external id is in already.");
            return FirstAnswer.Of(StatusCodes.Status201Created, words.Of(outcome.Complaint, outcome.Rules.Pack, new CaseMask(outcome.Complaint, outcome.Rules, Caller.Performer, Sight.Open)));
        });

        // the kept answer does not hold the code: what is stored of it is sealed
        var json = JsonNode.Parse(answer.Json)!.AsObject();
        var id = json["id"]!.GetValue<Guid>();
        if (answer.IsAgain)
        {
            // who may see the case counts now, and what they may see of it
            var read = await reader.GetAsync(id, Caller, cancellationToken);
            json = read.IsMasked ? JsonNode.Parse(FirstAnswer.Of(answer.Status, words.Of(read)).Json)!.AsObject() : json;
        }

        var complaint = (await runtime.ReadAsync(id, cancellationToken))!.Complaint;
        json["trackingCode"] = complaint.TrackingSealed is { } kept ? codes.Open(kept) : null;
        Response.Headers.Location = $"/api/v1/complaints/{id}";
        return JsonAnswers.Json(answer with { Json = json.ToJsonString(ApiJson.Options) });
    }

    /// <summary>One case.</summary>
    [HttpGet("{id:guid}"), ApiAccess(ApiScopes.CasesRead, ApiRoles.Staff | ApiRoles.Auditor | ApiRoles.Reader)]
    [ProducesResponseType<ComplaintAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> Get(Guid id, CancellationToken cancellationToken)
    {
        var read = await reader.GetAsync(id, Caller, cancellationToken);
        var complaint = read.Complaint;
        await reads.CaseAsync(complaint, read.ShowsIdentity, Caller.Performer.Actor, "api", cancellationToken);
        var answer = CaseWords.For(HttpContext).Of(read);
        return JsonAnswers.Json(Caller.Scopes?.Contains(ApiScopes.CasesCode) == true && complaint.TrackingSealed is { } kept
            ? answer with { TrackingCode = codes.Open(kept) }
            : answer);
    }

    /// <summary>Cases by what lists show of them.</summary>
    [HttpGet, ApiAccess(ApiScopes.CasesRead, ApiRoles.Staff | ApiRoles.Auditor | ApiRoles.Reader)]
    [ProducesResponseType<Listed<ComplaintAnswer>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List([FromQuery] ComplaintFilter filter, [FromQuery] PageRequest paging, CancellationToken cancellationToken)
    {
        var words = CaseWords.For(HttpContext);
        var found = await query.FindAsync(filter, paging, Caller, cancellationToken);
        var cases = await reader.GetAsync(found.Items, Caller, cancellationToken);
        await reads.ListAsync(cases.Values.Select(c => (c.Complaint, c.ShowsIdentity)), Caller.Performer.Actor, "api", cancellationToken);
        if (filter.Q?.Trim() is { Length: > 0 } asked
            && (ReadLog.IsOfPerson(asked) || cases.Values.Any(c => c.Mask.Name.Contains(asked, StringComparison.OrdinalIgnoreCase))))
        {
            await reads.SearchedAsync(asked, Caller.Performer.Actor, "api", cancellationToken);
        }

        return JsonAnswers.Json(new Listed<ComplaintAnswer>([.. found.Items.Select(cases.GetValueOrDefault).OfType<ReadCase>().Select(words.Of)], found.Total));
    }

    /// <summary>Everything that happened to a case, oldest first.</summary>
    [HttpGet("{id:guid}/timeline"), ApiAccess(ApiScopes.CasesRead, ApiRoles.Staff | ApiRoles.Auditor | ApiRoles.Reader)]
    [ProducesResponseType<IReadOnlyList<TimelineAnswer>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Timeline(Guid id, CancellationToken cancellationToken)
    {
        var found = await reader.GetAsync(id, Caller, cancellationToken);
        await reads.CaseAsync(found.Complaint, found.ShowsIdentity, Caller.Performer.Actor, "api-timeline", cancellationToken);
        return JsonAnswers.Json(await timeline.ReadAsync(found, ApiLanguage.Of(HttpContext), cancellationToken));
    }
}

using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Complaints;

/// <summary>What people do to a case beside its tasks. Each answers with the case as it is then.</summary>
[Route("api/v1/complaints/{id:guid}"), Tags("Complaints")]
[ProducesResponseType<ComplaintAnswer>(StatusCodes.Status200OK)]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
public sealed class CaseDeedsController(CaseDeeds deeds, ApiCases allowed) : ApiController
{
    private static readonly string[] ReplyKinds = ["first", "progress", "answer", "refusal", "final"];

    /// <summary>Corrects facts; level, routing and clocks are worked out again.</summary>
    [HttpPost("facts"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    public Task<IActionResult> Facts(Guid id, [FromBody] FactsRequest request) => AnswerAsync(deeds.DoAsync(
        HttpContext,
        id,
        act => act.Complaint.ChangeFacts(act, CaseDeeds.Typed(act, request.Facts, FactOrigin.Handler), request.Reason)));

    /// <summary>A person overrides the level; tables may then only raise it.</summary>
    [HttpPost("level"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    public Task<IActionResult> Level(Guid id, [FromBody] LevelRequest request) =>
        AnswerAsync(deeds.DoAsync(HttpContext, id, act => act.Complaint.OverrideLevel(act, request.Level ?? "", request.Reason)));

    /// <summary>What another level would do to the clocks: their limits are chosen anew. Nothing is stored.</summary>
    [HttpPost("level/preview"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    [ProducesResponseType<IReadOnlyList<LevelPreviewAnswer>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> PreviewLevel(Guid id, [FromBody] LevelRequest request) => JsonAnswers.Json(await deeds.TryAsync(
        HttpContext, id, act => act.Complaint.OverrideLevel(act, request.Level ?? "", request.Reason ?? "-")));

    /// <summary>A remark that only staff see.</summary>
    [HttpPost("notes"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    public Task<IActionResult> Note(Guid id, [FromBody] NoteRequest request) =>
        AnswerAsync(deeds.DoAsync(HttpContext, id, act => act.Complaint.Note(act, request.Text ?? "")));

    /// <summary>The complainant is, or was, told something.</summary>
    [HttpPost("replies"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    public Task<IActionResult> Reply(Guid id, [FromBody] ReplyRequest request)
    {
        var kind = request.Kind ?? "progress";
        if (!ReplyKinds.Contains(kind))
        {
            throw new InvalidInputException([new InputProblem("kind", FactRefusals.OptionUnknown, $"One of {string.Join(", ", ReplyKinds)}.")]);
        }

        return AnswerAsync(deeds.DoAsync(
            HttpContext,
            id,
            act =>
            {
                // without a template nothing else says what was told
                act.Complaint.Reply(act, kind, request.Template is null ? request.Text ?? "" : request.Text, request.Template);
                if (request.Template is { } template)
                {
                    _ = act.Rules.Template(template);
                }
            }));
    }

    /// <summary>Notes that another case, by id or number, belongs to this one.</summary>
    [HttpPost("links"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    public async Task<IActionResult> Link(Guid id, [FromBody] LinkRequest request, CancellationToken cancellationToken)
    {
        await allowed.RequireWorkableAsync(id, Caller, cancellationToken);
        var to = request.To ?? "";
        var others = (await allowed.VisibleAsync(Caller, cancellationToken)).Where(c => c.Id != id);
        var other = await (Guid.TryParse(to, out var otherId) ? others.Where(c => c.Id == otherId) : others.Where(c => c.Number == to))
            .Select(c => c.Number).SingleOrDefaultAsync(cancellationToken)
            ?? throw new InvalidInputException([new InputProblem("to", CaseRuntime.NoSuchCase.Code, "There is no other case of this id or number.")]);
        return await AnswerAsync(deeds.DoAsync(HttpContext, id, act => act.Complaint.Link(act, other, request.Kind ?? LinkKinds.Related)));
    }

    /// <summary>Puts a question to the complainant; a clock may rest until the answer, for a reason its limit allows.</summary>
    [HttpPost("questions"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    public Task<IActionResult> Ask(Guid id, [FromBody] QuestionRequest request) =>
        AnswerAsync(deeds.DoAsync(HttpContext, id, act => act.Complaint.Dialogue.Ask(act, request.Text ?? "", request.Clock, request.Reason)));

    /// <summary>The complainant's answer to a question, recorded for them.</summary>
    [HttpPost("questions/{number:int}/answer"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    public Task<IActionResult> AnswerQuestion(Guid id, int number, [FromBody] NoteRequest request) =>
        AnswerAsync(deeds.DoAsync(HttpContext, id, act => act.Complaint.Dialogue.Reply(act, number, request.Text ?? "")));

    /// <summary>The complainant takes the case back.</summary>
    [HttpPost("withdraw"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    public Task<IActionResult> Withdraw(Guid id, [FromBody] ReasonRequest request) =>
        AnswerAsync(deeds.DoAsync(HttpContext, id, act => act.Complaint.Withdraw(act, request.Reason)));

    /// <summary>Opens a closed case again.</summary>
    [HttpPost("reopen"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    public Task<IActionResult> Reopen(Guid id, [FromBody] ReasonRequest request) =>
        AnswerAsync(deeds.ReopenAsync(HttpContext, id, request.Reason));

    /// <summary>The complainant's answer, recorded for them; only while a step waits for it.</summary>
    [HttpPost("answers"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff)]
    public Task<IActionResult> Answer(Guid id, [FromBody] AnswerRequest request) => AnswerAsync(deeds.DoAsync(
        HttpContext,
        id,
        act =>
        {
            var outcome = request.Outcome ?? "";
            if (outcome is "Agreed" or "Rejected" or "Received")
            {
                act.Complaint.ThrowUnlessAwaited(outcome);
            }

            act.Complaint.Answer(act, outcome, request.Reason, CaseDeeds.Typed(act, request.Data, FactOrigin.Complainant, "data."));
        }));

    private static async Task<IActionResult> AnswerAsync(Task<FirstAnswer> deed) => JsonAnswers.Json(await deed);
}

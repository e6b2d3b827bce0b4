using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api.Complaints;

/// <summary>What people do to the clocks of a case. Each answers with the case as it is then.</summary>
[Route("api/v1/complaints/{id:guid}/clocks/{key}"), Tags("Clocks")]
[ProducesResponseType<ComplaintAnswer>(StatusCodes.Status200OK)]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
public sealed class ClocksController(CaseDeeds deeds) : ApiController
{
    /// <summary>The extension needs the approval chain that the limit names; the process asks for it.</summary>
    public static readonly Rule ApprovalRequired = new("approval-required", "This time limit is extended by its approval chain only.");

    public static readonly Rule NotPromised = new("clock.not-promised", "This time limit does not run to a promised date.");

    /// <summary>Stops counting, for one of the limit's reasons.</summary>
    [HttpPost("pause"), ApiAccess(ApiScopes.ClocksWrite, ApiRoles.Staff)]
    public Task<IActionResult> Pause(Guid id, string key, [FromBody] ClockRequest request) =>
        AnswerAsync(id, act => act.Complaint.Clocks.Pause(act, key, request.Reason ?? ""));

    /// <summary>Goes on counting; the due time moves by the time paused.</summary>
    [HttpPost("resume"), ApiAccess(ApiScopes.ClocksWrite, ApiRoles.Staff)]
    public Task<IActionResult> Resume(Guid id, string key) => AnswerAsync(id, act => act.Complaint.Clocks.Resume(act, key));

    /// <summary>Grants more time, where the limit asks nobody's approval.</summary>
    [HttpPost("extend"), ApiAccess(ApiScopes.ClocksWrite, ApiRoles.Staff)]
    public Task<IActionResult> Extend(Guid id, string key, [FromBody] ClockRequest request) => AnswerAsync(
        id,
        act =>
        {
            var limit = LimitOf(act, key);
            RuleViolationException.ThrowUnless(limit.Extension?.Approval is null, ApprovalRequired);
            var wish = new ExtensionRequest
            {
                Reason = request.Reason ?? "",
                AskedAt = act.At,
                By = AmountText.Read(request.Amount, request.Unit, limit.Unit),
                Until = request.Until,
            };
            act.Complaint.Clocks.Extend(act, key, wish, request.ApprovedBy);
        });

    /// <summary>Promises the complainant a date.</summary>
    [HttpPost("promise"), ApiAccess(ApiScopes.ClocksWrite, ApiRoles.Staff)]
    public Task<IActionResult> Promise(Guid id, string key, [FromBody] ClockRequest request) => AnswerAsync(
        id,
        act =>
        {
            var limit = LimitOf(act, key);
            RuleViolationException.ThrowUnless(limit.Promised is not null, NotPromised);
            RuleViolationException.ThrowUnless(act.Complaint.IsOpen, ComplaintRules.NotOpen);
            RuleViolationException.ThrowUnless(!string.IsNullOrWhiteSpace(request.Reason), ComplaintRules.ReasonRequired);
            var until = request.Until ?? throw new InvalidInputException([new InputProblem("until", "required", "Say which date is promised.")]);
            if (until < act.Rules.Calendar(limit, act.Complaint.Lead).DateOf(act.At))
            {
                throw new InvalidInputException([new InputProblem("until", FactRefusals.OutOfRange, "A promised date is not in the past.")]);
            }

            act.Complaint.ChangeFacts(act, new Dictionary<string, FactValue> { [limit.Promised!] = FactValue.Of(until) }, request.Reason);
        });

    private static TimeLimit LimitOf(CaseAct act, string key) =>
        act.Complaint.Clocks.All.TryGetValue(key, out var clock)
            ? act.Rules.LimitOf(clock)
            : throw new RuleViolationException(ComplaintRules.ClockUnknown);

    private async Task<IActionResult> AnswerAsync(Guid id, Action<CaseAct> deed) => JsonAnswers.Json(await deeds.DoAsync(HttpContext, id, deed));
}

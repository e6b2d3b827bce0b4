using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
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
    /// <summary>Stops counting, for one of the limit's reasons. With <c>from</c> since an earlier moment, with <c>to</c> until one that is over; then <c>note</c> says why.</summary>
    [HttpPost("pause"), ApiAccess(ApiScopes.ClocksWrite, ApiRoles.Staff)]
    public Task<IActionResult> Pause(Guid id, string key, [FromBody] ClockRequest request) =>
        AnswerAsync(id, act => act.Complaint.Clocks.Pause(act, key, request.Reason ?? "", request.From, request.To, request.Note));

    /// <summary>Goes on counting; the due time moves by the time paused.</summary>
    [HttpPost("resume"), ApiAccess(ApiScopes.ClocksWrite, ApiRoles.Staff)]
    public Task<IActionResult> Resume(Guid id, string key) => AnswerAsync(id, act => act.Complaint.Clocks.Resume(act, key));

    /// <summary>Asks for more time: granted at once where the limit asks nobody; else its approval chain gets the task, and the clock tells the wish.</summary>
    [HttpPost("extend"), ApiAccess(ApiScopes.ClocksWrite, ApiRoles.Staff)]
    public Task<IActionResult> Extend(Guid id, string key, [FromBody] ClockRequest request) => AnswerAsync(
        id,
        act =>
        {
            var limit = LimitOf(act, key);
            var wish = new ExtensionRequest
            {
                Reason = request.Reason ?? "",
                AskedAt = act.At,
                By = AmountText.Read(request.Amount, request.Unit, limit.Unit),
                Until = request.Until,
            };
            if (limit.Extension is { Approval: null })
            {
                act.Complaint.Clocks.Extend(act, key, wish, request.ApprovedBy);
            }
            else
            {
                act.Complaint.Clocks.AskExtension(act, key, wish);
            }
        });

    /// <summary>Promises the complainant a date.</summary>
    [HttpPost("promise"), ApiAccess(ApiScopes.ClocksWrite, ApiRoles.Staff)]
    public Task<IActionResult> Promise(Guid id, string key, [FromBody] ClockRequest request) =>
        AnswerAsync(id, act => act.Complaint.Clocks.Promise(act, key, request.Until, request.Reason));

    private static TimeLimit LimitOf(CaseAct act, string key) =>
        act.Complaint.Clocks.All.TryGetValue(key, out var clock)
            ? act.Rules.LimitOf(clock)
            : throw new RuleViolationException(ComplaintRules.ClockUnknown);

    private async Task<IActionResult> AnswerAsync(Guid id, Action<CaseAct> deed) => JsonAnswers.Json(await deeds.DoAsync(HttpContext, id, deed));
}

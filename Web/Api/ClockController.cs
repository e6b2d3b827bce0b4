using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Timers;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api;

/// <summary>How far to move the simulated clock: by an ISO 8601 duration, or to an instant.</summary>
public sealed record AdvanceRequest(string? By, DateTimeOffset? To);

/// <summary>The product's own time now, and how many timers fired on the way.</summary>
public sealed record AdvanceAnswer(DateTimeOffset Now, int Fired);

/// <summary>The product's own time, where it is simulated.</summary>
[Route("api/v1/clock"), Tags("Clock")]
public sealed class ClockController(ClockAdvancer advancer, TimeProvider clock, IHostEnvironment environment, IConfigurationWriter writer, ConfigurationAudit audit) : ApiController
{
    /// <summary>Moves the product's own time ahead, through every due moment on the way. Not there unless <c>Clock:Simulated</c>, and never in Production.</summary>
    [HttpPost("advance"), ApiAccess(ApiScopes.Clock, ApiRoles.Administrator)]
    [ProducesResponseType<AdvanceAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> Advance([FromBody] AdvanceRequest request, CancellationToken cancellationToken)
    {
        if (!advancer.IsSimulated || environment.IsProduction())
        {
            throw new ApiProblemException(StatusCodes.Status404NotFound, "route-unknown", "The clock of this installation is real.");
        }

        var now = clock.GetUtcNow();
        var to = request switch
        {
            { By: { } by, To: null } => now + (AmountText.Elapsed(by) ?? throw Wrong("by", FactRefusals.TypeWrong, "An ISO 8601 duration of weeks, days, hours, minutes and seconds, such as P3D or PT4H.")),
            { By: null, To: { } instant } => instant,
            _ => throw Wrong("by", "one-of-two", "Say by how much, or to which instant."),
        };
        if (to < now || to - now > ClockAdvancer.Farthest)
        {
            throw Wrong(request.By is null ? "to" : "by", FactRefusals.OutOfRange, "Time goes forward, ten years at most at once.");
        }

        await writer.RunWithContextAsync(
            async (db, _) => await audit.RecordAsync(
                db, JobRequests.Stream, "clock.advanced", Caller.Performer.Actor, new JsonObject { ["from"] = now, ["to"] = to }, cancellationToken),
            cancellationToken);
        var fired = await advancer.AdvanceToAsync(to, cancellationToken);
        return JsonAnswers.Json(new AdvanceAnswer(clock.GetUtcNow(), fired));
    }

    private static InvalidInputException Wrong(string field, string code, string message) => new([new InputProblem(field, code, message)]);
}

using System.Globalization;
using CaseManagement.Web.Features.Inbox;
using CaseManagement.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Live;

/// <summary>What pages ask by themselves while they are open.</summary>
[Route("live"), ForCases]
public sealed class LiveController(LiveCases live) : Controller
{
    /// <summary>The cases of a list with their versions; the list stands in the address as on the inbox.</summary>
    [HttpGet("cases")]
    public async Task<IActionResult> List([FromQuery] InboxFilter filter, CancellationToken cancellationToken) => Answer(await live.ListAsync(filter, User, cancellationToken));

    /// <summary>One case with its version.</summary>
    [HttpGet("cases/{caseId:guid}")]
    public async Task<IActionResult> Case(Guid caseId, CancellationToken cancellationToken) =>
        await live.CaseAsync(caseId, User, cancellationToken) is var answer && answer.Cases is { Count: 0 } ? NotFound() : Answer(answer);

    private IActionResult Answer(LiveAnswer answer)
    {
        Response.Headers.CacheControl = "no-store";
        if (answer.IsTooOften)
        {
            Response.Headers.RetryAfter = ((int)LiveCases.Fresh.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return StatusCode(StatusCodes.Status429TooManyRequests);
        }

        return answer.Cases is null ? NotFound() : Json(answer.Cases);
    }
}

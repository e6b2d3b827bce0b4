using System.Text.Json;
using CaseManagement.Web.Delivery;
using CaseManagement.Web.Messages;
using CaseManagement.Web.Persistence.Correspondence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Hooks;

/// <summary>What became of a message, for the gateway that brought it.</summary>
/// <param name="Id">The message as kept here.</param>
/// <param name="State">onCase or quarantined. Which case is not the gateway's to know.</param>
/// <param name="Duplicate">It was there already; nothing was done.</param>
public sealed record TextAnswer(Guid Id, string State, bool Duplicate);

/// <summary>Gateways bring text and chat messages here.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken, Route("hooks")]
public sealed class TextsController(SignedBodies bodies, InboundTexts texts) : ControllerBase
{
    // 20,000 characters of four bytes, and what is around them
    private const int MaxBytes = 96 * 1024;

    /// <summary>A message: <c>{"id": …, "from": "+8613800000000", "text": …, "fromName": …, "token": …}</c>. The same id comes in once.</summary>
    [HttpPost("{channel}/messages"), RequestSizeLimit(MaxBytes)]
    public async Task<IActionResult> Receive(string channel, CancellationToken cancellationToken)
    {
        if (!WebhookChannel.Names.Contains(channel) || await bodies.ReadAsync(Request, channel, cancellationToken) is not { } body)
        {
            return Unauthorized();
        }

        if (InboundText.TryRead(body) is not { } text)
        {
            return BadRequest();
        }

        return await texts.ReceiveAsync(channel, text, body, cancellationToken) is { } received
            ? Ok(new TextAnswer(received.Message.Id, JsonNamingPolicy.CamelCase.ConvertName((received.Message.State == ReceivedState.OnCase ? ReceivedState.OnCase : ReceivedState.Quarantined).ToString()), received.IsKnown))
            : StatusCode(StatusCodes.Status429TooManyRequests);
    }
}

using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Delivery;
using CaseManagement.Web.Messages;
using CaseManagement.Web.Persistence.Correspondence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Api.Messages;

/// <summary>What became of a message.</summary>
/// <param name="Id">The message as kept here.</param>
/// <param name="State">onCase, quarantined or discarded.</param>
/// <param name="Reason">Why it lies in quarantine: noToken, wrongToken, automatic or tooMany.</param>
/// <param name="Complaint">The case it lies on.</param>
/// <param name="Duplicate">It was there already; nothing was done.</param>
public sealed record InboundAnswer(Guid Id, string State, string? Reason, Guid? Complaint, bool Duplicate);

/// <summary>Messages that come in from outside.</summary>
[Route("api/v1/messages"), Tags("Messages")]
public sealed class InboundController(InboundMessages inbound, IOptions<MailOptions> options) : ApiController
{
    /// <summary>
    /// Takes in a mail: RFC 822 as it came (<c>message/rfc822</c>), or JSON of one taken apart. It lies on the case whose reply address it was sent to,
    /// else in quarantine. The same Message-ID comes in once.
    /// </summary>
    [HttpPost("inbound"), ApiAccess(ApiScopes.CasesWrite, ApiRoles.Administrator)]
    [Consumes("message/rfc822", "application/json", "application/octet-stream", "text/plain")]
    [ProducesResponseType<InboundAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status429TooManyRequests)]
    public async Task<IActionResult> Inbound(CancellationToken cancellationToken)
    {
        var raw = (await RequestBody.ReadAsync(HttpContext, MailReader.MaxBytes)).Bytes;
        var mail = Request.HasJsonContentType()
            ? ((JsonMail)ApiJsonFormatter.Parse(raw, typeof(JsonMail))).ToMail(raw)
            : MailReader.Read(raw, options.Value.AuthenticationServer);
        var received = await inbound.ReceiveAsync(mail, Caller.Performer, cancellationToken)
            ?? throw new ApiProblemException(StatusCodes.Status429TooManyRequests, "too-many-requests", "Too many messages from this address within an hour.");
        var message = received.Message;
        return JsonAnswers.Json(new InboundAnswer(
            message.Id, Word(message.State), message.Reason == QuarantineReason.None ? null : Word(message.Reason), message.ComplaintId, received.IsKnown));
    }

    private static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

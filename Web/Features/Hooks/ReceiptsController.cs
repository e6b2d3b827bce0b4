using System.Text.Json;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Correspondence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Hooks;

/// <summary>Gateways tell here what became of a message. The signature over the body is what lets them in.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken, Route("hooks")]
public sealed class ReceiptsController(SignedBodies bodies, IConfigurationWriter writer, TimeProvider clock) : ControllerBase
{
    private const int MaxBytes = 16 * 1024;
    private const int LongestDetail = 300;

    /// <summary>A receipt: <c>{"id": …, "state": "delivered" | "failed", "detail": …}</c>. The same one may come again; a later one counts.</summary>
    [HttpPost("{channel}/receipts"), RequestSizeLimit(MaxBytes)]
    public async Task<IActionResult> Receive(string channel, CancellationToken cancellationToken)
    {
        if (await bodies.ReadAsync(Request, channel, cancellationToken) is not { } body)
        {
            return Unauthorized();
        }

        if (Read(body) is not var (id, hasArrived, detail))
        {
            return BadRequest();
        }

        var found = await writer.RunWithContextAsync(
            async (change, _) =>
            {
                if (!await change.Messages.AnyAsync(m => m.Id == id && m.Channel == channel, cancellationToken))
                {
                    return false;
                }

                var receipt = await change.MessageReceipts.SingleOrDefaultAsync(r => r.MessageId == id, cancellationToken);
                if (receipt is null)
                {
                    change.MessageReceipts.Add(receipt = new MessageReceipt { MessageId = id, HasArrived = hasArrived, At = clock.GetUtcNow() });
                }

                (receipt.HasArrived, receipt.Detail, receipt.At) = (hasArrived, detail, clock.GetUtcNow());
                return true;
            },
            cancellationToken);
        return found ? NoContent() : NotFound();
    }

    private static (Guid Id, bool HasArrived, string? Detail)? Read(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 4 });
            var root = json.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("id", out var id) && id.TryGetGuid(out var message)
                && root.TryGetProperty("state", out var state) && state.ValueEquals("delivered") | state.ValueEquals("failed")
                ? (message, state.ValueEquals("delivered"), root.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.String ? Messages.MailReader.Line(detail.GetString(), LongestDetail) : null)
                : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

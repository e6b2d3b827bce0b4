using System.Text.Json;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Correspondence;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Messages;

/// <summary>A text message or chat message as a gateway hands it over.</summary>
/// <param name="Id">The gateway's own id of it, 1 to 200 characters; the same one comes in once.</param>
/// <param name="From">The number or account it claims to come from.</param>
/// <param name="FromName">A name, where the gateway knows one.</param>
/// <param name="Text">What was written.</param>
/// <param name="Token">The <c>replyToken</c> of a message of ours that it answers; null where the gateway keeps none.</param>
public sealed record InboundText(string Id, string From, string? FromName, string Text, string? Token)
{
    private const int LongestId = 200;
    private const int LongestFrom = 200;
    private const int LongestToken = 200;

    /// <summary>Reads it; null where something is missing or too long.</summary>
    public static InboundText? TryRead(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 4 });
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            string? Said(string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            var (id, from, text, token) = (Said("id")?.Trim(), MailReader.Line(Said("from"), LongestFrom + 1), MailReader.Clean(Said("text"), Complaint.MaxText), Said("token")?.Trim());
            return id is { Length: > 0 and <= LongestId } && from.Length is > 0 and <= LongestFrom && text.Trim().Length > 0 && token is not { Length: > LongestToken }
                ? new InboundText(id, from, MailReader.Line(Said("fromName"), 100) is { Length: > 0 } name ? name : null, text.Trim(), token is { Length: > 0 } ? token : null)
                : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>
/// Takes in text and chat messages. One lies on the case whose token it carries, or on the only open case of the number it comes from; all others wait for a
/// person beside unmatched mail. A number can be forged: like a mail, a message only ever adds itself.
/// </summary>
public sealed class InboundTexts(InboundMessages inbound, ReplyAddresses replies, IDbContextFactory<CaseManagementDbContext> contexts)
{
    /// <param name="channel">sms or webhook.</param>
    /// <param name="text">The message.</param>
    /// <param name="raw">As it came, for the fingerprint of one that is no repetition.</param>
    /// <param name="cancellationToken">Gives up; nothing is kept.</param>
    /// <returns>Null where this number has sent so many within the hour that nothing more is taken from it.</returns>
    public async Task<Received?> ReceiveAsync(string channel, InboundText text, byte[] raw, CancellationToken cancellationToken)
    {
        var (complaint, why) = await MatchAsync(text, cancellationToken);
        var message = new InboundMail
        {
            Channel = channel,
            MessageId = $"{channel}:{text.Id}",
            From = text.From,
            FromName = text.FromName,
            Recipients = [],
            Subject = "",
            Text = text.Text,
            Raw = raw,
        };
        return await inbound.ReceiveAsync(message, complaint, why, new Performer { Actor = new Actor(ActorKind.ApiKey, "@" + channel) }, cancellationToken);
    }

    private async Task<(Guid? Complaint, QuarantineReason Why)> MatchAsync(InboundText text, CancellationToken cancellationToken)
    {
        if (text.Token is { } token)
        {
            return (await replies.CaseOfAsync(token, cancellationToken), QuarantineReason.WrongToken);
        }

        if (ContactTrace.OfPhone(text.From) is not { } trace)
        {
            return (null, QuarantineReason.NoCase);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await db.CaseTraces.AsNoTracking().Where(t => t.Trace == trace.Value && t.Kind == ContactTrace.Phone)
            .Join(db.Cases.Where(c => c.ClosedAt == null), t => t.ComplaintId, c => c.Id, (_, c) => c.Id).OrderBy(id => id).Take(2).ToListAsync(cancellationToken);
        return open switch
        {
            [var only] => (only, QuarantineReason.None),
            [] => (null, QuarantineReason.NoCase),
            _ => (null, QuarantineReason.SeveralCases),
        };
    }
}

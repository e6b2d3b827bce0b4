using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Messages;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Delivery;

/// <summary>Hands messages of one channel (sms, webhook) to the gateway administrators named for it.</summary>
public sealed class WebhookChannel(string name, IDbContextFactory<CaseManagementDbContext> contexts, SignedRequests requests, WebhookSecrets secrets, ReplyAddresses replies) : IMessageChannel
{
    /// <summary>The channels that can be handed to a gateway.</summary>
    public static readonly IReadOnlyList<string> Names = ["sms", "webhook"];

    public string Name => name;

    public int MaxAttempts => requests.MaxAttempts;

    public async Task<Delivered> DeliverAsync(MessageRow message, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var target = await db.WebhookTargets.AsNoTracking().SingleOrDefaultAsync(t => t.Channel == name && t.IsEnabled, cancellationToken)
            ?? throw new EgressRefusedException(OutboxDispatcher.NotConfigured);
        if (string.IsNullOrWhiteSpace(message.Address) && message.Recipient == Candidates.Complainant)
        {
            throw new EgressRefusedException("no-address");
        }

        if (secrets.Open(target.Secret, target.OldSecret) is not { Count: > 0 } opened)
        {
            throw new EgressRefusedException("The secret of this channel cannot be opened any more.");
        }

        var token = message.Recipient == Candidates.Complainant ? await replies.TokenOfAsync(message.ComplaintId, cancellationToken) : null;
        await requests.PostAsync(new Uri(target.Url), BodyOf(message, token), opened, message.Id, cancellationToken);
        return new Delivered();
    }

    /// <param name="message">The message.</param>
    /// <param name="replyToken">What the gateway hands back with an answer to it; null where nobody answers.</param>
    internal static byte[] BodyOf(MessageRow message, string? replyToken = null) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["id"] = message.Id.ToString(),
        ["channel"] = message.Channel,
        ["to"] = message.Address,
        ["recipient"] = message.Recipient,
        ["template"] = message.Template,
        ["subject"] = Both(message.SubjectZh, message.SubjectEn, " / "),
        ["text"] = Both(message.BodyZh, message.BodyEn, "\n"),
        ["createdAt"] = message.CreatedAt,
        ["replyToken"] = replyToken,
    });

    // what is written in one language has both columns alike
    private static string Both(string zh, string en, string separator) => zh == en || en.Length == 0 ? zh : zh.Length == 0 ? en : zh + separator + en;
}

/// <summary>Hands notices to the address a person named for themselves.</summary>
public sealed class NoticeWebhookChannel(IDbContextFactory<CaseManagementDbContext> contexts, SignedRequests requests, WebhookSecrets secrets) : IMessageChannel
{
    public const string ChannelName = "notice-webhook";

    public string Name => ChannelName;

    public int MaxAttempts => requests.MaxAttempts;

    public async Task<Delivered> DeliverAsync(MessageRow message, CancellationToken cancellationToken)
    {
        var user = message.Recipient.StartsWith(Candidates.UserPrefix, StringComparison.Ordinal) ? message.Recipient[Candidates.UserPrefix.Length..] : "";
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var chosen = await db.NotificationPreferences.AsNoTracking().SingleOrDefaultAsync(p => p.UserId == user, cancellationToken);
        if (chosen?.WebhookUrl is not { } url || secrets.Open(chosen.WebhookSecret) is not { Count: > 0 } opened)
        {
            throw new EgressRefusedException("no-address");
        }

        await requests.PostAsync(new Uri(url), WebhookChannel.BodyOf(message), opened, message.Id, cancellationToken);
        return new Delivered();
    }
}

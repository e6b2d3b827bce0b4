using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Masking;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Delivery;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Outbox;

/// <inheritdoc/>
internal sealed class StoredOutbox(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, People people, ConfigurationAudit audit, TimeProvider clock,
    IStringLocalizer<OutboxText> text) : IOutboxPages
{
    private const string Stream = "outbox";
    private const int Shown = 200;
    private const int LongestReason = 300;
    private const string OfWorkflow = "workflow:";

    public async Task<OutboxPage?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !(person.Is(SystemRoles.Administrator) || person.Is(SystemRoles.Auditor)))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var parked = db.Messages.AsNoTracking().Where(m => m.State == MessageStates.Parked);
        var rows = await parked.OrderByDescending(m => m.CreatedAt).ThenBy(m => m.Id).Take(Shown)
            .Select(m => new { m.Id, m.CreatedAt, m.Channel, m.Recipient, m.Address, m.Template, m.Attempts, m.LastError, Case = db.Cases.Where(c => c.Id == m.ComplaintId).Select(c => new { c.Number, c.Confidentiality }).FirstOrDefault() })
            .ToListAsync(cancellationToken);
        return new OutboxPage
        {
            Parked =
            [
                .. rows.Select(m => new ParkedMessage
                {
                    Id = m.Id,
                    CreatedAt = m.CreatedAt,
                    Channel = ChannelOf(m.Channel),

                    // of a case that is kept closely not its number, of a covered complainant no part of an address
                    Recipient = RecipientOf(m.Recipient, m.Channel, m.Case is null or { Confidentiality: 0 } ? m.Address : null),
                    Template = m.Template,
                    Number = m.Case is { Confidentiality: < CaseScope.Close } known ? known.Number : null,
                    Attempts = m.Attempts,
                    Reason = ReasonOf(m.LastError),
                    MayRetry = !m.Recipient.StartsWith(OfWorkflow, StringComparison.Ordinal),
                }),
            ],
            Total = rows.Count < Shown ? rows.Count : await parked.CountAsync(cancellationToken),
            Waiting = await db.Messages.CountAsync(m => m.State == MessageStates.Pending, cancellationToken),
            MayRetry = person.Is(SystemRoles.Administrator),
            Zone = await db.Users.Where(u => u.Id == person.Id).Select(u => u.Zone).FirstOrDefaultAsync(cancellationToken) ?? "UTC",
        };
    }

    public async Task<ActionAnswer> RetryAsync(IReadOnlyList<Guid> ids, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !person.Is(SystemRoles.Administrator))
        {
            return ActionAnswer.NotFound;
        }

        if (ids.Count == 0)
        {
            return ActionAnswer.Invalid(text["ChooseSome"]);
        }

        var now = clock.GetUtcNow();
        var sent = await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var again = db.Messages.Where(m => ids.Contains(m.Id) && m.State == MessageStates.Parked && !m.Recipient.StartsWith(OfWorkflow));
                var found = await again.Select(m => m.Id).ToListAsync(cancellationToken);
                if (found.Count == 0)
                {
                    return 0;
                }

                await again.ExecuteUpdateAsync(
                    m => m.SetProperty(x => x.State, MessageStates.Pending).SetProperty(x => x.Attempts, 0).SetProperty(x => x.NextAttemptAt, (DateTimeOffset?)now), cancellationToken);
                await audit.RecordAsync(
                    db, Stream, "messages.retried", person.AsPerformer().Actor, new JsonObject { ["messages"] = new JsonArray([.. found.Select(id => (JsonNode)id.ToString())]) }, cancellationToken);
                return found.Count;
            },
            cancellationToken);
        return sent > 0 ? ActionAnswer.Done : ActionAnswer.Refused(text["AlreadySent"]);
    }

    public async Task<ActionAnswer> DropAsync(IReadOnlyList<Guid> ids, string? reason, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !person.Is(SystemRoles.Administrator))
        {
            return ActionAnswer.NotFound;
        }

        var why = reason?.Trim() ?? "";
        if (ids.Count == 0 || why.Length is 0 or > LongestReason)
        {
            return ActionAnswer.Invalid(ids.Count == 0 ? text["ChooseSome"] : text["ReasonMissing", LongestReason]);
        }

        var dropped = await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var parked = db.Messages.Where(m => ids.Contains(m.Id) && m.State == MessageStates.Parked);
                var found = await parked.Select(m => m.Id).ToListAsync(cancellationToken);
                if (found.Count == 0)
                {
                    return 0;
                }

                await parked.ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MessageStates.Dropped).SetProperty(x => x.LastError, why), cancellationToken);
                await audit.RecordAsync(
                    db, Stream, "messages.dropped", person.AsPerformer().Actor,
                    new JsonObject { ["messages"] = new JsonArray([.. found.Select(id => (JsonNode)id.ToString())]), ["reason"] = why }, cancellationToken);
                return found.Count;
            },
            cancellationToken);
        return dropped > 0 ? ActionAnswer.Done : ActionAnswer.Refused(text["AlreadySent"]);
    }

    private string ChannelOf(string channel) => channel switch
    {
        "email" => text["Email"],
        "sms" => text["Sms"],
        "letter" => text["Letter"],
        "http" => text["Http"],
        "webhook" => text["Webhook"],
        NoticeWebhookChannel.ChannelName => text["NoticeWebhook"],
        _ => channel,
    };

    private string RecipientOf(string recipient, string channel, string? address)
    {
        var who = recipient == Candidates.Complainant ? text["Complainant"].Value : recipient.StartsWith(OfWorkflow, StringComparison.Ordinal) ? text["Step"].Value : text["Staff"].Value;
        var shown = channel == "email" ? Mask.Email(address) : channel == "http" ? "" : Mask.Phone(address);
        return shown.Length == 0 ? who : $"{who} · {shown}";
    }

    private string ReasonOf(string? error) => error switch
    {
        null or "" => text["NoReason"],
        "channel-not-configured" => text["NotConfigured"],
        "no-address" => text["NoAddress"],
        { Length: > LongestReason } => error[..LongestReason] + "…",
        _ => error,
    };
}

using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Messages;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Correspondence;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Quarantine;

/// <inheritdoc/>
internal sealed class StoredQuarantine(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, People people, CaseAccess access, CaseRuntime cases, StoredConfigurations configurations,
    InboundMessages inbound, ConfigurationAudit audit, RuleTexts rules, TimeProvider clock, IStringLocalizer<QuarantineText> text) : IQuarantinePages
{
    private const string Stream = "received-messages";
    private const string Email = "email";
    private const int Shown = 50;
    private const int LongestReason = 500;
    private const int LongestSubject = 60;

    /// <summary>Whether this person decides on messages that belong to no case yet.</summary>
    public static bool MayDecide(Person person, CaseScope scope) => scope.IsSupervisor || person.Is(SystemRoles.Desk);

    public async Task<QuarantinePage?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await DeciderAsync(db, user, cancellationToken) is not var (person, _))
        {
            return null;
        }

        var waiting = db.ReceivedMessages.AsNoTracking().Where(m => m.State == ReceivedState.Quarantined);
        var rows = await waiting.OrderBy(m => m.ReceivedAt).ThenBy(m => m.Id).Take(Shown).ToListAsync(cancellationToken);
        return new QuarantinePage
        {
            Mails = [.. rows.Select(m => new QuarantinedMail(
                m.Id, m.FromAddress, m.FromName, m.Subject, m.Text, m.Quoted, text[$"Reason_{m.Reason}"], m.Authentication, m.Attachments.Split('\n', StringSplitOptions.RemoveEmptyEntries), m.ReceivedAt) { Way = text[$"Channel_{m.Channel}"] })],
            Total = rows.Count < Shown ? rows.Count : await waiting.CountAsync(cancellationToken),
            Zone = await db.Users.Where(u => u.Id == person.Id).Select(u => u.Zone).FirstOrDefaultAsync(cancellationToken) ?? "UTC",
        };
    }

    public async Task<ActionAnswer> AssignAsync(Guid id, string? number, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        Guid? complaint = null;
        Person person;
        await using (var look = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await DeciderAsync(look, user, cancellationToken) is not var (decider, scope))
            {
                return ActionAnswer.NotFound;
            }

            person = decider;
            var wanted = number?.Trim() ?? "";
            complaint = await scope.Workable(look).Where(c => c.Number == wanted).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(cancellationToken);
        }

        if (complaint is not { } on)
        {
            return ActionAnswer.Invalid(text["NoSuchCase"]);
        }

        return await DecideAsync(id, person, "message.assigned", null, (transaction, message, files) => PutAsync(transaction, message, on, files, person, cancellationToken), cancellationToken);
    }

    public async Task<(ActionAnswer Answer, Guid? Complaint)> RegisterAsync(Guid id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        Person person;
        await using (var look = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await DeciderAsync(look, user, cancellationToken) is not var (decider, _))
            {
                return (ActionAnswer.NotFound, null);
            }

            person = decider;
        }

        Guid? made = null;
        try
        {
            var answer = await DecideAsync(
                id, person, "message.registered", null,
                async (transaction, message, files) =>
                {
                    var outcome = await cases.RegisterAsync(transaction, await RegistrationAsync(message, cancellationToken), person.AsPerformer(), cancellationToken);
                    made = outcome?.Complaint.Id.Value;
                    return made is { } complaint ? await PutAsync(transaction, message, complaint, files, person, cancellationToken) : null;
                },
                cancellationToken);
            return answer.Result == ActionEnd.Done ? (answer, made) : (answer, null);
        }
        catch (InvalidInputException refused)
        {
            return (ActionAnswer.Invalid(text["NotRegistered", string.Join(' ', refused.Problems.Select(p => rules.Say(p.Code)).Distinct())]), null);
        }
    }

    public async Task<ActionAnswer> DiscardAsync(Guid id, string? reason, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        Person person;
        await using (var look = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await DeciderAsync(look, user, cancellationToken) is not var (decider, _))
            {
                return ActionAnswer.NotFound;
            }

            person = decider;
        }

        return string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > LongestReason
            ? ActionAnswer.Invalid(text["ReasonMissing", LongestReason])
            : await DecideAsync(id, person, "message.discarded", reason.Trim(), (_, _, _) => ValueTask.FromResult<Guid?>(Guid.Empty), cancellationToken);
    }

    /// <summary>Decides on one message, in one commit with what comes of it.</summary>
    /// <param name="act">Answers the case the message lies on then, an empty id for none, or null where it cannot be done.</param>
    private async Task<ActionAnswer> DecideAsync(
        Guid id, Person person, string type, string? reason, Func<ICaseTransaction, ReceivedMessage, IReadOnlyList<Attachment>, ValueTask<Guid?>> act, CancellationToken cancellationToken)
    {
        var files = await FilesOfAsync(id, cancellationToken);
        try
        {
            var done = await writer.RunWithContextAsync(
                async (db, transaction) =>
                {
                    var message = await db.ReceivedMessages.SingleOrDefaultAsync(m => m.Id == id && m.State == ReceivedState.Quarantined, cancellationToken);
                    if (message is null || await act(transaction, message, files) is not { } complaint)
                    {
                        return false;
                    }

                    (message.State, message.ComplaintId) = complaint == Guid.Empty ? (ReceivedState.Discarded, (Guid?)null) : (ReceivedState.OnCase, complaint);
                    (message.DecidedBy, message.DecidedAt, message.Decision) = (person.Id, clock.GetUtcNow(), reason);
                    message.Version++;
                    var content = await db.ReceivedContents.SingleOrDefaultAsync(c => c.MessageId == id, cancellationToken);
                    if (content is not null && complaint == Guid.Empty)
                    {
                        db.ReceivedContents.Remove(content);
                    }

                    await audit.RecordAsync(
                        db, Stream, type, person.AsPerformer().Actor,
                        new JsonObject { ["message"] = id.ToString(), ["complaint"] = complaint == Guid.Empty ? null : complaint.ToString(), ["reason"] = reason }, cancellationToken);
                    return true;
                },
                cancellationToken);
            return done ? ActionAnswer.Done : ActionAnswer.Refused(text["Stale"]);
        }
        catch (RuleViolationException violation)
        {
            return ActionAnswer.Refused(rules.Say(violation.Rule, null));
        }
        catch (StoreBusyException)
        {
            return ActionAnswer.Refused(rules.Say("busy"));
        }
    }

    // received before the commit that attaches them; where nothing comes of it they are swept
    private async Task<IReadOnlyList<Attachment>> FilesOfAsync(Guid message, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var raw = await db.ReceivedContents.AsNoTracking().Where(c => c.MessageId == message).Select(c => c.Raw).SingleOrDefaultAsync(cancellationToken);
        return raw is null ? [] : await inbound.ReceiveFilesAsync(raw, cancellationToken);
    }

    private async ValueTask<Guid?> PutAsync(
        ICaseTransaction transaction, ReceivedMessage message, Guid complaint, IReadOnlyList<Attachment> files, Person person, CancellationToken cancellationToken)
    {
        await inbound.PutAsync(transaction, complaint, message, files, person.AsPerformer(), cancellationToken);
        return complaint;
    }

    private async ValueTask<Registration> RegistrationAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var pack = configuration.DefaultProcess is { } key ? configuration.Published[key].Pack : null;
        var channels = pack?.Identity.Channels ?? [];
        return new Registration
        {
            Kind = pack?.Identity.Kinds is [var first, ..] ? first.Kind : "complaint",
            Channel = ChannelOf(message, channels),
            ReceivedAt = message.ReceivedAt,
            ExternalId = message.Channel == Email ? $"mail:{message.Id:N}" : $"{message.Channel}:{message.Id:N}",
            Subject = message.Subject.Length > 0 ? message.Subject : message.Channel != Email && message.Text.Length > 0 ? MailReader.Line(message.Text, LongestSubject) : text["NoSubject"],
            Description = message.Text.Length > 0 ? message.Text : text["NoText"],
            Complainant = message.Channel == Email
                ? new Complainant { Name = message.FromName, Email = message.FromAddress.Length is > 0 and <= 200 ? message.FromAddress : null }
                : new Complainant { Name = message.FromName, Phone = message.FromAddress },
        };
    }

    // the process's own channel for what came this way, else its first
    private static string ChannelOf(ReceivedMessage message, IReadOnlyList<Domain.Packs.Named> channels)
    {
        string[] wanted = message.Channel switch
        {
            Email => [Email],
            "sms" => ["sms", "phone"],
            _ => ["chat", "webhook", "online", "web"],
        };
        return Array.Find(wanted, w => channels.Any(c => c.Key == w)) ?? (channels is [var usual, ..] ? usual.Key : wanted[0]);
    }

    private async Task<(Person Person, CaseScope Scope)?> DeciderAsync(CaseManagementDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        var scope = await access.ScopeAsync(db, person, cancellationToken);
        return MayDecide(person, scope) ? (person, scope) : null;
    }
}

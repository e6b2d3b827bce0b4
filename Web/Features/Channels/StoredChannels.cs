using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Delivery;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Correspondence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Channels;

/// <inheritdoc/>
internal sealed class StoredChannels(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, People people, ConfigurationAudit audit, SignedRequests requests,
    WebhookSecrets secrets, IStringLocalizer<ChannelsText> text) : IChannelPages
{
    private const string Stream = "channels";
    private const int LongestName = 100;
    private const int LongestUrl = 2000;

    public async Task<ChannelsPage?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !(person.Is(SystemRoles.Administrator) || person.Is(SystemRoles.Auditor)))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = await db.WebhookTargets.AsNoTracking().ToDictionaryAsync(t => t.Channel, StringComparer.Ordinal, cancellationToken);
        return new ChannelsPage
        {
            Channels = [.. WebhookChannel.Names.Select(name => stored.GetValueOrDefault(name) is var target
                ? new ChannelView(
                    name, text[$"Channel_{name}"], target is null ? new ChannelEdit() : new ChannelEdit { Name = target.Name, Url = target.Url, IsEnabled = target.IsEnabled, Version = target.Version },
                    target is not null, target?.OldSecret is not null)
                : throw new InvalidOperationException())],
            MayChange = person.Is(SystemRoles.Administrator),
        };
    }

    public async Task<ActionAnswer> SaveAsync(string channel, ChannelEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await AdministratorAsync(channel, user, cancellationToken) is not { } person)
        {
            return ActionAnswer.NotFound;
        }

        var (name, url) = (edit.Name?.Trim() ?? "", edit.Url?.Trim() ?? "");
        if (name.Length is 0 or > LongestName)
        {
            return ActionAnswer.Invalid(text["NameWrong", LongestName]);
        }

        if (url.Length > LongestUrl || requests.Refusal(url) is not null)
        {
            return ActionAnswer.Invalid(text["UrlWrong", OutgoingHttpOptions.Section]);
        }

        return await WriteAsync(
            channel, person, edit.Version, "channel.changed",
            target =>
            {
                (target.Name, target.Url, target.IsEnabled) = (name, url, edit.IsEnabled);
                return true;
            },
            cancellationToken)
            ? ActionAnswer.Done
            : ActionAnswer.Refused(text["Stale"]);
    }

    public async Task<(ActionAnswer Answer, string? Secret)> RotateAsync(string channel, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await AdministratorAsync(channel, user, cancellationToken) is not { } person)
        {
            return (ActionAnswer.NotFound, null);
        }

        var secret = WebhookSecrets.Make();
        var sealedOne = secrets.Seal(secret);
        return await WriteAsync(
            channel, person, null, "channel.secret-changed",
            target =>
            {
                (target.OldSecret, target.Secret) = (target.Secret.Length == 0 ? null : target.Secret, sealedOne);
                return true;
            },
            cancellationToken)
            ? (ActionAnswer.Done, secret)
            : (ActionAnswer.Refused(text["NothingYet"]), null);
    }

    public async Task<ActionAnswer> DropOldAsync(string channel, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await AdministratorAsync(channel, user, cancellationToken) is not { } person)
        {
            return ActionAnswer.NotFound;
        }

        return await WriteAsync(
            channel, person, null, "channel.old-secret-dropped",
            target =>
            {
                var had = target.OldSecret is not null;
                target.OldSecret = null;
                return had;
            },
            cancellationToken)
            ? ActionAnswer.Done
            : ActionAnswer.Refused(text["NothingYet"]);
    }

    /// <summary>Changes a gateway and records it without its secrets.</summary>
    /// <param name="seen">The version that was shown; a gateway that is not there has 0. Null takes whatever is there, and nothing where nothing is.</param>
    private async Task<bool> WriteAsync(string channel, Person person, long? seen, string type, Func<WebhookTarget, bool> change, CancellationToken cancellationToken)
    {
        var secret = secrets.Seal(WebhookSecrets.Make());
        return await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var target = await db.WebhookTargets.SingleOrDefaultAsync(t => t.Channel == channel, cancellationToken);
                if (seen is null ? target is null : seen != (target?.Version ?? 0))
                {
                    return false;
                }

                if (target is null)
                {
                    db.WebhookTargets.Add(target = new WebhookTarget { Channel = channel, Name = "", Url = "", Secret = secret });
                }

                var before = Say(target);
                if (!change(target))
                {
                    return false;
                }

                target.Version++;
                await audit.RecordAsync(
                    db, Stream, type, person.AsPerformer().Actor, new JsonObject { ["channel"] = channel, ["before"] = before, ["after"] = Say(target) }, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    private async Task<Person?> AdministratorAsync(string channel, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        WebhookChannel.Names.Contains(channel) && await people.OfAsync(user, cancellationToken) is { } person && person.Is(SystemRoles.Administrator) ? person : null;

    private static JsonObject Say(WebhookTarget target) => new() { ["name"] = target.Name, ["url"] = target.Url, ["enabled"] = target.IsEnabled, ["oldSecret"] = target.OldSecret is not null };
}

using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Delivery;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Web.Portal;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Activities;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Organisation;

/// <summary>
/// Takes in who has forgotten their password. Whoever it is, the work is the same: one message of the outbox that holds what was typed, sealed.
/// Whether anybody goes by that name is looked up when it is delivered, by <see cref="PasswordResetChannel"/>, out of the asker's sight.
/// </summary>
public sealed class PasswordResets(
    IConfigurationWriter writer, RateCounters counters, IDataProtectionProvider protection, IOptions<MailOptions> mail, TimeProvider clock)
{
    /// <summary>Characters of a name or address at most.</summary>
    public const int Longest = 254;

    internal const string Purpose = "password-reset";

    private static readonly Rate OfNetwork = new("reset-network", 20, TimeSpan.FromHours(1));
    private static readonly Rate OfAccount = new("reset-account", 3, TimeSpan.FromHours(1));

    private readonly IDataProtector _seal = protection.CreateProtector(Purpose);

    /// <summary>Mails can be sent, and links in them lead here.</summary>
    public bool IsPossible => mail.Value is { Enabled: true, PublicUrl.Length: > 0 };

    /// <summary>Has a link sent if anybody goes by the name or address. Asked too often, it does nothing; nobody learns which.</summary>
    public async Task AskAsync(string typed, IPAddress? address, CancellationToken cancellationToken)
    {
        var name = typed.Trim().Normalize(NormalizationForm.FormKC);
        if (name.Length is 0 or > Longest
            || await counters.TakeAsync([(OfNetwork, Hash(Networks.Of(address))), (OfAccount, Hash(name.ToUpperInvariant()))], cancellationToken) > 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        await writer.RunWithContextAsync(
            (db, _) =>
            {
                db.Messages.Add(new MessageRow
                {
                    Id = Guid.CreateVersion7(now),
                    ComplaintId = Guid.Empty,
                    Template = Purpose,
                    Recipient = Purpose,
                    Channel = PasswordResetChannel.ChannelName,
                    SubjectZh = "",
                    SubjectEn = "",
                    BodyZh = _seal.Protect(name),
                    BodyEn = "",
                    State = MessageStates.Pending,
                    NextAttemptAt = now,
                    CreatedAt = now,
                });
                return ValueTask.FromResult(true);
            },
            cancellationToken);
    }

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}

/// <summary>
/// Sends the link by mail to whoever goes by a name or address and has a password. The link is made at the moment of sending and lies nowhere: an
/// attempt that failed makes another, which takes the place of the one before.
/// </summary>
public sealed class PasswordResetChannel(
    IServiceProvider services, IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, OneTimeLinks links, RateCounters counters, ConfigurationAudit audit, IDataProtectionProvider protection,
    IOptions<MailOptions> options) : IMessageChannel
{
    public const string ChannelName = "password-reset";

    private static readonly Rate OfPerson = new("reset-person", 5, TimeSpan.FromDays(1));

    private readonly IDataProtector _seal = protection.CreateProtector(PasswordResets.Purpose);

    public string Name => ChannelName;

    /// <summary>After half an hour of trying it is forgotten by whoever asked.</summary>
    public int MaxAttempts => 4;

    /// <exception cref="EgressRefusedException">No mail can be sent, or what was typed cannot be read any more.</exception>
    public async Task<Delivered> DeliverAsync(MessageRow message, CancellationToken cancellationToken)
    {
        // asked for late, because it is one of the channels itself
        if (services.GetServices<IMessageChannel>().FirstOrDefault(c => c.Name == SendEmail.Channel) is not { } mail || options.Value.PublicUrl is not { Length: > 0 } site)
        {
            throw new EgressRefusedException($"{MailOptions.Section}:Enabled or {MailOptions.Section}:PublicUrl is not set.");
        }

        var made = await MakeAsync(Open(message.BodyZh), cancellationToken);
        if (made is not var (user, secret))
        {
            return new Delivered();
        }

        var link = $"{site.TrimEnd('/')}/set-password/{secret}";
        var (subject, body) = user.Language.StartsWith("en", StringComparison.Ordinal)
            ? ("Choose a new password", $"Somebody, probably you, asked for a new password for {user.UserName}.\n\nChoose it here within 30 minutes; the link works once:\n{link}\n\nAll your sessions end with it. If it was not you, do nothing: your password stays as it is.")
            : ("重新设置密码", $"有人（应当是您本人）为用户 {user.UserName} 申请重新设置密码。\n\n请在 30 分钟内打开下面的链接设置，只能用一次：\n{link}\n\n设置后您的所有会话都会退出。不是您本人申请的，不用理会，密码不变。");
        return await mail.DeliverAsync(message with { Channel = SendEmail.Channel, Address = user.Email, SubjectZh = subject, SubjectEn = subject, BodyZh = body, BodyEn = body }, cancellationToken);
    }

    private string Open(string sealedName)
    {
        try
        {
            return _seal.Unprotect(sealedName);
        }
        catch (CryptographicException)
        {
            throw new EgressRefusedException("unreadable");
        }
    }

    private async Task<(AppUser User, string Secret)?> MakeAsync(string typed, CancellationToken cancellationToken)
    {
        if (await FindAsync(typed.ToUpperInvariant(), cancellationToken) is not { } user
            || await counters.TakeAsync([(OfPerson, PasswordResets.Hash(user.Id))], cancellationToken) > 0)
        {
            return null;
        }

        var secret = await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var made = await links.AddAsync(db, user.Id, LinkPurpose.Reset, cancellationToken);
                await audit.RecordAsync(
                    db, AccessAudit.StreamOf(user.Id), "password.reset-asked", new Actor(ActorKind.Person, user.Id, user.DisplayName), new JsonObject(), cancellationToken);
                return made;
            },
            cancellationToken);
        return (user, secret);
    }

    // an address that several people share is nobody's
    private async Task<AppUser?> FindAsync(string wanted, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.Users.AsNoTracking().Where(u => u.IsActive && u.PasswordHash != null && u.Email != null && (u.NormalizedUserName == wanted || u.NormalizedEmail == wanted))
            .OrderBy(u => u.Id).Take(3).ToListAsync(cancellationToken);
        return found.Find(u => u.NormalizedUserName == wanted) ?? (found.Count == 1 ? found[0] : null);
    }
}

using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Features.SignIn;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Oidc;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Features.Account;

/// <summary>Texts of these pages.</summary>
public sealed class AccountText;

/// <summary>One's own access: sessions, password, authenticator.</summary>
public sealed record AccountPage
{
    public required string UserName { get; init; }
    public required string Zone { get; init; }
    public required IReadOnlyList<SessionRow> Sessions { get; init; }

    /// <summary>The reader may ask for cases in an emergency.</summary>
    public bool MayAskInEmergency { get; init; }
    public bool HasPassword { get; init; }
    public bool UsesCode { get; init; }
    public int RecoveryCodesLeft { get; init; }

    /// <summary>The key for the authenticator while one is being set up, in groups of four.</summary>
    public string? NewKey { get; init; }

    /// <summary>The same as a link that an authenticator on this device opens.</summary>
    public string? NewKeyLink { get; init; }

    /// <summary>What has to be done here before anything else.</summary>
    public AccountDuty Duty { get; init; }

    /// <summary>The authenticator may be switched off.</summary>
    public bool MaySwitchOff { get; init; }

    /// <summary>Accounts at identity providers that are linked.</summary>
    public IReadOnlyList<LinkedAccount> Linked { get; init; } = [];

    /// <summary>Identity providers at which an account can be linked.</summary>
    public IReadOnlyList<OtherWay> Linkable { get; init; } = [];

    /// <summary>Codes just made, shown this once.</summary>
    public IReadOnlyList<string> NewCodes { get; init; } = [];

    /// <summary>What is wrong with what was typed about the password.</summary>
    public string? PasswordError { get; init; }

    /// <summary>What is wrong with the code that was typed.</summary>
    public string? CodeError { get; init; }
}

/// <summary>An open session.</summary>
public sealed record SessionRow(string Id, string Device, string Network, DateTimeOffset StartedAt, DateTimeOffset SeenAt, DateTimeOffset EndsAt, bool IsThis);

/// <summary>An account at an identity provider.</summary>
/// <param name="Key">What it is known by.</param>
/// <param name="Provider">The provider in words.</param>
/// <param name="MayUnlink">It is not the last way in.</param>
public sealed record LinkedAccount(string Key, string Provider, bool MayUnlink);

/// <summary>What somebody sees and changes of their own access.</summary>
public sealed class AccountPages(
    UserManager<AppUser> users, StaffSessions sessions, Passwords passwords, IConfigurationWriter writer, ConfigurationAudit audit,
    OidcProviders providers, OidcPeople linked, People people, IOptions<SecurityOptions> security, IStringLocalizer<AccountText> text, IStringLocalizer<SignInText> signInText)
{
    private const int KeyGroup = 4;

    /// <param name="user">The reader.</param>
    /// <param name="session">The session of this request.</param>
    /// <param name="setsUp">Shows the key for an authenticator that is being set up.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<AccountPage?> GetAsync(ClaimsPrincipal user, string? session, bool setsUp, CancellationToken cancellationToken)
    {
        if (await users.GetUserAsync(user) is not { } me)
        {
            return null;
        }

        var links = await linked.LinksAsync(me.Id, cancellationToken);
        var page = new AccountPage
        {
            MaySwitchOff = security.Value.Profile != SecurityProfile.DengBao3,
            Linked = [.. links.Select(l => new LinkedAccount(l.Key, providers.Find(l.Provider)?.In(CultureInfo.CurrentUICulture.Name) ?? l.Provider, me.PasswordHash is not null || links.Count > 1))],
            Linkable = [.. providers.All.Select(p => new OtherWay($"/sign-in/oidc/{p.Key}?purpose={nameof(OidcPurpose.Link)}", p.In(CultureInfo.CurrentUICulture.Name)))],
            UserName = me.UserName ?? me.Id,
            Zone = me.Zone,
            Sessions = [.. (await sessions.OpenAsync(me.Id, cancellationToken)).Select(s => new SessionRow(
                s.Id, s.Device ?? text["UnknownDevice"], s.Network ?? "-", s.StartedAt, s.SeenAt, s.EndsAt, s.Id == session))],
            MayAskInEmergency = await people.FindAsync(me.Id, cancellationToken) is { } person && EmergencyAccess.MayAsk(person),
            HasPassword = me.PasswordHash is not null,
            UsesCode = me.TwoFactorEnabled,
            RecoveryCodesLeft = me.TwoFactorEnabled ? await users.CountRecoveryCodesAsync(me) : 0,
        };
        if (!setsUp || me.TwoFactorEnabled || me.PasswordHash is null || await users.GetAuthenticatorKeyAsync(me) is not { Length: > 0 } key)
        {
            return page;
        }

        var issuer = Uri.EscapeDataString(text["Issuer"]);
        return page with
        {
            NewKey = string.Join(' ', key.Chunk(KeyGroup).Select(group => new string(group))),
            NewKeyLink = $"otpauth://totp/{issuer}:{Uri.EscapeDataString(page.UserName)}?secret={key}&issuer={issuer}&digits=6",
        };
    }

    /// <summary>Changes one's own password; the sessions on other devices end, and this one too.</summary>
    public async Task<ActionAnswer> ChangePasswordAsync(ClaimsPrincipal user, string? before, string? password, string? again, CancellationToken cancellationToken)
    {
        if (await users.GetUserAsync(user) is not { } me)
        {
            return ActionAnswer.NotFound;
        }

        if (password != again)
        {
            return ActionAnswer.Invalid(signInText["PasswordsDiffer"]);
        }

        var answer = await passwords.ChangeAsync(me.Id, before ?? "", password ?? "", cancellationToken);
        return answer.IsDone ? ActionAnswer.Done
            : ActionAnswer.Invalid(answer.Fault is { } fault ? PasswordWords.Of(fault, me.TwoFactorEnabled, signInText) : text["OldPasswordWrong"]);
    }

    /// <summary>Makes a key for an authenticator, to be shown until it is switched on.</summary>
    public async Task MakeKeyAsync(ClaimsPrincipal user)
    {
        if (await users.GetUserAsync(user) is { TwoFactorEnabled: false, PasswordHash: not null } me)
        {
            await users.ResetAuthenticatorKeyAsync(me);
        }
    }

    /// <summary>Switches the authenticator on once it shows the right code.</summary>
    /// <returns>Recovery codes; null when the code was wrong.</returns>
    public async Task<IReadOnlyList<string>?> UseAuthenticatorAsync(ClaimsPrincipal user, string? code, CancellationToken cancellationToken)
    {
        if (await users.GetUserAsync(user) is not { TwoFactorEnabled: false, PasswordHash: not null } me
            || !await users.VerifyTwoFactorTokenAsync(me, TokenOptions.DefaultAuthenticatorProvider, code?.Replace(" ", "", StringComparison.Ordinal).Trim() ?? ""))
        {
            return null;
        }

        await users.SetTwoFactorEnabledAsync(me, true);
        await RecordAsync(me, "authenticator.on", cancellationToken);
        return await NewCodesAsync(me);
    }

    /// <summary>Makes new recovery codes; the old ones are good no longer.</summary>
    public async Task<IReadOnlyList<string>?> NewRecoveryCodesAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await users.GetUserAsync(user) is not { TwoFactorEnabled: true } me)
        {
            return null;
        }

        await RecordAsync(me, "recovery-codes.made", cancellationToken);
        return await NewCodesAsync(me);
    }

    public async Task StopAuthenticatorAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (security.Value.Profile != SecurityProfile.DengBao3 && await users.GetUserAsync(user) is { TwoFactorEnabled: true } me)
        {
            await users.SetTwoFactorEnabledAsync(me, false);
            await users.ResetAuthenticatorKeyAsync(me);
            await RecordAsync(me, "authenticator.off", cancellationToken);
        }
    }

    private async Task<IReadOnlyList<string>> NewCodesAsync(AppUser me) => [.. (await users.GenerateNewTwoFactorRecoveryCodesAsync(me, SecondFactor.RecoveryCodes))!];

    private async Task RecordAsync(AppUser me, string type, CancellationToken cancellationToken) => await writer.RunWithContextAsync(
        async (db, _) =>
        {
            await audit.RecordAsync(db, AccessAudit.StreamOf(me.Id), type, new Actor(ActorKind.Person, me.Id, me.DisplayName), new JsonObject(), cancellationToken);
            return true;
        },
        cancellationToken);
}

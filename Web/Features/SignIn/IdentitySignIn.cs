using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace CaseManagement.Web.Features.SignIn;

/// <summary>
/// Checks passwords. Unknown, disabled and waiting people cost the same work and read the same text, so that nobody learns who works here;
/// therefore the wait after too many misses is never told.
/// </summary>
public sealed class IdentitySignIn(
    UserManager<AppUser> users, IPasswordHasher<AppUser> hasher, SecondFactor secondFactor, SignInThrottle throttle, People people, Positions positions,
    IConfigurationWriter writer, ConfigurationAudit audit, IHostEnvironment environment, IConfiguration configuration) : ISignIn
{
    private static readonly AppUser Nobody = new() { DisplayName = "", Language = "", Zone = "" };
    private static string? _nobodysHash;

    private bool HasDemoUsers => environment.IsDevelopment() && configuration.GetValue("Demo:Users", true);

    public async Task<ClaimsPrincipal?> CheckAsync(Credentials typed, SignInTry attempt, CancellationToken cancellationToken)
    {
        var user = typed.UserName.Length is > 0 and <= 256 ? await users.FindByNameAsync(typed.UserName) : null;
        if (!await IsRightAsync(user, typed.Password, attempt, cancellationToken) || !await secondFactor.IsRightAsync(user!, typed.Code, cancellationToken))
        {
            await MissAsync(user, attempt, cancellationToken);
            return null;
        }

        await throttle.ForgetAsync(attempt, cancellationToken);
        await RecordAsync("signed-in", user!.Id, user.DisplayName, cancellationToken);
        return PrincipalOf(user.Id, user.DisplayName);
    }

    public async Task<bool> ProveAsync(string userId, Credentials typed, SignInTry attempt, CancellationToken cancellationToken)
    {
        var user = await users.FindByIdAsync(userId);
        var right = user is { TwoFactorEnabled: true }
            ? user.IsActive && !await throttle.WaitsAsync(attempt, cancellationToken) && await secondFactor.IsRightAsync(user, typed.Code, cancellationToken)
            : await IsRightAsync(user, typed.Password, attempt, cancellationToken);
        if (!right)
        {
            await MissAsync(user, attempt, cancellationToken);
            return false;
        }

        await throttle.ForgetAsync(attempt, cancellationToken);
        await RecordAsync("step-up", user!.Id, user.DisplayName, cancellationToken);
        return true;
    }

    public async Task<IReadOnlyList<DemoUser>> DemoUsersAsync(CancellationToken cancellationToken)
    {
        if (!HasDemoUsers)
        {
            return [];
        }

        var all = await people.AllAsync(cancellationToken);
        var said = await positions.OfAsync(all, cancellationToken);
        return [.. all.Select(p => new DemoUser(p.Id, p.Name, said[p.Id]))];
    }

    public async Task<ClaimsPrincipal?> AsDemoUserAsync(string userName, CancellationToken cancellationToken)
    {
        if (!HasDemoUsers || await people.FindAsync(userName ?? "", cancellationToken) is not { } person)
        {
            return null;
        }

        await RecordAsync("signed-in", person.Id, person.Name, cancellationToken);
        return PrincipalOf(person.Id, person.Name);
    }

    public async Task LeftAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id)
        {
            await RecordAsync("signed-out", id, user.Identity?.Name, cancellationToken);
        }
    }

    /// <summary>Who a session stands for.</summary>
    public static ClaimsPrincipal PrincipalOf(string id, string name) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, id), new Claim(ClaimTypes.Name, name)], CookieAuthenticationDefaults.AuthenticationScheme));

    // the hash is worked out before anything else is looked at: the work is the same for everybody
    private async Task<bool> IsRightAsync(AppUser? user, string password, SignInTry attempt, CancellationToken cancellationToken)
    {
        var hash = user?.PasswordHash;
        var typed = PasswordRules.Normal(password);
        var verified = hasher.VerifyHashedPassword(user ?? Nobody, hash ?? NobodysHash(), typed.Length > PasswordRules.Longest ? "" : typed);
        if (await throttle.WaitsAsync(attempt, cancellationToken) || user is not { IsActive: true } || hash is null || verified == PasswordVerificationResult.Failed)
        {
            return false;
        }

        if (verified == PasswordVerificationResult.SuccessRehashNeeded)
        {
            user.PasswordHash = hasher.HashPassword(user, typed);
            await users.UpdateAsync(user);
        }

        return true;
    }

    private async Task MissAsync(AppUser? user, SignInTry attempt, CancellationToken cancellationToken)
    {
        var isLocked = await throttle.MissAsync(attempt, cancellationToken);

        // what was typed as a name may be a password, so it is not kept
        await RecordAsync("failed", user?.Id, user?.DisplayName, cancellationToken);
        if (isLocked && user is not null)
        {
            await RecordAsync("locked", user.Id, user.DisplayName, cancellationToken);
        }
    }

    private async Task RecordAsync(string type, string? id, string? name, CancellationToken cancellationToken) => await writer.RunWithContextAsync(
        async (db, _) =>
        {
            await audit.RecordAsync(db, AccessAudit.StreamOf(id ?? AccessAudit.Unknown), type, new Actor(ActorKind.Person, id, name), new JsonObject(), cancellationToken);
            return true;
        },
        cancellationToken);

    private string NobodysHash() => _nobodysHash ??= hasher.HashPassword(Nobody, Guid.NewGuid().ToString());
}

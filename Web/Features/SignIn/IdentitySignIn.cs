using System.Security.Claims;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace CaseManagement.Web.Features.SignIn;

/// <summary>
/// Checks passwords. Unknown, disabled and locked people cost the same work and read the same text, so that nobody learns who works here;
/// therefore the wait after too many misses is never told.
/// </summary>
public sealed class IdentitySignIn(
    UserManager<AppUser> users, IPasswordHasher<AppUser> hasher, People people, Positions positions, IHostEnvironment environment,
    IConfiguration configuration) : ISignIn
{
    /// <summary>Misses until a wait begins.</summary>
    public const int MostMisses = 5;

    /// <summary>How long the right password fails too, by the wall clock.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMinutes(5);

    private static readonly AppUser Nobody = new() { DisplayName = "", Language = "", Zone = "" };
    private static string? _nobodysHash;

    private bool HasDemoUsers => environment.IsDevelopment() && configuration.GetValue("Demo:Users", true);

    public async Task<SignInAnswer> CheckAsync(string userName, string password, CancellationToken cancellationToken)
    {
        var user = userName.Length is > 0 and <= 256 ? await users.FindByNameAsync(userName) : null;
        var hash = user?.PasswordHash;
        var right = hasher.VerifyHashedPassword(user ?? Nobody, hash ?? NobodysHash(), password) != PasswordVerificationResult.Failed;
        if (user is null || hash is null || !user.IsActive || await users.IsLockedOutAsync(user))
        {
            return new SignInAnswer(null);
        }

        if (!right)
        {
            await users.AccessFailedAsync(user);
            return new SignInAnswer(null);
        }

        await users.ResetAccessFailedCountAsync(user);
        return new SignInAnswer(PrincipalOf(user.Id, user.DisplayName));
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

    public async Task<ClaimsPrincipal?> AsDemoUserAsync(string userName, CancellationToken cancellationToken) =>
        HasDemoUsers && await people.FindAsync(userName ?? "", cancellationToken) is { } person ? PrincipalOf(person.Id, person.Name) : null;

    private string NobodysHash() => _nobodysHash ??= hasher.HashPassword(Nobody, Guid.NewGuid().ToString());

    private static ClaimsPrincipal PrincipalOf(string id, string name) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, id), new Claim(ClaimTypes.Name, name)], CookieAuthenticationDefaults.AuthenticationScheme));
}

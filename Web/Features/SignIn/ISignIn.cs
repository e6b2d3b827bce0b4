using System.Security.Claims;

namespace CaseManagement.Web.Features.SignIn;

/// <summary>Knows who may come in.</summary>
public interface ISignIn
{
    /// <summary>Checks a name, a password and, where the person uses one, a code; counts misses.</summary>
    /// <returns>Who came in; null when refused, whatever the reason.</returns>
    Task<ClaimsPrincipal?> CheckAsync(Credentials typed, SignInTry attempt, CancellationToken cancellationToken);

    /// <summary>Checks a signed-in person once more, by code where they use one, else by password; counts misses.</summary>
    Task<bool> ProveAsync(string userId, Credentials typed, SignInTry attempt, CancellationToken cancellationToken);

    /// <summary>People of the demo organisation, to be entered without a password; empty outside Development.</summary>
    Task<IReadOnlyList<DemoUser>> DemoUsersAsync(CancellationToken cancellationToken);

    /// <summary>The demo person of that name, or null when there is none or this is not Development.</summary>
    Task<ClaimsPrincipal?> AsDemoUserAsync(string userName, CancellationToken cancellationToken);

    /// <summary>Records that somebody leaves.</summary>
    Task LeftAsync(ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>What somebody typed to come in.</summary>
/// <param name="UserName">The name.</param>
/// <param name="Password">The password.</param>
/// <param name="Code">Six digits of the authenticator, or a recovery code; for those who use one.</param>
public sealed record Credentials(string UserName, string Password, string? Code = null);

/// <summary>A person of the demo organisation.</summary>
public sealed record DemoUser(string UserName, string Name, string Position);

/// <summary>What the sign-in page posts.</summary>
public sealed record SignInForm
{
    public string? UserName { get; init; }
    public string? Password { get; init; }
    public string? Code { get; init; }
    public string? ReturnUrl { get; init; }

    public Credentials Typed => new(UserName?.Trim() ?? "", Password ?? "", Code);
}

/// <summary>The sign-in page.</summary>
/// <param name="UserName">As typed.</param>
/// <param name="ReturnUrl">Where the reader wanted to go.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="DemoUsers">Invented people to enter as.</param>
/// <param name="Providers">Other ways in: address and words of each.</param>
/// <param name="LeftAt">Where somebody who has just left ends their session at their identity provider as well.</param>
public sealed record SignInPage(
    string UserName, string? ReturnUrl, string? Error, IReadOnlyList<DemoUser> DemoUsers, IReadOnlyList<OtherWay> Providers, OtherWay? LeftAt = null);

/// <summary>A link to an identity provider.</summary>
public sealed record OtherWay(string Address, string Name);

/// <summary>The page that asks a signed-in person once more who they are.</summary>
/// <param name="Name">Who is signed in.</param>
/// <param name="UsesCode">Asks for the authenticator's code, not the password.</param>
/// <param name="HasOwn">Has a password or an authenticator to prove it with.</param>
/// <param name="ReturnUrl">Where they wanted to go.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Providers">Identity providers that can say so too.</param>
public sealed record ProofPage(string Name, bool UsesCode, bool HasOwn, string? ReturnUrl, string? Error, IReadOnlyList<OtherWay> Providers);

/// <summary>Texts of the sign-in page.</summary>
public sealed class SignInText;

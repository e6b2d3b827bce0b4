using System.Security.Claims;

namespace CaseManagement.Web.Features.SignIn;

/// <summary>Knows who may come in.</summary>
public interface ISignIn
{
    /// <summary>Checks a name and a password; counts misses.</summary>
    Task<SignInAnswer> CheckAsync(string userName, string password, CancellationToken cancellationToken);

    /// <summary>People of the demo organisation, to be entered without a password; empty outside Development.</summary>
    Task<IReadOnlyList<DemoUser>> DemoUsersAsync(CancellationToken cancellationToken);

    /// <summary>The demo person of that name, or null when there is none or this is not Development.</summary>
    Task<ClaimsPrincipal?> AsDemoUserAsync(string userName, CancellationToken cancellationToken);
}

/// <summary>Who came in; nobody when refused. <paramref name="WaitSeconds"/> is not zero after too many misses.</summary>
public sealed record SignInAnswer(ClaimsPrincipal? Person, int WaitSeconds = 0);

/// <summary>A person of the demo organisation.</summary>
public sealed record DemoUser(string UserName, string Name, string Position);

/// <summary>What the sign-in page posts.</summary>
public sealed record SignInForm
{
    public string? UserName { get; init; }
    public string? Password { get; init; }
    public string? ReturnUrl { get; init; }
}

/// <summary>The sign-in page.</summary>
public sealed record SignInPage(string UserName, string? ReturnUrl, string? Error, IReadOnlyList<DemoUser> DemoUsers);

/// <summary>Texts of the sign-in page.</summary>
public sealed class SignInText;

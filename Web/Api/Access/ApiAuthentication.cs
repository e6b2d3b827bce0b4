using System.Security.Claims;
using System.Text.Encodings.Web;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Organisation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Api.Access;

/// <summary>
/// Tells who asks: by <c>X-Api-Key</c>, else by the signed-in session. With a key or a bearer token the session is not looked at, and no
/// bearer token (the designer's) opens anything here.
/// </summary>
public sealed class ApiAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys, People people, AccountDuties duties, IHostEnvironment environment)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Api";
    public const string KeyHeader = "X-Api-Key";

    /// <summary>Outside Production the configuration's key may act as a person.</summary>
    public const string ActAsHeader = "X-Act-As";

    private string _refusal = "sign-in-required";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var caller = Request.Headers.ContainsKey(KeyHeader) ? await OfKeyAsync() : await OfSessionAsync();
        if (caller is null)
        {
            return AuthenticateResult.NoResult();
        }

        Context.Features.Set(caller);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.Performer.Actor.Id!)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        ApiProblem.WriteAsync(Context, new ApiProblem(StatusCodes.Status401Unauthorized, _refusal, "Send a valid X-Api-Key, or sign in."));

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ApiProblem.WriteAsync(Context, new ApiProblem(StatusCodes.Status403Forbidden, "forbidden", "This key or person may not do this."));

    private async Task<ApiCaller?> OfKeyAsync()
    {
        _refusal = "key-refused";
        if (Request.Headers[KeyHeader] is not [{ Length: > 0 } key] || await keys.FindAsync(key, Context.Connection.RemoteIpAddress, Context.RequestAborted) is not { } caller)
        {
            return null;
        }

        if (!Request.Headers.TryGetValue(ActAsHeader, out var actAs))
        {
            return caller;
        }

        _refusal = "act-as-refused";
        return caller.Performer.Actor.Id == ApiKeys.BootstrapId && !environment.IsProduction()
            && actAs is [{ } id] && await people.FindAsync(id, Context.RequestAborted) is { } person
            ? ApiCaller.OfPerson(person, hasSession: false)
            : null;
    }

    private async Task<ApiCaller?> OfSessionAsync()
    {
        if (Request.Headers.Authorization.Any(sent => sent?.StartsWith("Bearer", StringComparison.OrdinalIgnoreCase) == true))
        {
            _refusal = "bearer-refused";
            return null;
        }

        var session = await Context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        if (session.Principal is { } who && await duties.OfAsync(who, Context) != AccountDuty.None)
        {
            _refusal = "account-duty";
            return null;
        }

        return session.Principal is { } principal && await people.OfAsync(principal, Context.RequestAborted) is { } person
            ? ApiCaller.OfPerson(person, hasSession: true)
            : null;
    }
}

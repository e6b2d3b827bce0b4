using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Designer;

/// <summary>Tells who asks from the designer: by the bearer token alone, never by the session's cookie. Refusals have no body.</summary>
public sealed class DesignerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, DesignerTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header]
            || !AuthenticationHeaderValue.TryParse(header, out var sent) || !sent.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            || sent.Parameter is not { Length: > 0 } token)
        {
            return AuthenticateResult.NoResult();
        }

        if (await tokens.ReadAsync(token, Context.RequestAborted) is not { } caller)
        {
            return AuthenticateResult.Fail("The designer's token is not good.");
        }

        Context.Features.Set(caller);
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, caller.Person.Id), new Claim(ClaimTypes.Name, caller.Person.Name)], DesignerRealm.Scheme);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), DesignerRealm.Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return RefuseAsync(StatusCodes.Status401Unauthorized);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => RefuseAsync(StatusCodes.Status403Forbidden);

    private Task RefuseAsync(int status)
    {
        DesignerAnswers.KeepEmpty(Context);
        Response.StatusCode = status;
        return Task.CompletedTask;
    }
}

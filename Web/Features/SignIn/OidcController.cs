using System.Globalization;
using System.Security.Claims;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Oidc;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Portal;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.SignIn;

/// <summary>The page that says why an identity provider's word was not enough.</summary>
/// <param name="Error">In the reader's language.</param>
public sealed record OidcRefusedPage(string Error);

/// <summary>Signing in at an identity provider, linking one's account there, proving by it who one is. Every refusal is recorded.</summary>
[Route("sign-in/oidc/{provider}"), AllowAnonymous]
public sealed class OidcController(
    OidcProviders providers, OidcClient client, OidcFlows flows, OidcPeople people, RateCounters counters, StaffSessions sessions, IStringLocalizer<SignInText> text) : Controller
{
    /// <summary>So many refusals of one network are recorded; more say nothing new.</summary>
    private static readonly Rate Refusals = new("oidc-refused", 20, TimeSpan.FromMinutes(10));

    private const int LongestReturn = 1_000;
    private const string Refused = "~/Features/SignIn/OidcRefused.cshtml";

    /// <summary>Sends the browser to the provider.</summary>
    [HttpGet]
    public Task<IActionResult> Go(string provider, string? returnUrl, OidcPurpose purpose, CancellationToken cancellationToken) => RefusingAsync(provider, purpose, async known =>
    {
        if (returnUrl is not null && !Url.IsLocalUrl(returnUrl))
        {
            throw new OidcRefusedException(OidcRefusals.ReturnUrl);
        }

        var user = purpose == OidcPurpose.SignIn ? null : User.FindFirstValue(ClaimTypes.NameIdentifier);
        if (purpose != OidcPurpose.SignIn && user is null)
        {
            return Redirect("/sign-in");
        }

        if (purpose == OidcPurpose.Link && !(await Sessions.CurrentAsync(HttpContext) is { } session && await sessions.IsProvenAsync(session.Id, cancellationToken)))
        {
            return Redirect("/sign-in/again" + QueryString.Create("returnUrl", "/account"));
        }

        // what does not fit into a cookie leads to the start page
        var flow = flows.Begin(HttpContext, known.Key, returnUrl is { Length: <= LongestReturn } ? returnUrl : "/", purpose, user);
        return Redirect(await client.WayAsync(known, flow, CallbackOf(known), CultureInfo.CurrentUICulture.Name, cancellationToken));
    }, cancellationToken);

    /// <summary>Where the provider sends the browser back to.</summary>
    [HttpGet("callback")]
    public Task<IActionResult> Callback(string provider, string? code, string? state, string? iss, string? error, CancellationToken cancellationToken) =>
        RefusingAsync(provider, OidcPurpose.SignIn, async known =>
        {
            var flow = await flows.EndAsync(HttpContext, known.Key, state, cancellationToken);
            if (error is not null)
            {
                throw new OidcRefusedException(OidcRefusals.Provider);
            }

            var identity = await client.IdentifyAsync(known, flow, code, iss, CallbackOf(known), cancellationToken);
            if (flow.Purpose != OidcPurpose.SignIn && flow.User != User.FindFirstValue(ClaimTypes.NameIdentifier))
            {
                throw new OidcRefusedException(OidcRefusals.OtherPerson);
            }

            switch (flow.Purpose)
            {
                case OidcPurpose.Link:
                    await people.LinkAsync(known, identity, flow.User!, cancellationToken);
                    return LocalRedirect("/account?said=done");
                case OidcPurpose.Again:
                    await people.ProveAsync(known, identity, flow.User!, cancellationToken);
                    await EnterAsync(User, identity);
                    break;
                default:
                    await EnterAsync(await people.EnterAsync(known, identity, cancellationToken), identity);
                    break;
            }

            return LocalRedirect(Url.IsLocalUrl(flow.ReturnUrl) ? flow.ReturnUrl : "/");
        }, cancellationToken);

    /// <summary>Ends the session at the provider as well; the one here has ended.</summary>
    [HttpGet("leave")]
    public Task<IActionResult> Leave(string provider, CancellationToken cancellationToken) => RefusingAsync(
        provider, OidcPurpose.SignIn,
        async known => Redirect(await client.LeavingAsync(known, $"{Request.Scheme}://{Request.Host}/sign-in", cancellationToken) ?? "/sign-in"),
        cancellationToken);

    private string CallbackOf(OidcProvider provider) => $"{Request.Scheme}://{Request.Host}/sign-in/oidc/{provider.Key}/callback";

    // a proof the provider does not date is taken for an old one: what matters much asks again
    private Task EnterAsync(ClaimsPrincipal person, OidcIdentity identity)
    {
        var properties = new AuthenticationProperties();
        properties.SetString(Sessions.Method, SignInMethods.Oidc);
        properties.SetString(Sessions.ProvedAt, (identity.ProvedAt ?? DateTimeOffset.UnixEpoch).ToString("O", CultureInfo.InvariantCulture));
        return HttpContext.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, person, properties);
    }

    private async Task<IActionResult> RefusingAsync(string key, OidcPurpose purpose, Func<OidcProvider, Task<IActionResult>> go, CancellationToken cancellationToken)
    {
        if (providers.Find(key) is not { } provider)
        {
            return NotFound();
        }

        try
        {
            return await go(provider);
        }
        catch (OidcRefusedException refused)
        {
            if (await counters.TakeAsync([(Refusals, PasswordResets.Hash(Networks.Of(HttpContext.Connection.RemoteIpAddress)))], cancellationToken) > 0)
            {
                return Page(text["OidcTooMany"], StatusCodes.Status429TooManyRequests);
            }

            await people.RecordAsync(provider.Key, purpose, refused, cancellationToken);
            return Page(
                text[refused.Reason switch
                {
                    OidcRefusals.NotLinked or OidcRefusals.Disabled => "OidcNotLinked",
                    OidcRefusals.LinkedElsewhere => "OidcLinkedElsewhere",
                    OidcRefusals.OtherPerson => "OidcOtherPerson",
                    OidcRefusals.Unavailable => "OidcUnavailable",
                    _ => "OidcRefused",
                }, provider.In(CultureInfo.CurrentUICulture.Name)],
                refused.Reason == OidcRefusals.Unavailable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest);
        }
    }

    private ViewResult Page(string error, int status)
    {
        var page = View(Refused, new OidcRefusedPage(error));
        page.StatusCode = status;
        return page;
    }
}

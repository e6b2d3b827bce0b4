using System.Globalization;
using System.Security.Claims;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Oidc;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.SignIn;

/// <summary>Signing in and out of the staff pages.</summary>
[Route("sign-in")]
public sealed class SignInController(
    ISignIn signIn, KnownDevices devices, UserManager<Persistence.Organisation.AppUser> users, OidcProviders providers, OidcPeople linked, IStringLocalizer<SignInText> text) : Controller
{
    /// <param name="returnUrl">Where the reader wanted to go.</param>
    /// <param name="left">The identity provider of a session that has just ended here.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [HttpGet, AllowAnonymous]
    public async Task<IActionResult> Index(string? returnUrl, string? left, CancellationToken cancellationToken) =>
        View(await PageAsync(new SignInForm { ReturnUrl = returnUrl }, null, cancellationToken) with
        {
            LeftAt = left is not null && providers.Find(left) is { } provider ? new OtherWay($"/sign-in/oidc/{provider.Key}/leave", provider.In(CultureInfo.CurrentUICulture.Name)) : null,
        });

    [HttpPost, AllowAnonymous]
    public async Task<IActionResult> Index(SignInForm form, CancellationToken cancellationToken)
    {
        var typed = form.Typed;
        if (await signIn.CheckAsync(typed, TryOf(typed.UserName), cancellationToken) is not { } person)
        {
            var page = View(await PageAsync(form, text["Wrong"], cancellationToken));
            page.StatusCode = StatusCodes.Status400BadRequest;
            return page;
        }

        devices.Remember(HttpContext, typed.UserName);
        await EnterAsync(person, SignInMethods.Password);
        return Back(form.ReturnUrl);
    }

    /// <summary>Signs in one of the listed demo people; there are none outside Development.</summary>
    [HttpPost("demo"), AllowAnonymous]
    public async Task<IActionResult> Demo(string userName, string? returnUrl, CancellationToken cancellationToken)
    {
        var person = await signIn.AsDemoUserAsync(userName, cancellationToken);
        if (person is null)
        {
            return NotFound();
        }

        await EnterAsync(person, SignInMethods.Demo);
        return Back(returnUrl);
    }

    /// <summary>Asks a signed-in person once more who they are, before something that matters.</summary>
    [HttpGet("again")]
    public async Task<IActionResult> Again(string? returnUrl) => View(await ProofPageAsync(returnUrl, null));

    [HttpPost("again")]
    public async Task<IActionResult> Again(SignInForm form, CancellationToken cancellationToken)
    {
        var user = await users.FindByIdAsync(User.FindFirstValue(ClaimTypes.NameIdentifier)!);
        if (user?.UserName is not { } name || !await signIn.ProveAsync(user.Id, form.Typed, TryOf(name), cancellationToken))
        {
            var page = View(await ProofPageAsync(form.ReturnUrl, text["WrongProof"]));
            page.StatusCode = StatusCodes.Status400BadRequest;
            return page;
        }

        // a new session in place of the old one
        var method = (await HttpContext.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme)).Properties?.GetString(Sessions.Method);
        await EnterAsync(User, method ?? SignInMethods.Password);
        return Back(form.ReturnUrl);
    }

    /// <summary>Offers the form that came too late to be sent now.</summary>
    [HttpGet("continue")]
    public IActionResult Continue() => KeptForm.Take(HttpContext, User.FindFirstValue(ClaimTypes.NameIdentifier)) is { } kept ? View(kept) : LocalRedirect("/");

    /// <summary>Asks once more; for pages that may not send forms.</summary>
    [HttpGet("/sign-out")]
    public IActionResult Leaving() => View();

    [HttpPost("/sign-out")]
    public async Task<IActionResult> Leave(CancellationToken cancellationToken)
    {
        await signIn.LeftAsync(User, cancellationToken);
        var session = await HttpContext.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        var provider = session.Properties?.GetString(Sessions.Method) == SignInMethods.Oidc && User.FindFirstValue(ClaimTypes.NameIdentifier) is { } user
            ? (await linked.LinksAsync(user, HttpContext.RequestAborted)).Select(l => l.Provider).FirstOrDefault()
            : null;
        await HttpContext.SignOutAsync();
        return RedirectToAction(nameof(Index), new { left = provider });
    }

    private Task EnterAsync(ClaimsPrincipal person, string method)
    {
        var properties = new AuthenticationProperties();
        properties.SetString(Sessions.Method, method);
        return HttpContext.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, person, properties);
    }

    private SignInTry TryOf(string userName) =>
        SignInTry.Of(userName, Networks.Of(HttpContext.Connection.RemoteIpAddress), devices.Of(HttpContext, userName));

    private LocalRedirectResult Back(string? returnUrl) => LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/");

    private async Task<ProofPage> ProofPageAsync(string? returnUrl, string? error)
    {
        var user = await users.FindByIdAsync(User.FindFirstValue(ClaimTypes.NameIdentifier)!);
        var links = user is null ? [] : await linked.LinksAsync(user.Id, HttpContext.RequestAborted);
        var ways = links.Select(l => providers.Find(l.Provider)).OfType<OidcProvider>().DistinctBy(p => p.Key);
        return new ProofPage(
            User.Identity?.Name ?? "", user?.TwoFactorEnabled == true, user?.PasswordHash is not null || user?.TwoFactorEnabled == true, returnUrl, error,
            [.. ways.Select(p => WayTo(p, returnUrl, OidcPurpose.Again))]);
    }

    private static OtherWay WayTo(OidcProvider provider, string? returnUrl, OidcPurpose purpose)
    {
        var query = QueryString.Create("purpose", purpose.ToString());
        return new OtherWay(
            $"/sign-in/oidc/{provider.Key}{(returnUrl is null ? query : query.Add("returnUrl", returnUrl))}", provider.In(CultureInfo.CurrentUICulture.Name));
    }

    private async Task<SignInPage> PageAsync(SignInForm form, string? error, CancellationToken cancellationToken) =>
        new(form.UserName ?? "", form.ReturnUrl, error, await signIn.DemoUsersAsync(cancellationToken), [.. providers.All.Select(p => WayTo(p, Url.IsLocalUrl(form.ReturnUrl) ? form.ReturnUrl : null, OidcPurpose.SignIn))]);
}

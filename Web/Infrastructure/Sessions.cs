using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;

namespace CaseManagement.Web.Infrastructure;

/// <summary>
/// The staff session: one cookie that names a row of <see cref="StaffSessions"/>, idle after half an hour. Pages are closed unless they say otherwise.
/// </summary>
public static class Sessions
{
    // nothing larger fits where it is kept
    private const long LargestKept = 200_000;

    private const string Since = "since";
    private const string SessionId = "sid";

    /// <summary>Among the properties of a sign-in: how somebody came in, one of <see cref="SignInMethods"/>.</summary>
    public const string Method = "method";

    /// <summary>Among the properties of a sign-in: when somebody proved who they are, where that was not just now.</summary>
    public const string ProvedAt = "proved";

    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>A session ends then, however busy it was.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>The same for those whom an identity provider let in: what it knows of them is older by then.</summary>
    public static readonly TimeSpan OidcLongest = TimeSpan.FromHours(8);

    /// <summary>The same for administrators, process owners and auditors.</summary>
    public static readonly TimeSpan PowerfulIdle = TimeSpan.FromMinutes(15);

    /// <inheritdoc cref="PowerfulIdle"/>
    public static readonly TimeSpan PowerfulLongest = TimeSpan.FromHours(8);

    /// <summary>A query value by which a page says that it asks by itself, not because somebody did something.</summary>
    public const string IdleMark = "idle";

    /// <summary>The session of this request: its id and when it ends at the latest; null without one.</summary>
    public static async Task<(string Id, DateTimeOffset End)?> CurrentAsync(HttpContext context)
    {
        var properties = (await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme)).Properties;
        return properties?.GetString(SessionId) is { } id && StartOf(properties) is { } start ? (id, start + Longest) : null;
    }

    /// <summary>The id of the session that let this request in, once that has been found out.</summary>
    public static string? KnownId(HttpContext context) => context.Items.TryGetValue(SessionId, out var id) ? id as string : null;

    /// <summary>How the session of this request began; null without one.</summary>
    public static async Task<string?> MethodAsync(HttpContext context) =>
        (await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme)).Properties is { } properties ? properties.GetString(Method) ?? SignInMethods.Password : null;

    /// <param name="services">Where the session is registered.</param>
    /// <param name="environment">Development is served without TLS.</param>
    /// <param name="wallClock">Real time, even where the product's own time is simulated.</param>
    public static IServiceCollection AddSessions(this IServiceCollection services, IHostEnvironment environment, TimeProvider wallClock)
    {
        // Browsers take __Host- cookies over TLS only; on a developer's machine the pages are served without.
        var plain = environment.IsDevelopment();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(options =>
        {
            Harden(options.Cookie, plain ? "cc" : "__Host-cc", SameSiteMode.Lax, plain);
            options.TimeProvider = wallClock;
            options.LoginPath = "/sign-in";
            options.AccessDeniedPath = "/errors/403";
            options.ReturnUrlParameter = "returnUrl";
            options.ExpireTimeSpan = Idle;
            options.SlidingExpiration = true;
            options.Events.OnSigningIn = BeginAsync;
            options.Events.OnSigningOut = EndAsync;
            options.Events.OnCheckSlidingExpiration = context =>
            {
                // what a page does by itself must not keep alive the session of somebody who went away
                context.ShouldRenew &= !context.Request.Query.ContainsKey(IdleMark);
                return Task.CompletedTask;
            };
            options.Events.OnValidatePrincipal = RefuseWhatIsOverAsync;
            options.Events.OnRedirectToLogin = AskToSignInAsync;
            options.Events.OnRedirectToAccessDenied = context => AnswerAsync(context, StatusCodes.Status403Forbidden);
        });
        services.AddSingleton<StaffSessions>();
        services.AddAntiforgery(options => Harden(options.Cookie, plain ? "af" : "__Host-af", SameSiteMode.Strict, plain));
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    private static void Harden(CookieBuilder cookie, string name, SameSiteMode sameSite, bool plain)
    {
        cookie.Name = name;
        cookie.SameSite = sameSite;
        cookie.HttpOnly = true;
        cookie.Path = "/";
        cookie.SecurePolicy = plain ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
    }

    // what a session that has ended brought is kept for whoever's session it was, and offered when they are back
    private static async Task AskToSignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method) || ErrorPages.IsForPrograms(http.Request.Path) || http.Request.Headers.ContainsKey("HX-Request"))
        {
            await AnswerAsync(context, StatusCodes.Status401Unauthorized);
            return;
        }

        var page = KeptForm.PageOf(http.Request);
        if (http.Request.ContentLength is < LargestKept && await LastReaderAsync(context) is { } reader && await KeptForm.KeepAtOnceAsync(http, page, reader))
        {
            page = KeptForm.Address;
        }

        http.Response.Redirect(context.Options.LoginPath + QueryString.Create(context.Options.ReturnUrlParameter, page));
    }

    /// <summary>Whose session this was, where the form comes from one of their pages; else null.</summary>
    private static async Task<string?> LastReaderAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (context.Options.CookieManager.GetRequestCookie(http, context.Options.Cookie.Name!) is not { } cookie || context.Options.TicketDataFormat.Unprotect(cookie) is not { } ticket)
        {
            return null;
        }

        var nobody = http.User;
        http.User = ticket.Principal;
        var isOwn = await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);
        http.User = nobody;
        return isOwn ? ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier) : null;
    }

    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        // A part that script asks for must not become a sign-in page inside the page; what was typed stays where it is.
        if (ErrorPages.IsForPrograms(context.Request.Path) || context.Request.Headers.ContainsKey("HX-Request"))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }

    // a session of before ends: whoever proves who they are gets a new one
    private static async Task BeginAsync(CookieSigningInContext context)
    {
        var http = context.HttpContext;
        var sessions = http.RequestServices.GetRequiredService<StaffSessions>();
        if (await CurrentAsync(http) is { } before && http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } earlier)
        {
            await sessions.EndAsync(earlier, before.Id, CancellationToken.None);
        }

        context.Properties.Items[Since] = context.Properties.IssuedUtc?.ToString("O", CultureInfo.InvariantCulture);
        context.Properties.Items[SessionId] = await sessions.BeginAsync(
            context.Principal!.FindFirstValue(ClaimTypes.NameIdentifier)!, context.Properties.GetString(Method) ?? SignInMethods.Password,
            Devices.Of(http.Request.Headers.UserAgent), Networks.Of(http.Connection.RemoteIpAddress),
            DateTimeOffset.TryParse(context.Properties.GetString(ProvedAt), CultureInfo.InvariantCulture, out var proved) ? proved : context.Options.TimeProvider!.GetUtcNow(),
            http.RequestAborted);
    }

    private static async Task RefuseWhatIsOverAsync(CookieValidatePrincipalContext context)
    {
        var now = context.Options.TimeProvider!.GetUtcNow();
        var http = context.HttpContext;
        if (StartOf(context.Properties) is { } start && now - start <= Longest && context.Properties.GetString(SessionId) is { } id
            && await http.RequestServices.GetRequiredService<StaffSessions>().IsGoodAsync(id, isUse: !http.Request.Query.ContainsKey(IdleMark), http.RequestAborted))
        {
            http.Items[SessionId] = id;
            return;
        }

        context.RejectPrincipal();
    }

    private static async Task EndAsync(CookieSigningOutContext context)
    {
        if (await CurrentAsync(context.HttpContext) is { } session && context.HttpContext.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } user)
        {
            await context.HttpContext.RequestServices.GetRequiredService<StaffSessions>().EndAsync(user, session.Id, CancellationToken.None);
        }
    }

    private static DateTimeOffset? StartOf(AuthenticationProperties properties) =>
        DateTimeOffset.TryParse(properties.GetString(Since), CultureInfo.InvariantCulture, out var start) ? start : null;
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Portal;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace CaseManagement.Web.Oidc;

/// <summary>What somebody went to their identity provider for.</summary>
public enum OidcPurpose
{
    SignIn,

    /// <summary>To link that account to the person who is signed in.</summary>
    Link,

    /// <summary>To prove once more who they are.</summary>
    Again,
}

/// <summary>A sign-in that has begun in a browser and has not come back.</summary>
/// <param name="Provider">The provider's key.</param>
/// <param name="State">What comes back with the answer.</param>
/// <param name="Nonce">What the token must hold.</param>
/// <param name="Verifier">Proves to the provider that the code is ours (PKCE).</param>
/// <param name="ReturnUrl">Where to go afterwards, on this site.</param>
/// <param name="Purpose">What for.</param>
/// <param name="User">Who was signed in; null at signing in.</param>
/// <param name="StartedAt">By the wall clock.</param>
public sealed record OidcFlow(string Provider, string State, string Nonce, string Verifier, string ReturnUrl, OidcPurpose Purpose, string? User, DateTimeOffset StartedAt)
{
    /// <summary>SHA-256 of the verifier as it is sent ahead.</summary>
    public string Challenge => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
}

/// <summary>Keeps what was begun in a sealed cookie of the browser, and lets it end once.</summary>
public sealed class OidcFlows(
    IDataProtectionProvider protection, RateCounters counters, IHostEnvironment environment, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>How long somebody may take at their provider.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromMinutes(10);

    // several tabs may sign in at once; what lies around beyond that is swept
    private const int MostAtOnce = 5;
    private const int LongestState = 100;

    private readonly IDataProtector _seal = protection.CreateProtector("oidc-flow");

    private string Prefix => environment.IsDevelopment() ? "oc." : "__Host-oc.";

    public OidcFlow Begin(HttpContext context, string provider, string returnUrl, OidcPurpose purpose, string? user)
    {
        var flow = new OidcFlow(provider, Random(), Random(), Random(), returnUrl, purpose, user, wallClock.GetUtcNow());
        foreach (var old in context.Request.Cookies.Keys.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Skip(MostAtOnce - 1))
        {
            context.Response.Cookies.Delete(old, Options(context));
        }

        context.Response.Cookies.Append(NameOf(flow.State), _seal.Protect(JsonSerializer.Serialize(flow)), Options(context, Holds));
        return flow;
    }

    /// <summary>What began with this state here; it is over with that.</summary>
    /// <exception cref="OidcRefusedException">Nothing did, too long ago, or it is over already.</exception>
    public async Task<OidcFlow> EndAsync(HttpContext context, string provider, string? state, CancellationToken cancellationToken)
    {
        if (state is not { Length: > 0 and <= LongestState } || context.Request.Cookies[NameOf(state)] is not { } kept)
        {
            throw new OidcRefusedException(OidcRefusals.State);
        }

        context.Response.Cookies.Delete(NameOf(state), Options(context));
        var now = wallClock.GetUtcNow();
        if (Open(kept) is not { } flow || flow.Provider != provider || now - flow.StartedAt > Holds
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(flow.State), Encoding.UTF8.GetBytes(state)))
        {
            throw new OidcRefusedException(OidcRefusals.State);
        }

        // the cookie may have been copied before it was deleted
        return await counters.SpendAsync($"oidc/{HashOf(state)}", flow.StartedAt + Holds, cancellationToken) ? flow : throw new OidcRefusedException(OidcRefusals.Replayed);
    }

    private OidcFlow? Open(string kept)
    {
        try
        {
            return JsonSerializer.Deserialize<OidcFlow>(_seal.Unprotect(kept));
        }
        catch (Exception broken) when (broken is CryptographicException or JsonException)
        {
            return null;
        }
    }

    // comes back by a link from the provider's site, therefore not Strict
    private CookieOptions Options(HttpContext context, TimeSpan? holds = null) => new()
    {
        HttpOnly = true,
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = !environment.IsDevelopment() || context.Request.IsHttps,
        MaxAge = holds,
    };

    private string NameOf(string state) => Prefix + HashOf(state)[..16];

    private static string HashOf(string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)));

    private static string Random() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
}

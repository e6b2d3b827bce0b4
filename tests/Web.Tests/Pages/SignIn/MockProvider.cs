using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CaseManagement.Web.Tests.Pages.SignIn;

/// <summary>
/// An identity provider on loopback. What somebody would do on its pages is <see cref="Approve"/>; tests change what its token says to see it refused.
/// </summary>
public sealed class MockProvider : IAsyncDisposable
{
    public const string Client = "complaints";
    public const string Secret = "the client's secret";

    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "first" };
    private readonly ConcurrentDictionary<string, Asked> _codes = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private readonly WebApplication _app;

    private MockProvider(WebApplication app, TimeProvider clock)
    {
        (_app, _clock) = (app, clock);
        app.MapGet("/.well-known/openid-configuration", () => new Dictionary<string, object>
        {
            ["issuer"] = DescribesItselfAs ?? Authority,
            ["authorization_endpoint"] = $"{Authority}/authorize",
            ["token_endpoint"] = $"{Authority}/token",
            ["jwks_uri"] = $"{Authority}/keys",
            ["end_session_endpoint"] = $"{Authority}/leave",
            ["authorization_response_iss_parameter_supported"] = true,
        });
        app.MapGet("/keys", () => new { keys = new[] { PublicKey() } });
        app.MapPost("/token", (Delegate)TokenAsync);
    }

    public string Authority => _app.Urls.Single();

    /// <summary>Another name than its own.</summary>
    public string? DescribesItselfAs { get; set; }

    /// <summary>Changes the token before it is signed.</summary>
    public Action<SecurityTokenDescriptor> Changes { get; set; } = _ => { };

    /// <summary>Says another token altogether.</summary>
    public Func<string, string> Says { get; set; } = token => token;

    /// <summary>How the client proved itself last.</summary>
    public string? LastAuthorization { get; private set; }

    public static async Task<MockProvider> StartAsync(TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var provider = new MockProvider(builder.Build(), clock);
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>Somebody signs in at the provider: what they are sent back with.</summary>
    /// <param name="way">Where the product sent their browser.</param>
    /// <param name="subject">The account they signed in with.</param>
    /// <param name="claims">What else the provider tells of them.</param>
    public string Approve(Uri way, string subject, params (string Name, object Value)[] claims)
    {
        var asked = QueryHelpers.ParseQuery(way.Query);
        Assert.Equal((Client, "code", "query", "S256"), (asked["client_id"].ToString(), asked["response_type"].ToString(), asked["response_mode"].ToString(), asked["code_challenge_method"].ToString()));
        var code = RandomNumberGenerator.GetHexString(20);
        _codes[code] = new Asked(subject, asked["nonce"]!, asked["code_challenge"]!, asked["redirect_uri"]!, asked.ContainsKey("max_age"), claims);
        return QueryHelpers.AddQueryString(
            new Uri(asked["redirect_uri"]!).AbsolutePath, new Dictionary<string, string?> { ["code"] = code, ["state"] = asked["state"], ["iss"] = Authority });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Rsa.Dispose();
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        LastAuthorization = context.Request.Headers.Authorization;
        if (!_codes.TryRemove(form["code"].ToString(), out var asked) || form["redirect_uri"] != asked.RedirectUri
            || WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != asked.Challenge)
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        var now = _clock.GetUtcNow();
        var claims = new Dictionary<string, object> { ["sub"] = asked.Subject, ["nonce"] = asked.Nonce };
        if (asked.WantsProof)
        {
            claims["auth_time"] = now.ToUnixTimeSeconds();
        }

        foreach (var (name, value) in asked.Claims)
        {
            claims[name] = value;
        }

        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Authority,
            Audience = Client,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = now.UtcDateTime.AddMinutes(5),
            Claims = claims,
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
        };
        Changes(descriptor);
        return Results.Json(new { token_type = "Bearer", access_token = "unused", id_token = Says(new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor)) });
    }

    private Dictionary<string, string> PublicKey()
    {
        var open = _key.Rsa.ExportParameters(includePrivateParameters: false);
        return new Dictionary<string, string>
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = _key.KeyId,
            ["n"] = WebEncoders.Base64UrlEncode(open.Modulus!),
            ["e"] = WebEncoders.Base64UrlEncode(open.Exponent!),
        };
    }

    private sealed record Asked(string Subject, string Nonce, string Challenge, string RedirectUri, bool WantsProof, (string Name, object Value)[] Claims);
}

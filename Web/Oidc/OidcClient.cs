using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CaseManagement.Web.Configuration;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CaseManagement.Web.Oidc;

/// <summary>Who somebody is by an identity provider's word.</summary>
/// <param name="Issuer">The provider.</param>
/// <param name="Subject">The account there; it stays.</param>
/// <param name="Groups">The groups the person is in.</param>
/// <param name="ProvedAt">When the person proved to the provider who they are; null where it does not say.</param>
public sealed record OidcIdentity(string Issuer, string Subject, IReadOnlyList<string> Groups, DateTimeOffset? ProvedAt)
{
    public string? Name { get; init; }
    public string? UserName { get; init; }

    /// <summary>Only where the provider has verified it. Nobody is known by it.</summary>
    public string? Email { get; init; }
}

/// <summary>
/// Speaks to identity providers: OpenID Connect, authorization code with PKCE, answer by query. What Microsoft's handler would do and is not
/// there to be had: the parts are Microsoft.IdentityModel's, the order is ours.
/// </summary>
public sealed class OidcClient(IHostEnvironment environment, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock) : IDisposable
{
    private const int MostBytes = 1_000_000;
    private const int MostGroups = 1_000;
    private const int LongestText = 255;
    private const int LongestCode = 4_096;

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = MostBytes,
    };

    private readonly ConcurrentDictionary<string, ConfigurationManager<OpenIdConnectConfiguration>> _descriptions = new(StringComparer.Ordinal);
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MostBytes };

    public void Dispose() => _http.Dispose();

    /// <summary>Where to send the browser.</summary>
    /// <exception cref="OidcRefusedException">The provider is away, or describes itself as another.</exception>
    public async Task<string> WayAsync(OidcProvider provider, OidcFlow flow, string callback, string language, CancellationToken cancellationToken)
    {
        var description = await DescribeAsync(provider, cancellationToken);
        var query = new Dictionary<string, string?>
        {
            ["client_id"] = provider.ClientId,
            ["response_type"] = OpenIdConnectResponseType.Code,
            ["response_mode"] = OpenIdConnectResponseMode.Query,
            ["scope"] = string.Join(' ', new[] { OpenIdConnectScope.OpenId }.Concat(provider.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct()),
            ["redirect_uri"] = callback,
            ["state"] = flow.State,
            ["nonce"] = flow.Nonce,
            ["code_challenge"] = flow.Challenge,
            ["code_challenge_method"] = "S256",
            ["ui_locales"] = language,
        };
        if (flow.Purpose == OidcPurpose.Again)
        {
            query["prompt"] = OpenIdConnectPrompt.Login;
            query["max_age"] = "0";
        }

        return QueryHelpers.AddQueryString(description.AuthorizationEndpoint, query);
    }

    /// <summary>Where somebody ends the session they have at the provider; null where it offers no such place.</summary>
    public async Task<string?> LeavingAsync(OidcProvider provider, string back, CancellationToken cancellationToken)
    {
        var description = await DescribeAsync(provider, cancellationToken);
        return string.IsNullOrEmpty(description.EndSessionEndpoint)
            ? null
            : QueryHelpers.AddQueryString(description.EndSessionEndpoint, new Dictionary<string, string?> { ["client_id"] = provider.ClientId, ["post_logout_redirect_uri"] = back });
    }

    /// <summary>Who the browser that came back is.</summary>
    /// <param name="provider">The provider that was asked.</param>
    /// <param name="flow">What began in this browser.</param>
    /// <param name="code">What it brought.</param>
    /// <param name="issuer">Who says so, where the answer names it (RFC 9207).</param>
    /// <param name="callback">The address it was sent back to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OidcRefusedException">Something is not as it must be.</exception>
    public async Task<OidcIdentity> IdentifyAsync(OidcProvider provider, OidcFlow flow, string? code, string? issuer, string callback, CancellationToken cancellationToken)
    {
        var description = await DescribeAsync(provider, cancellationToken);
        if (issuer is null ? description.AuthorizationResponseIssParameterSupported : issuer != description.Issuer)
        {
            throw new OidcRefusedException(OidcRefusals.Issuer);
        }

        var token = await ExchangeAsync(provider, description, flow, code, callback, cancellationToken);
        var identity = await ReadAsync(provider, description, token, flow.Nonce);
        return flow.Purpose != OidcPurpose.Again || (identity.ProvedAt is { } at && at >= flow.StartedAt - Skew) ? identity : throw new OidcRefusedException(OidcRefusals.AuthTime);
    }

    private async Task<OpenIdConnectConfiguration> DescribeAsync(OidcProvider provider, CancellationToken cancellationToken)
    {
        var manager = _descriptions.GetOrAdd(provider.Key, _ => new ConfigurationManager<OpenIdConnectConfiguration>(
            provider.Authority!.TrimEnd('/') + "/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(_http) { RequireHttps = environment.IsProduction() || !new Uri(provider.Authority).IsLoopback }));
        OpenIdConnectConfiguration description;
        try
        {
            description = await manager.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is InvalidOperationException or IOException or HttpRequestException or ArgumentException)
        {
            throw new OidcRefusedException(OidcRefusals.Unavailable, failure);
        }

        return description.Issuer?.TrimEnd('/') != provider.Authority!.TrimEnd('/') ? throw new OidcRefusedException(OidcRefusals.Issuer)
            : IsUsable(description.AuthorizationEndpoint) && IsUsable(description.TokenEndpoint) ? description
            : throw new OidcRefusedException(OidcRefusals.Unavailable);
    }

    private bool IsUsable(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback && !environment.IsProduction()));

    private async Task<string> ExchangeAsync(
        OidcProvider provider, OpenIdConnectConfiguration description, OidcFlow flow, string? code, string callback, CancellationToken cancellationToken)
    {
        if (code is not { Length: > 0 and <= LongestCode })
        {
            throw new OidcRefusedException(OidcRefusals.Code);
        }

        var form = new Dictionary<string, string>
        {
            ["grant_type"] = OpenIdConnectGrantTypes.AuthorizationCode,
            ["code"] = code,
            ["redirect_uri"] = callback,
            ["code_verifier"] = flow.Verifier,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, description.TokenEndpoint);
        try
        {
            await ProveAsync(request, form, provider, description, cancellationToken);
            request.Content = new FormUrlEncodedContent(form);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var answer = await _http.SendAsync(request, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new OidcRefusedException((int)answer.StatusCode >= 500 ? OidcRefusals.Unavailable : OidcRefusals.Code);
            }

            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("id_token", out var token) && token.ValueKind == JsonValueKind.String
                ? token.GetString()!
                : throw new OidcRefusedException(OidcRefusals.Token);
        }
        catch (JsonException failure)
        {
            throw new OidcRefusedException(OidcRefusals.Token, failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new OidcRefusedException(OidcRefusals.Unavailable, failure);
        }
    }

    // by header unless the provider takes it in the body alone
    private static async Task ProveAsync(
        HttpRequestMessage request, Dictionary<string, string> form, OidcProvider provider, OpenIdConnectConfiguration description, CancellationToken cancellationToken)
    {
        var taken = description.TokenEndpointAuthMethodsSupported;
        if (await provider.SecretAsync(cancellationToken) is not { Length: > 0 } secret)
        {
            form["client_id"] = provider.ClientId!;
        }
        else if (taken.Count > 0 && !taken.Contains("client_secret_basic") && taken.Contains("client_secret_post"))
        {
            form["client_id"] = provider.ClientId!;
            form["client_secret"] = secret;
        }
        else
        {
            var pair = $"{Uri.EscapeDataString(provider.ClientId!)}:{Uri.EscapeDataString(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
    }

    private async Task<OidcIdentity> ReadAsync(OidcProvider provider, OpenIdConnectConfiguration description, string token, string nonce)
    {
        var result = await ValidateAsync(provider, description, token);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // keys change: the provider is asked once more, at most every few minutes
            _descriptions[provider.Key].RequestRefresh();
            description = await DescribeAsync(provider, CancellationToken.None);
            result = await ValidateAsync(provider, description, token);
        }

        if (!result.IsValid)
        {
            throw new OidcRefusedException(ReasonOf(result.Exception), result.Exception);
        }

        var claims = result.ClaimsIdentity;
        var parties = claims.FindAll(JwtRegisteredClaimNames.Aud).Select(c => c.Value).Distinct(StringComparer.Ordinal).Count();
        var party = claims.FindFirst(JwtRegisteredClaimNames.Azp)?.Value;
        if (party is null ? parties > 1 : party != provider.ClientId)
        {
            throw new OidcRefusedException(OidcRefusals.AuthorizedParty);
        }

        if (claims.FindFirst(JwtRegisteredClaimNames.Nonce)?.Value != nonce)
        {
            throw new OidcRefusedException(OidcRefusals.Nonce);
        }

        return claims.FindFirst(JwtRegisteredClaimNames.Sub)?.Value is { Length: > 0 and <= LongestText } subject
            ? new OidcIdentity(
                description.Issuer, subject, [.. claims.FindAll(provider.GroupsClaim).Select(c => c.Value).Where(g => g.Length is > 0 and <= LongestText).Distinct(StringComparer.Ordinal).Take(MostGroups)],
                long.TryParse(claims.FindFirst(JwtRegisteredClaimNames.AuthTime)?.Value, out var at) && at is > 0 and < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(at) : null)
            {
                Name = claims.FindFirst(JwtRegisteredClaimNames.Name)?.Value,
                UserName = claims.FindFirst("preferred_username")?.Value,
                Email = string.Equals(claims.FindFirst("email_verified")?.Value, "true", StringComparison.OrdinalIgnoreCase) ? claims.FindFirst(JwtRegisteredClaimNames.Email)?.Value : null,
            }
            : throw new OidcRefusedException(OidcRefusals.Token);
    }

    private async Task<TokenValidationResult> ValidateAsync(OidcProvider provider, OpenIdConnectConfiguration description, string token)
    {
        // said here, because what is not signed at all fails for another reason first
        if (!provider.SignedWith.Contains(AlgorithmOf(token)))
        {
            throw new OidcRefusedException(OidcRefusals.Algorithm);
        }

        return await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = description.Issuer,
            ValidAudience = provider.ClientId,
            ValidAlgorithms = provider.SignedWith,
            IssuerSigningKeys = description.SigningKeys,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (from, until, _, _) => IsNow(from, until) ? true : throw new SecurityTokenExpiredException(),
        });
    }

    private string AlgorithmOf(string token)
    {
        try
        {
            return _handler.ReadJsonWebToken(token).Alg;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or SecurityTokenException or JsonException or FormatException)
        {
            throw new OidcRefusedException(OidcRefusals.Token, unreadable);
        }
    }

    private bool IsNow(DateTime? from, DateTime? until)
    {
        var now = wallClock.GetUtcNow().UtcDateTime;
        return until is { } end && now < end + Skew && (from is not { } start || start <= now + Skew);
    }

    private static string ReasonOf(Exception? failure) => failure switch
    {
        SecurityTokenInvalidAlgorithmException => OidcRefusals.Algorithm,
        SecurityTokenInvalidAudienceException => OidcRefusals.Audience,
        SecurityTokenInvalidIssuerException => OidcRefusals.Issuer,
        SecurityTokenExpiredException or SecurityTokenNoExpirationException or SecurityTokenInvalidLifetimeException => OidcRefusals.Expired,
        SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException => OidcRefusals.Signature,
        _ => OidcRefusals.Token,
    };
}

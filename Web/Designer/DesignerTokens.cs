using System.Buffers.Binary;
using System.Security.Cryptography;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Organisation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CaseManagement.Web.Designer;

/// <summary>A token for the designer and when it stops being good.</summary>
public sealed record DesignerToken(string Text, DateTimeOffset ExpiresAt);

/// <summary>
/// Makes and reads the designer's tokens: signed JWTs, good for ten minutes by the wall clock. Each node signs with a random key of its
/// own and sends it along sealed by Data Protection, as the key's id; so every node reads the others' tokens and no key is stored.
/// </summary>
public sealed class DesignerTokens(IDataProtectionProvider protection, StaffSessions sessions, People people, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    // how long a node signs with one key; what it signed is good for a little longer
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(12);
    private const int KeyLength = 32;
    private const int LongestToken = 4_096;

    private readonly IDataProtector _seal = protection.CreateProtector("designer-token-key");
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private volatile SigningKey? _key;

    /// <summary>A token for somebody who may use the designer.</summary>
    /// <param name="person">Whom it speaks for.</param>
    /// <param name="session">The signed-in session, with which it dies.</param>
    /// <param name="sessionEnd">The session ends then at the latest, and the token with it.</param>
    /// <param name="process">The key of the process that is open; null where none is.</param>
    /// <param name="language">Language of what the designer is told.</param>
    public DesignerToken Create(Person person, string session, DateTimeOffset sessionEnd, string? process, string language)
    {
        var now = wallClock.GetUtcNow();
        var expires = now + Lifetime < sessionEnd ? now + Lifetime : sessionEnd;
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = person.Id,
            [JwtRegisteredClaimNames.Name] = person.Name,
            [JwtRegisteredClaimNames.Sid] = session,
            [DesignerRealm.Claims.Language] = language,
            [DesignerRealm.Claims.Permission] = DesignerRealm.RightOf(person) == DesignerRight.Write ? DesignerRealm.Claims.Write : DesignerRealm.Claims.Read,
        };
        if (process is not null)
        {
            claims[DesignerRealm.Claims.Process] = process;
        }

        var text = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = DesignerRealm.Issuer,
            Audience = DesignerRealm.Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            Claims = claims,
            SigningCredentials = CurrentKey(now).Credentials,
        });
        return new DesignerToken(text, expires);
    }

    /// <summary>Who a token speaks for; null when it is not good, its session has ended, or the person may no longer use the designer.</summary>
    public async Task<DesignerCaller?> ReadAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length > LongestToken)
        {
            return null;
        }

        var result = await _handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidIssuer = DesignerRealm.Issuer,
            ValidAudience = DesignerRealm.Audience,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireSignedTokens = true,
            IssuerSigningKeyResolver = (_, _, kid, _) => Open(kid) is { } key ? [key] : [],
            LifetimeValidator = (from, until, _, _) => IsNow(from, until),
        });
        if (!result.IsValid
            || Text(result, JwtRegisteredClaimNames.Sub) is not { } id || Text(result, JwtRegisteredClaimNames.Sid) is not { } session
            || Text(result, DesignerRealm.Claims.Language) is not { } language
            || await sessions.HasEndedAsync(id, session, cancellationToken)
            || await people.FindAsync(id, cancellationToken) is not { } person)
        {
            return null;
        }

        // what the person may do counts now, not when the token was made
        var right = DesignerRealm.RightOf(person);
        return right == DesignerRight.None
            ? null
            : new DesignerCaller(
                person, Text(result, DesignerRealm.Claims.Process), language,
                MayWrite: right == DesignerRight.Write && Text(result, DesignerRealm.Claims.Permission) == DesignerRealm.Claims.Write, session);
    }

    private static string? Text(TokenValidationResult result, string claim) => result.Claims.TryGetValue(claim, out var value) ? value as string : null;

    private bool IsNow(DateTime? from, DateTime? until)
    {
        var now = wallClock.GetUtcNow().UtcDateTime;
        return until is { } end && now < end && (from is not { } start || start <= now.AddSeconds(1));
    }

    private SigningKey CurrentKey(DateTimeOffset now)
    {
        if (_key is { } key && now - key.MadeAt < KeyLifetime)
        {
            return key;
        }

        var secret = RandomNumberGenerator.GetBytes(KeyLength);
        var kept = new byte[sizeof(long) + KeyLength];
        BinaryPrimitives.WriteInt64BigEndian(kept, now.ToUnixTimeSeconds());
        secret.CopyTo(kept, sizeof(long));
        var signing = new SymmetricSecurityKey(secret) { KeyId = WebEncoders.Base64UrlEncode(_seal.Protect(kept)) };
        return _key = new SigningKey(now, new SigningCredentials(signing, SecurityAlgorithms.HmacSha256));
    }

    private SymmetricSecurityKey? Open(string? kid)
    {
        try
        {
            var kept = _seal.Unprotect(WebEncoders.Base64UrlDecode(kid ?? ""));
            var age = wallClock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(kept));
            return age <= KeyLifetime + Lifetime ? new SymmetricSecurityKey(kept[sizeof(long)..]) { KeyId = kid } : null;
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private sealed record SigningKey(DateTimeOffset MadeAt, SigningCredentials Credentials);
}

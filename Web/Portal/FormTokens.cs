using System.Globalization;
using System.Security.Cryptography;
using CaseManagement.Web.Configuration;
using Microsoft.AspNetCore.DataProtection;

namespace CaseManagement.Web.Portal;

/// <summary>Tokens that a form carries so that what is sent twice is done once. Only the product makes them.</summary>
public sealed class FormTokens(IDataProtectionProvider protection, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>A form may lie open so long; afterwards it gets a new token and is to be sent again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly IDataProtector _seal = protection.CreateProtector("form-token");

    public string Create() => _seal.Protect(string.Create(
        CultureInfo.InvariantCulture, $"{RandomNumberGenerator.GetHexString(32, lowercase: true)}|{wallClock.GetUtcNow().UtcTicks}"));

    /// <summary>What the token is known by; null when it is none of ours or too old.</summary>
    public string? Read(string? token)
    {
        if (token is not { Length: > 0 and < 1000 })
        {
            return null;
        }

        try
        {
            return _seal.Unprotect(token).Split('|') is [var id, var at]
                && wallClock.GetUtcNow().UtcTicks - long.Parse(at, CultureInfo.InvariantCulture) <= Lifetime.Ticks
                ? id
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

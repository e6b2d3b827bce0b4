using System.Security.Cryptography;
using CaseManagement.Web.Configuration;
using Microsoft.AspNetCore.DataProtection;

namespace CaseManagement.Web.Features.SignIn;

/// <summary>Remembers in a sealed cookie who came in from a device, so that misses of strangers do not count against them there.</summary>
public sealed class KnownDevices(IDataProtectionProvider protection, IHostEnvironment environment, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    private readonly IDataProtector _seal = protection.CreateProtector("known-device");

    private string Name => environment.IsDevelopment() ? "dv" : "__Host-dv";

    /// <summary>The device's id where this person came in from it before; else null.</summary>
    public string? Of(HttpContext context, string userName)
    {
        if (context.Request.Cookies[Name] is not { Length: > 0 and < 1_000 } kept)
        {
            return null;
        }

        try
        {
            return _seal.Unprotect(kept).Split('\n') is [var device, var name] && string.Equals(name, userName, StringComparison.OrdinalIgnoreCase) ? device : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>This person came in from this device.</summary>
    public void Remember(HttpContext context, string userName)
    {
        var device = Of(context, userName) ?? RandomNumberGenerator.GetHexString(32, lowercase: true);
        context.Response.Cookies.Append(Name, _seal.Protect($"{device}\n{userName}"), new CookieOptions
        {
            HttpOnly = true,
            Path = "/",
            SameSite = SameSiteMode.Strict,
            Secure = !environment.IsDevelopment() || context.Request.IsHttps,
            Expires = wallClock.GetUtcNow() + Kept,
        });
    }
}

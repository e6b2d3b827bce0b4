using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace CaseManagement.Web.Delivery;

/// <summary>Secrets shared with gateways: made here, shown once, kept under Data Protection.</summary>
public sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _seal = protection.CreateProtector("webhook-secret");

    /// <summary>256 random bits.</summary>
    public static string Make() => "whs_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public string Seal(string secret) => _seal.Protect(secret);

    /// <summary>The secrets that can be opened; those sealed by keys that are gone are left out.</summary>
    public IReadOnlyList<string> Open(params IEnumerable<string?> kept)
    {
        var opened = new List<string>();
        foreach (var one in kept.OfType<string>())
        {
            try
            {
                opened.Add(_seal.Unprotect(one));
            }
            catch (CryptographicException)
            {
                // a key that is gone: the administrator makes a new secret
            }
        }

        return opened;
    }
}

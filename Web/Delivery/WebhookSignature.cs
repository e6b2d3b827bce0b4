using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CaseManagement.Web.Delivery;

/// <summary>
/// Signs requests between the product and a gateway, both ways: HMAC-SHA-256 over <c>timestamp.body</c>, one <c>v1=hex</c> for each valid secret, so that
/// a secret is changed without a gap. The timestamp is Unix seconds; what is older than five minutes is refused.
/// </summary>
public static class WebhookSignature
{
    public const string Header = "X-Webhook-Signature";
    public const string TimestampHeader = "X-Webhook-Timestamp";

    private const string Scheme = "v1=";
    private const int MostSignatures = 4;

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The header's value for a body, with every secret that is valid now.</summary>
    public static string Of(IEnumerable<string> secrets, long timestamp, ReadOnlySpan<byte> body)
    {
        var signatures = new List<string>();
        foreach (var secret in secrets)
        {
            signatures.Add(Scheme + Convert.ToHexStringLower(Sign(secret, timestamp, body)));
        }

        return string.Join(", ", signatures);
    }

    /// <summary>Whether one of the secrets made one of the signatures, lately.</summary>
    public static bool IsGood(string? header, string? timestamp, ReadOnlySpan<byte> body, IEnumerable<string> secrets, DateTimeOffset now)
    {
        if (header is null || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds)
        {
            return false;
        }

        var given = header.Split(',', StringSplitOptions.TrimEntries).Where(s => s.StartsWith(Scheme, StringComparison.Ordinal)).Take(MostSignatures)
            .Select(s => Encoding.ASCII.GetBytes(s[Scheme.Length..].ToLowerInvariant())).ToList();
        var isGood = false;
        foreach (var secret in secrets)
        {
            var made = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Sign(secret, seconds, body)));
            foreach (var one in given)
            {
                isGood |= CryptographicOperations.FixedTimeEquals(one, made);
            }
        }

        return isGood;
    }

    private static byte[] Sign(string secret, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(timestamp.ToString(CultureInfo.InvariantCulture) + "."));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}

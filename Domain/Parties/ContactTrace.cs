using System.Security.Cryptography;
using System.Text;

namespace CaseManagement.Domain.Parties;

/// <summary>By what other cases of the same complainant are found: a telephone number, an e-mail address or a name, as a hash of its plain form.</summary>
/// <param name="Kind"><see cref="Phone"/>, <see cref="Email"/> or <see cref="Name"/>.</param>
/// <param name="Value">32 hexadecimal digits; the same for the same number, address or name however it was written.</param>
public sealed record ContactTrace(string Kind, string Value)
{
    public const string Phone = "phone";
    public const string Email = "email";
    public const string Name = "name";

    private const int ShortestPhone = 7;
    private const int ChineseMobile = 11;

    /// <summary>The traces of a complainant. Who stays anonymous or asks not to be known leaves none.</summary>
    public static IEnumerable<ContactTrace> Of(Complainant complainant)
    {
        if (complainant.Anonymous || complainant.Confidential)
        {
            yield break;
        }

        if (OfPhone(complainant.Phone) is { } phone)
        {
            yield return phone;
        }

        if (complainant.Email?.Trim() is { Length: > 0 } email)
        {
            yield return Make(Email, email.ToLowerInvariant());
        }

        if (complainant.Name is { } name && string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 1 } plain)
        {
            yield return Make(Name, plain.Normalize(NormalizationForm.FormKC).ToUpperInvariant());
        }
    }

    /// <summary>The trace of a telephone number however it is written; null where it is none.</summary>
    public static ContactTrace? OfPhone(string? phone) =>
        new string([.. (phone ?? "").Where(char.IsAsciiDigit)]) is { Length: >= ShortestPhone } digits ? Make(Phone, WithoutCountry(digits)) : null;

    private static string WithoutCountry(string digits)
    {
        var local = digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits;
        return local.Length == ChineseMobile + 2 && local.StartsWith("86", StringComparison.Ordinal) ? local[2..] : local;
    }

    private static ContactTrace Make(string kind, string plain) =>
        new(kind, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{plain}")).AsSpan(0, 16)));
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace CaseManagement.Domain.Masking;

/// <summary>Values as those see them who may not know them: enough to tell two apart on the telephone, not more. Empty stays empty.</summary>
public static partial class Mask
{
    /// <summary>Stands where nothing is shown.</summary>
    public const string Nothing = "****";

    private const int ShortestPhone = 8;
    private const int ShortestNumber = 8;

    /// <summary>"张**".</summary>
    public static string Name(string? name) => string.IsNullOrEmpty(name) ? "" : new StringInfo(name).SubstringByTextElements(0, 1) + "**";

    /// <summary>"138****2046"; short numbers vanish altogether.</summary>
    public static string Phone(string? phone) => phone switch
    {
        null or "" => "",
        { Length: >= ShortestPhone } => $"{phone[..3]}****{phone[^4..]}",
        _ => Nothing,
    };

    /// <summary>"c***@example.org"; what is no address vanishes.</summary>
    public static string Email(string? email) => email?.IndexOf('@', StringComparison.Ordinal) is > 0 and { } at ? $"{email[0]}***{email[at..]}" : "";

    /// <summary>Down to the district, "上海市浦东新区****"; of one written otherwise what stands behind the last comma, if that has no number.</summary>
    public static string Address(string? address)
    {
        if (string.IsNullOrWhiteSpace(address))
        {
            return "";
        }

        if (District().Match(address) is { Success: true } district)
        {
            return district.Value + Nothing;
        }

        var last = address.Split(',')[^1].Trim();
        return address.Contains(',', StringComparison.Ordinal) && last.Length > 0 && !last.Any(char.IsDigit) ? $"{Nothing}, {last}" : Nothing;
    }

    /// <summary>"****3518" of a number that is long enough to hide the rest; of anything else nothing.</summary>
    public static string LastFour(string? value) =>
        string.IsNullOrEmpty(value) ? ""
        : value.Where(c => c is not (' ' or '-')).ToArray() is { Length: >= ShortestNumber } plain && plain.All(char.IsAsciiLetterOrDigit) && plain.Count(char.IsAsciiDigit) >= 4
            ? Nothing + new string(plain[^4..])
        : Nothing;

    // province and city, then the first district or county
    [GeneratedRegex("^.{2,20}?[区县旗]")]
    private static partial Regex District();
}

namespace CaseManagement.Web.Features.Shared;

/// <summary>Identities as those see them who may not know them: enough to tell two apart on the telephone, not more.</summary>
public static class Masks
{
    private const string Stars = "**";

    /// <summary>"王**"; empty stays empty.</summary>
    public static string Name(string? name) => string.IsNullOrEmpty(name) ? "" : new System.Globalization.StringInfo(name).SubstringByTextElements(0, 1) + Stars;

    /// <summary>"138****2046"; short numbers vanish altogether.</summary>
    public static string Phone(string? phone) => phone switch
    {
        null or "" => "",
        { Length: >= 8 } => $"{phone[..3]}****{phone[^4..]}",
        _ => "****",
    };

    /// <summary>"c***@example.org".</summary>
    public static string Email(string? email) =>
        email?.IndexOf('@', StringComparison.Ordinal) is > 0 and { } at ? $"{email[0]}***{email[at..]}" : "";
}

namespace CaseManagement.Domain.Facts;

/// <summary>
/// Names that conditions read beside plain facts: <c>count:</c>counter, <c>clock:</c>clock (its state),
/// <c>approval:</c>chain, <c>rounds:</c>plan, <c>document:</c>template, <c>signed:</c>form.signature,
/// <c>task:</c>key (its last outcome), and <c>settings.</c>key.
/// </summary>
public static class FactNames
{
    public const string Settings = "settings.";
    public const string TaskOutcome = "taskOutcome";

    private static readonly string[] Prefixes = ["count", "clock", "approval", "rounds", "document", "signed", "task"];

    /// <summary>Parts such as <c>clock:reply</c> into prefix and key.</summary>
    public static bool TrySplit(string name, out string prefix, out string key)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        prefix = colon < 0 ? string.Empty : name[..colon];
        key = colon < 0 ? string.Empty : name[(colon + 1)..];
        return Prefixes.Contains(prefix, StringComparer.Ordinal);
    }

    /// <summary>The key behind <c>settings.</c>, or null.</summary>
    public static string? SettingKey(string name) =>
        name.StartsWith(Settings, StringComparison.Ordinal) ? name[Settings.Length..] : null;
}

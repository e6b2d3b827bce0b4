namespace CaseManagement.Domain.Facts;

/// <summary>
/// Names that conditions read beside plain facts: <c>count:</c>counter, <c>clock:</c>clock (its state),
/// <c>approval:</c>chain, <c>rounds:</c>plan, <c>document:</c>template, <c>signed:</c>form.signature,
/// <c>task:</c>key (its last outcome), and <c>settings.</c>key; in a task for one element of a list, <c>each</c> (the element) and, where it is a row of a
/// table, <c>each.</c>column.
/// </summary>
public static class FactNames
{
    public const string Settings = "settings.";
    public const string TaskOutcome = "taskOutcome";

    /// <summary>The element a task stands for.</summary>
    public const string Each = "each";

    /// <summary>Before the key of a column of the row a task stands for.</summary>
    public const string EachColumn = "each.";

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

    /// <summary>The column's key behind <c>each.</c>, or null.</summary>
    public static string? ColumnKey(string name) =>
        name.StartsWith(EachColumn, StringComparison.Ordinal) ? name[EachColumn.Length..] : null;
}

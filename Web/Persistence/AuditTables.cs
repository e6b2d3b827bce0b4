namespace CaseManagement.Web.Persistence;

/// <summary>Tables whose rows stay.</summary>
internal static class AuditTables
{
    /// <summary>Of cases and of events of the configuration: 1 once an anchor covers the last link, 0 when there are newer ones.</summary>
    public const string Anchored = "Anchored";

    /// <summary>Of the indexes that hold what the next anchor is about.</summary>
    public const string IsUnanchored = "\"Anchored\" = 0";

    /// <summary>Per table the columns that never change, as SQL. The others may be blanked: an erased value, whose commitment stays.</summary>
    public static IReadOnlyDictionary<string, string> Chained { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Events"] = "\"ComplaintId\", \"Sequence\", \"At\", \"RecordedAt\", \"Type\", \"ActorKind\", \"ActorId\", \"Body\", \"Hash\"",
        ["ConfigurationEvents"] =
            "\"Stream\", \"Sequence\", \"At\", \"RecordedAt\", \"Type\", \"ActorKind\", \"ActorId\", \"Body\", \"Hash\"",
        ["AuditAnchors"] = "\"Number\", \"At\", \"Count\", \"Root\", \"Previous\", \"Erasures\", \"KeyId\", \"Signature\"",
        ["AuditLeaves"] = "\"Anchor\", \"Position\", \"ComplaintId\", \"Stream\", \"Sequence\", \"Head\"",
        ["AuditKeys"] = "\"Id\", \"PublicKey\", \"Since\"",
    };
}

namespace CaseManagement.Web.Persistence;

/// <summary>Tables whose rows stay.</summary>
internal static class AuditTables
{
    /// <summary>Per table the columns that never change, as SQL. The others may be blanked: an erased value, whose commitment stays.</summary>
    public static IReadOnlyDictionary<string, string> Chained { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Events"] = "\"ComplaintId\", \"Sequence\", \"At\", \"RecordedAt\", \"Type\", \"ActorKind\", \"ActorId\", \"Body\", \"Hash\"",
        ["ConfigurationEvents"] =
            "\"Stream\", \"Sequence\", \"At\", \"RecordedAt\", \"Type\", \"ActorKind\", \"ActorId\", \"Body\", \"Hash\"",
    };
}

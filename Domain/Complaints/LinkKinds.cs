namespace CaseManagement.Domain.Complaints;

/// <summary>What another case is to a case. Outside programs rely on the words.</summary>
public static class LinkKinds
{
    /// <summary>It belongs to the matter somehow.</summary>
    public const string Related = "related";

    /// <summary>The same matter came in twice.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>The same complainant complains of the same again.</summary>
    public const string Repeat = "repeat";

    public static readonly IReadOnlyList<string> All = [Related, Duplicate, Repeat];
}

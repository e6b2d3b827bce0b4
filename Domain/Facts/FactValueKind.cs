namespace CaseManagement.Domain.Facts;

/// <summary>What a <see cref="FactValue"/> holds.</summary>
public enum FactValueKind
{
    /// <summary>Nobody has given the fact yet.</summary>
    Unknown,
    Text,
    Number,
    Boolean,
    Date,
    Instant,

    /// <summary>Several texts: options, people, departments, files.</summary>
    List,

    /// <summary>A small table.</summary>
    Rows,
}

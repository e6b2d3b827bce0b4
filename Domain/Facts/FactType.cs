namespace CaseManagement.Domain.Facts;

/// <summary>What a fact may hold. The names are those of a pack's <c>facts.json</c>, with a small first letter; those from
/// <see cref="Category"/> on belong to built-in facts alone (pack-format §2).</summary>
public enum FactType
{
    Text,
    Number,
    Money,
    Boolean,

    /// <summary>One option, by its key.</summary>
    Choice,

    /// <summary>Several options, by their keys.</summary>
    Choices,

    /// <summary>A day without a time.</summary>
    Date,

    /// <summary>A moment. Limits start from and end at moments and dates, and nothing else.</summary>
    Instant,
    Person,
    People,
    Role,
    Department,

    /// <summary>One or more files, by their ids; photos are one fact.</summary>
    File,

    /// <summary>A small table with typed columns.</summary>
    Rows,

    /// <summary>A node of a category tree.</summary>
    Category,

    /// <summary>One of the pack's levels.</summary>
    Level,

    /// <summary>The complainant, by name.</summary>
    Party,
    Departments,
    Files,
}

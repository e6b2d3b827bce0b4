namespace CaseManagement.Domain.Classification;

/// <summary>Which of the rows that match decide (DMN).</summary>
public enum HitPolicy
{
    /// <summary>The first row that matches.</summary>
    First,

    /// <summary>At most one row may match.</summary>
    Unique,

    /// <summary>The row with the gravest level, or the one whose output stands first in the table's priority.</summary>
    Priority,

    /// <summary>All rows that match: lists are joined, ports are all taken, any other output is the first row's.</summary>
    Collect,
}

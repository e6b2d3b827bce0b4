namespace CaseManagement.Domain.Facts;

/// <summary>Who sets a fact: the <c>by</c> of a pack's fact.</summary>
public enum FactSource
{
    Complainant,
    Handler,

    /// <summary>A decision table.</summary>
    Table,

    /// <summary>The workflow, as a rule a moment it stamps.</summary>
    Workflow,

    /// <summary>Worked out from other facts; never written.</summary>
    Derived,

    /// <summary>A figure the administrator keeps, such as the city's living cost.</summary>
    Reference,

    /// <summary>A figure that arrives by an interface.</summary>
    External,
}

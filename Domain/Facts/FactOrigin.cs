namespace CaseManagement.Domain.Facts;

/// <summary>Where a value that is about to be written comes from.</summary>
public enum FactOrigin
{
    /// <summary>The complainant, by portal or message.</summary>
    Complainant,

    /// <summary>A person of the organisation who registers a complaint or corrects its facts.</summary>
    Handler,

    /// <summary>A person who completes a task whose form names the fact.</summary>
    Form,
    Table,
    Workflow,

    /// <summary>The administrator, who keeps reference figures.</summary>
    Administrator,
    External,
}

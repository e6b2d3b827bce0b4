namespace CaseManagement.Web.Configuration;

/// <summary>What becomes of a publication by the author of what is published.</summary>
public enum DutySeparation
{
    /// <summary>It is allowed, said beforehand and recorded.</summary>
    Warn,

    /// <summary>It is refused while the version gives away something new.</summary>
    Enforce,
}

/// <summary>Security settings, section <c>Security</c>.</summary>
public sealed class SecurityOptions
{
    public const string Section = "Security";

    /// <summary>Author and publisher of a process; unset: <see cref="DutySeparation.Enforce"/> in Production, else <see cref="DutySeparation.Warn"/>.</summary>
    public DutySeparation? SeparationOfDuties { get; set; }

    /// <summary>
    /// The role that takes a task for which everybody else is kept out of the case, where no head above is left; unset: the role that answers escalations.
    /// </summary>
    public string? ConflictFallback { get; set; }
}

using CaseManagement.Domain.Complaints;

namespace CaseManagement.Workflows.Cases;

/// <summary>A change of limits or calendars that cases are counted again for.</summary>
/// <param name="Before">The configuration so far.</param>
/// <param name="After">The configuration with the change in it.</param>
/// <param name="Name">What the record of a case calls it: the audit entry of the change.</param>
public sealed record ConfigurationChange(CaseConfiguration Before, CaseConfiguration After, string Name);

/// <summary>A case that a change of limits or calendars counted again.</summary>
/// <param name="Complaint">The case as it is then.</param>
/// <param name="Rules">The rules it runs under then.</param>
/// <param name="Clocks">The clocks that were counted again.</param>
public sealed record RecountedCase(Complaint Complaint, CaseRules Rules, IReadOnlyList<RecountedClock> Clocks)
{
    /// <summary>Ids of the people who hold a task of the case whose due time moved.</summary>
    public IReadOnlyList<string> TasksMoved { get; init; } = [];
}

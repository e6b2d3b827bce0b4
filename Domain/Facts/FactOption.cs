using CaseManagement.Domain.Classification;

namespace CaseManagement.Domain.Facts;

/// <summary>One value a choice may take.</summary>
/// <param name="Key">What is stored and tested.</param>
/// <param name="Name">What people read; null where the key names something that has a name of its own (a role).</param>
/// <param name="When">Holds while the option may be chosen; null means always.</param>
public sealed record FactOption(string Key, BilingualText? Name, Condition? When = null)
{
    /// <summary>Chosen no more; cases that have it keep it.</summary>
    public bool IsRetired { get; init; }
}

namespace CaseManagement.Domain.Packs;

/// <summary>A pack that was read.</summary>
/// <param name="Pack">The pack; null when a finding is an error, for then it could not be read whole.</param>
/// <param name="Findings">What reading found; references between files are looked at by <see cref="PackChecker"/>.</param>
public sealed record PackReadResult(ProcessPack? Pack, IReadOnlyList<Finding> Findings);

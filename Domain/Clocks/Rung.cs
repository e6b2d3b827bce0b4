namespace CaseManagement.Domain.Clocks;

/// <summary>One step on a time limit: a warning, the breach, or a further escalation.</summary>
/// <param name="Key">Unique within the limit; never begins with "$".</param>
/// <param name="At">When it acts.</param>
/// <param name="Do">What it does, in order; nothing when it only wakes the workflow.</param>
public sealed record Rung(string Key, RungTime At, IReadOnlyList<RungAction> Do);

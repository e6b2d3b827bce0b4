namespace CaseManagement.Domain.Complaints;

/// <summary>
/// In an emergency somebody whom no rule lets see a case reads it all the same: two persons, a reason, one case, four hours; nobody who is kept out of it. It opens nothing
/// to be changed.
/// </summary>
public static class BreakGlassRules
{
    /// <summary>A case is open so long.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(4);

    /// <summary>A request that nobody answers so long is over.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromHours(24);

    /// <summary>An auditor looks at it within so many working days.</summary>
    public const int ReviewDays = 2;

    /// <summary>Characters of a reason.</summary>
    public const int ShortestReason = 10;

    /// <inheritdoc cref="ShortestReason"/>
    public const int LongestReason = 1000;

    /// <summary>Whether these words are a reason.</summary>
    public static bool IsReason(string? reason) => reason?.Trim() is { Length: >= ShortestReason and <= LongestReason } why && !why.Any(char.IsControl);
}

using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs;

/// <summary>Who reviews a round of verification, on which form.</summary>
public sealed record VerificationReview(string Form, IReadOnlyList<string> Who);

/// <summary>Whether the measure works, in so many rounds. Read in conditions as <c>rounds:key</c>.</summary>
/// <param name="Key">Key within the pack.</param>
/// <param name="Name">What people read.</param>
/// <param name="Rounds">How many rounds in a row must be effective.</param>
/// <param name="Clock">The clock of each round.</param>
/// <param name="Form">What is filled in.</param>
/// <param name="FailWhen">A round that failed; the count starts again.</param>
public sealed record VerificationPlan(
    string Key, BilingualText Name, PolicyReading Rounds, string Clock, string Form, Condition FailWhen)
{
    public VerificationReview? Review { get; init; }

    /// <summary>The moment fact that keeps when the round was planned for.</summary>
    public string? PlannedFact { get; init; }

    public IReadOnlyList<string> Clauses { get; init; } = [];
}

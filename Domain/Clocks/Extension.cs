namespace CaseManagement.Domain.Clocks;

/// <summary>Time granted on top of a limit: an amount, or a date to run to. Exactly one of <paramref name="By"/> and <paramref name="Until"/> is set.</summary>
/// <param name="Reason">Why it was asked for.</param>
/// <param name="ApprovedBy">Who agreed; none where the limit asks nobody.</param>
/// <param name="At">When it was granted.</param>
/// <param name="OldDueAt">The due time before it, for the record.</param>
/// <param name="By">How much more.</param>
/// <param name="Until">The date it now runs to the end of.</param>
/// <param name="NewDueAt">The due time it led to, for the record.</param>
public sealed record Extension(
    string Reason,
    string? ApprovedBy,
    DateTimeOffset At,
    Duration? By = null,
    DateOnly? Until = null,
    DateTimeOffset? OldDueAt = null,
    DateTimeOffset? NewDueAt = null)
{
    /// <summary>Who asked for it, where that was another than who granted it.</summary>
    public string? AskedBy { get; init; }
}

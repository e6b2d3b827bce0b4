namespace CaseManagement.Domain.Clocks;

/// <summary>A wish for more time. Exactly one of <see cref="By"/> and <see cref="Until"/> is set.</summary>
public sealed record ExtensionRequest
{
    public required string Reason { get; init; }

    /// <summary>When it was asked for; the rule's "before" is judged by this.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Who asks, for the record.</summary>
    public string? AskedBy { get; init; }

    public Duration? By { get; init; }

    public DateOnly? Until { get; init; }
}

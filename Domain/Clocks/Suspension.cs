namespace CaseManagement.Domain.Clocks;

/// <summary>A time during which a clock did not count.</summary>
/// <param name="Reason">One of the limit's pause reasons.</param>
/// <param name="By">Who paused it.</param>
/// <param name="From">Since when.</param>
/// <param name="To">When it went on; none while it is still paused.</param>
public sealed record Suspension(string Reason, string By, DateTimeOffset From, DateTimeOffset? To = null)
{
    /// <summary>When it was entered, if that was after it began.</summary>
    public DateTimeOffset? EnteredAt { get; init; }
}

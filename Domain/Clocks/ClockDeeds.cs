namespace CaseManagement.Domain.Clocks;

/// <summary>What people do to a running clock.</summary>
public enum ClockDeed
{
    Pause,
    Resume,
    Extend,
    Promise,
}

/// <summary>Who may do something to the clocks of a limit, and until when.</summary>
/// <param name="Deed">What.</param>
public sealed record ClockDeedRule(ClockDeed Deed)
{
    /// <summary>Candidates, as packs write them; empty: whoever may act on the case.</summary>
    public IReadOnlyList<string> Who { get; init; } = [];

    /// <summary>Until when; none is as long as the clock runs. An extension has its own, see <see cref="ExtensionRule.Before"/>.</summary>
    public RungTime? Before { get; init; }
}

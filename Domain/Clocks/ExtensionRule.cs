namespace CaseManagement.Domain.Clocks;

/// <summary>How a limit may be extended.</summary>
public sealed record ExtensionRule
{
    /// <summary>How many times; none is without a bound.</summary>
    public int? Times { get; init; }

    /// <summary>How far one extension may move the due time; none is without a bound.</summary>
    public Duration? Max { get; init; }

    /// <summary>The approval chain that must agree; none when nobody need be asked.</summary>
    public string? Approval { get; init; }

    /// <summary>Whether a reason must be given.</summary>
    public bool ReasonRequired { get; init; } = true;

    /// <summary>Until when it must be asked for; none is as long as the clock runs.</summary>
    public RungTime? Before { get; init; }
}

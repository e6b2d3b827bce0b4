namespace CaseManagement.Domain.Clocks;

/// <summary>One rung of a running clock.</summary>
/// <param name="Key">The rung's key, or <see cref="Clock.BreachKey"/>.</param>
/// <param name="At">Its own instant; none while it hangs on a due time that does not exist.</param>
public sealed record RungState(string Key, DateTimeOffset? At)
{
    /// <summary>The instant it is dated with: its own when its time came, that of the change or condition otherwise. The breach is always dated with the due time.</summary>
    public DateTimeOffset? FiredAt { get; init; }

    /// <summary>When it really acted.</summary>
    public DateTimeOffset? ActedAt { get; init; }

    public RungCause? Cause { get; init; }

    /// <summary>The change that put it in the past, as given to <see cref="Clock.Recompute"/>.</summary>
    public string? Change { get; init; }

    /// <summary>Set for the breach, and a rung at the due time itself, of a limit that runs to the end of a day: they act when the due minute is over.</summary>
    public bool WaitsOutMinute { get; init; }

    /// <summary>When it is to be woken.</summary>
    internal DateTimeOffset? WakesAt => WaitsOutMinute ? At + Clock.Grace : At;
}

/// <summary>A rung whose time has come and that has not acted.</summary>
/// <param name="Key">The rung's key, or <see cref="Clock.BreachKey"/>.</param>
/// <param name="At">Its own instant.</param>
/// <param name="Cause">What to hand to <see cref="Clock.MarkFired"/>, unless a condition withheld the rung until now.</param>
/// <param name="Change">The change that put it in the past, if one did.</param>
public sealed record DueRung(string Key, DateTimeOffset At, RungCause Cause, string? Change);

/// <summary>An instant at which a clock wants to be looked at.</summary>
public sealed record WakeUp(string Key, DateTimeOffset At);

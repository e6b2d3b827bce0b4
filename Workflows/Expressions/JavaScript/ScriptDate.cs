namespace CaseManagement.Workflows.Expressions.JavaScript;

/// <summary>
/// A JavaScript Date: an instant in milliseconds, or invalid. Local time is UTC. As in JavaScript it can be changed by
/// its setters.
/// </summary>
public sealed class ScriptDate
{
    internal const double MaxTime = 8.64e15;

    public ScriptDate(DateTimeOffset instant)
        : this((double)instant.ToUnixTimeMilliseconds())
    {
    }

    internal ScriptDate(double time) => Time = time;

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z; NaN for an invalid date.</summary>
    public double Time { get; internal set; }

    /// <summary>The instant in UTC; null for an invalid date and for years outside 1 to 9999.</summary>
    public DateTimeOffset? Instant =>
        Time >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && Time <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)Time)
            : null;
}

namespace CaseManagement.Workflows.Simulation;

/// <summary>A clock that moves only when it is told to, and never back.</summary>
public sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start.ToUniversalTime();

    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>Moves to a moment; an earlier one is ignored.</summary>
    public void MoveTo(DateTimeOffset moment)
    {
        if (moment > _now)
        {
            _now = moment.ToUniversalTime();
        }
    }

    public void Advance(TimeSpan by) => MoveTo(_now + by);
}

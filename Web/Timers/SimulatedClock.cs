namespace CaseManagement.Web.Timers;

/// <summary>The product's own time where <c>Clock:Simulated</c> is set: it stands still until it is advanced, and never goes back.</summary>
public sealed class SimulatedClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>Moves to a moment; an earlier one is ignored.</summary>
    public void MoveTo(DateTimeOffset moment)
    {
        long now;
        do
        {
            now = Interlocked.Read(ref _ticks);
        }
        while (moment.UtcTicks > now && Interlocked.CompareExchange(ref _ticks, moment.UtcTicks, now) != now);
    }
}

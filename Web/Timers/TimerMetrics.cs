using System.Diagnostics.Metrics;

namespace CaseManagement.Web.Timers;

/// <summary>Counts what the timers of this node do, and how many of all nodes' timers are waiting as it was last seen.</summary>
public sealed class TimerMetrics
{
    private readonly Counter<long> _fired;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _parked;
    private readonly Histogram<double> _lateness;
    private readonly Histogram<double> _duration;
    private readonly Lock _lock = new();
    private readonly double[] _last = new double[1000];
    private long _firedSoFar;
    private long _failedSoFar;
    private volatile TimerBacklog _backlog = TimerBacklog.Empty;

    public TimerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("CaseManagement.Timers");
        _fired = meter.CreateCounter<long>("timers.fired", description: "Timers fired by this node");
        _failed = meter.CreateCounter<long>("timers.failed", description: "Timers that could not be fired and are tried again");
        _parked = meter.CreateCounter<long>("timers.parked", description: "Timers given up until an operator decides");
        _lateness = meter.CreateHistogram<double>("timers.lateness", "s", "How late timers fired");
        _duration = meter.CreateHistogram<double>("timers.duration", "s", "How long their bursts took, waiting for the database included");
        meter.CreateObservableGauge("timers.due", () => (long)_backlog.Due, description: "Timers that are due, on all nodes");
        meter.CreateObservableGauge("timers.failing", () => (long)_backlog.Failing, description: "Timers that failed and wait for their next try");
        meter.CreateObservableGauge("timers.given_up", () => (long)_backlog.Parked, description: "Timers that wait for an operator");
        meter.CreateObservableGauge("timers.oldest_overdue", () => _backlog.OldestOverdue.TotalSeconds, "s", "How long the oldest of those due has been due");
    }

    /// <param name="lateness">From due to done.</param>
    /// <param name="duration">How long its burst took.</param>
    public void Fired(TimeSpan lateness, TimeSpan duration)
    {
        var late = Math.Max(0, lateness.TotalSeconds);
        lock (_lock)
        {
            _last[_firedSoFar++ % _last.Length] = late;
        }

        _fired.Add(1);
        _lateness.Record(late);
        _duration.Record(duration.TotalSeconds);
    }

    /// <param name="givenUp">It is not tried again by itself.</param>
    public void Failed(bool givenUp)
    {
        _failed.Add(1);
        Interlocked.Increment(ref _failedSoFar);
        if (givenUp)
        {
            _parked.Add(1);
        }
    }

    /// <summary>What this node has done since it started; of its last thousand timers, 99 of 100 were no later than the last figure.</summary>
    public (long Fired, long Failed, TimeSpan Lateness) SoFar()
    {
        double[] late;
        lock (_lock)
        {
            late = _last[..(int)Math.Min(_firedSoFar, _last.Length)];
        }

        Array.Sort(late);
        var lateness = late.Length == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(late[(int)Math.Ceiling(late.Length * 0.99) - 1]);
        return (Interlocked.Read(ref _firedSoFar), Interlocked.Read(ref _failedSoFar), lateness);
    }

    /// <summary>What waits, as just seen.</summary>
    public void Seen(TimerBacklog backlog) => _backlog = backlog;
}

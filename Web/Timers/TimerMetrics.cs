using System.Diagnostics.Metrics;

namespace CaseManagement.Web.Timers;

/// <summary>Counts what the timers of this node do.</summary>
public sealed class TimerMetrics
{
    private readonly Counter<long> _fired;
    private readonly Counter<long> _failed;
    private readonly Histogram<double> _lateness;

    public TimerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("CaseManagement.Timers");
        _fired = meter.CreateCounter<long>("timers.fired", description: "Timers fired by this node");
        _failed = meter.CreateCounter<long>("timers.failed", description: "Timers that could not be fired and are tried again");
        _lateness = meter.CreateHistogram<double>("timers.lateness", "s", "How late timers fired");
    }

    public void Fired(TimeSpan lateness)
    {
        _fired.Add(1);
        _lateness.Record(Math.Max(0, lateness.TotalSeconds));
    }

    public void Failed() => _failed.Add(1);
}

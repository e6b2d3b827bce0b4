using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text;

namespace CaseManagement.Web.Infrastructure;

/// <summary>The product's own counters, gauges and histograms as Prometheus text at <c>/metrics</c>, for collectors on the same machine.</summary>
public sealed class Metrics : IDisposable
{
    /// <summary>Upper bounds of the histograms' buckets, in seconds.</summary>
    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600];

    private readonly ConcurrentDictionary<string, double> _values = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Buckets> _histograms = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public Metrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("CaseManagement.", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Take(instrument, value));
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Take(instrument, value));
        _listener.Start();
    }

    /// <summary>Every value in one text.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var (name, value) in _values.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
        }

        foreach (var (name, buckets) in _histograms.OrderBy(h => h.Key, StringComparer.Ordinal))
        {
            buckets.Write(text, name);
        }

        text.Append(CultureInfo.InvariantCulture, $"process_working_set_bytes {Environment.WorkingSet}\n");
        return text.ToString();
    }

    /// <summary>Answers callers on this machine only; others find nothing there.</summary>
    public static IResult Answer(HttpContext context, Metrics metrics) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) ? Results.Text(metrics.Write()) : Results.NotFound();

    public void Dispose() => _listener.Dispose();

    private static string NameOf(Instrument instrument) =>
        "casemanagement_" + instrument.Name.Replace('.', '_') + (instrument.Unit is "s" ? "_seconds" : "");

    private void Take(Instrument instrument, double value)
    {
        var name = NameOf(instrument);
        if (instrument.IsObservable)
        {
            _values[name] = value;
        }
        else if (instrument is Histogram<double>)
        {
            _histograms.GetOrAdd(name, static _ => new Buckets()).Take(value);
        }
        else
        {
            _values.AddOrUpdate(name, value, (_, sum) => sum + value);
        }
    }

    private sealed class Buckets
    {
        private readonly Lock _lock = new();
        private readonly long[] _counts = new long[Bounds.Length];
        private double _sum;
        private long _count;

        public void Take(double value)
        {
            lock (_lock)
            {
                _sum += value;
                _count++;
                var at = Array.FindIndex(Bounds, bound => value <= bound);
                if (at >= 0)
                {
                    _counts[at]++;
                }
            }
        }

        public void Write(StringBuilder text, string name)
        {
            lock (_lock)
            {
                var upTo = 0L;
                for (var i = 0; i < Bounds.Length; i++)
                {
                    upTo += _counts[i];
                    text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"{Bounds[i]}\"}} {upTo}\n");
                }

                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"+Inf\"}} {_count}\n{name}_sum {_sum}\n{name}_count {_count}\n");
            }
        }
    }
}

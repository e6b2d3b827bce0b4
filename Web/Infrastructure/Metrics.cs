using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text;

namespace CaseManagement.Web.Infrastructure;

/// <summary>The product's own counters as Prometheus text at <c>/metrics</c>, for collectors on the same machine.</summary>
public sealed class Metrics : IDisposable
{
    private readonly ConcurrentDictionary<string, double> _sums = new(StringComparer.Ordinal);
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
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument, value));
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) =>
        {
            Add(instrument, value);
            _sums.AddOrUpdate(NameOf(instrument) + "_count", 1, (_, count) => count + 1);
        });
        _listener.Start();
    }

    /// <summary>Every counter in one text.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in _sums.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
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

    private void Add(Instrument instrument, double value) => _sums.AddOrUpdate(NameOf(instrument), value, (_, sum) => sum + value);
}

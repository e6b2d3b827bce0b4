using System.Diagnostics.Metrics;

namespace CaseManagement.Web.Persistence;

/// <summary>Counts bursts and the commits that carried them.</summary>
internal static class StoreMetrics
{
    private static readonly Meter Meter = new("CaseManagement.Store");
    private static readonly Counter<long> Bursts = Meter.CreateCounter<long>("store.bursts", description: "Bursts that were committed");
    private static readonly Counter<long> Commits = Meter.CreateCounter<long>("store.commits", description: "Transactions that were committed");

    public static void Committed(int bursts)
    {
        Bursts.Add(bursts);
        Commits.Add(1);
    }
}

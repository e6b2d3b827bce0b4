using System.Globalization;
using CaseManagement.Benchmarks.Bursts;
using CaseManagement.Domain.Parties;
using CaseManagement.Tests;
using CaseManagement.Web.Auditing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CaseManagement.Benchmarks.Auditing;

/// <summary>The audit of many cases anchored and verified, on each database. The run fails when the verification does.</summary>
internal static class VerifyBenchmark
{
    private static readonly Actor Somebody = new(ActorKind.System, "benchmark");

    /// <param name="arguments">Cases, and sqlite or postgresql for one of them alone.</param>
    /// <param name="clock">The clock of the product under test.</param>
    public static async Task RunAsync(string[] arguments, TimeProvider clock)
    {
        var cases = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 20_000;
        var only = arguments.Length > 1 ? arguments[1] : null;
        Console.WriteLine("| database | what | rows | seconds | rows/s |");
        Console.WriteLine("|---|---|---:|---:|---:|");
        if (only is null or "sqlite")
        {
            await using var sqlite = await SqliteBursts.OpenAsync(clock);
            await MeasureAsync(sqlite.Product, "SQLite", cases, clock);
        }

        if (only is null or "postgresql" && PostgreSqlCluster.FindPrograms() is { } programs)
        {
            await using var postgreSql = await PostgreSqlBursts.OpenAsync(programs, clock);
            await MeasureAsync(postgreSql.Product, "PostgreSQL", cases, clock);
        }

        Console.WriteLine();
        Console.WriteLine($"{cases} cases, {Machine.Line()}");
    }

    private static async Task MeasureAsync(ProductOnDatabase product, string database, int cases, TimeProvider clock)
    {
        await product.RegisterAsync(16, cases);
        var options = Options.Create(new AuditOptions());
        using var keys = ActivatorUtilities.CreateInstance<AnchorKeys>(product.Services, options);
        var anchoring = ActivatorUtilities.CreateInstance<Anchoring>(product.Services, options, keys);
        var sinks = ActivatorUtilities.CreateInstance<AnchorSinks>(product.Services, options);
        var verification = ActivatorUtilities.CreateInstance<AuditVerification>(product.Services, sinks, ActivatorUtilities.CreateInstance<AuditMetrics>(product.Services));
        var began = clock.GetTimestamp();
        var anchors = await anchoring.RunAsync(CancellationToken.None);
        Say(database, $"anchored ({anchors})", cases, clock.GetElapsedTime(began).TotalSeconds);
        foreach (var (what, extent) in new[] { ("everything, cold caches of ours", new AuditExtent()), ("everything", new AuditExtent()), ("since the last anchor but one", new AuditExtent { SinceAnchor = anchors - 1 }) })
        {
            var verdict = await verification.RunAsync(extent, null, Somebody, CancellationToken.None);
            if (!verdict.Ok)
            {
                throw new InvalidOperationException($"The verification failed: {verdict.FirstBad}");
            }

            Say(database, what, verdict.Rows, verdict.Seconds);
        }
    }

    private static void Say(string database, string what, long rows, double seconds) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {database} | {what} | {rows:N0} | {seconds:0.00} | {rows / seconds:N0} |"));
}

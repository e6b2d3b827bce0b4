using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CaseManagement.Workflows.Activities;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Benchmarks.Runtime;

/// <summary>
/// Workloads A to D in memory and on SQLite (WAL, synchronous=FULL, history on), with one and two callers, interleaved round by round with
/// the machine's bare commit rate. Prints Markdown.
/// </summary>
internal static class RuntimeBenchmark
{
    private static readonly Case[] Cases =
    [
        .. from durable in (bool[])[false, true]
           from work in (string[])["A", "B", "C"]
           from callers in (int[])[1, 2]
           select new Case(work, durable, callers),
    ];

    /// <remarks><c>args</c>: [rounds, 3] [<c>quick</c>: a tenth of the operations, no timers]</remarks>
    public static async Task RunAsync(string[] args, TimeProvider clock)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3;
        var quick = args.Contains("quick");
        var results = Cases.ToDictionary(c => c, _ => new List<Result>());
        foreach (var one in Cases)
        {
            await MeasureAsync(one, 200, clock); // warm-up, thrown away
        }

        for (var round = 0; round < rounds; round++)
        {
            var bare = Bare();
            foreach (var one in Cases)
            {
                var operations = (one.Durable ? 3_000 : 30_000) / (one.Work == "C" ? 2 : 1) / (quick ? 10 : 1);
                results[one].Add(await MeasureAsync(one, operations, clock) with { Bare = bare });
            }
        }

        Print(results, rounds);
        await PrintCompileAsync();
        if (!quick)
        {
            await PrintTimersAsync(rounds, clock);
        }
    }

    private static async Task<Result> MeasureAsync(Case one, int operations, TimeProvider clock)
    {
        await using var host = new RuntimeHost(one.Durable, clock);
        var definition = one.Work switch { "A" => Workloads.A, "B" => Workloads.B, _ => Workloads.C };
        var id = (string)definition["definitionId"]!;
        await host.PublishAsync((JsonObject)definition.DeepClone());
        Func<string, Task> operation = one.Work == "C" ? host.StartAndResumeAsync : host.StartAsync;
        await RunAsync(operation, id, 100, one.Callers);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var (commits, bursts) = host.Counts;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        var latencies = await RunAsync(operation, id, operations, one.Callers);
        var seconds = watch.Elapsed.TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var counts = host.Counts;
        Array.Sort(latencies);
        return new Result(
            latencies.Length / seconds, allocated / 1024.0 / latencies.Length, counts.Bursts - bursts == 0 ? 0 : (double)(counts.Commits - commits) / (counts.Bursts - bursts),
            latencies[latencies.Length / 2], latencies[latencies.Length * 99 / 100], 0);
    }

    private static async Task<double[]> RunAsync(Func<string, Task> operation, string id, int operations, int callers)
    {
        var latencies = new double[operations / callers * callers];
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var i = caller; i < latencies.Length; i += callers)
            {
                var begun = Stopwatch.GetTimestamp();
                await operation(id);
                latencies[i] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            }
        })));
        return latencies;
    }

    private static double Bare()
    {
        var folder = Directory.CreateTempSubdirectory("casemanagement-bench-");
        try
        {
            return BareCommits.PerSecond(folder.FullName, 1, 2);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Print(Dictionary<Case, List<Result>> results, int rounds)
    {
        var all = results.Values.SelectMany(r => r).ToList();
        Console.WriteLine(Machine.Line());
        Console.WriteLine();
        Console.WriteLine(
            $"Median of {rounds} interleaved rounds (lowest–highest). Bare commits of the same run: {all.Median(r => r.Bare):0}/s ({all.Min(r => r.Bare):0}–{all.Max(r => r.Bare):0}). "
            + $"SQLite in WAL with synchronous=FULL, journal of every activity on.");
        Console.WriteLine();
        Console.WriteLine("| workload | store | callers | operations/s | p50 / p99, ms | KB allocated per operation | commits per burst | to bare commits | Elsa 3.8 (recorded) | times Elsa |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (one, measured) in results)
        {
            var rate = measured.Median(r => r.PerSecond);
            var elsa = ElsaRecorded(one);
            Console.WriteLine(
                $"| {one.Work} | {(one.Durable ? "SQLite" : "memory")} | {one.Callers} | **{rate:0}** ({measured.Min(r => r.PerSecond):0}–{measured.Max(r => r.PerSecond):0}) "
                + $"| {measured.Median(r => r.P50):0.00} / {measured.Median(r => r.P99):0.0} | {measured.Median(r => r.Kilobytes):0.0} "
                + $"| {(one.Durable ? $"{measured.Median(r => r.CommitsPerBurst):0.00}" : "–")} | {(one.Durable ? $"{rate / measured.Median(r => r.Bare):0.00}" : "–")} "
                + $"| {(elsa is { } known ? $"{known}/s" : "–")} | {(elsa is { } recorded ? $"{rate / recorded:0} ×" : "–")} |");
        }

        Console.WriteLine();
    }

    // Elsa 3.8.0-rc2, built from source, on a machine of this kind; recorded once, not in this run
    private static int? ElsaRecorded(Case one) => (one.Work, one.Durable, one.Callers) switch
    {
        ("A", false, 1) => 282,
        ("A", false, 2) => 534,
        ("B", false, 1) => 393,
        ("B", false, 2) => 421,
        ("C", false, 1) => 81,
        ("C", false, 2) => 80,
        ("A", true, 1) => 46,
        ("B", true, 1) => 68,
        ("C", true, 1) => 34,
        _ => null,
    };

    private static async Task PrintCompileAsync()
    {
        var json = System.Text.Encoding.UTF8.GetBytes(Workloads.Large(300).ToJsonString());
        var registry = new ActivityRegistry(BuiltInActivities.All);
        var scripts = new JavaScriptEngine();
        var times = new List<double>();
        for (var i = 0; i < 30; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            var plan = WorkflowPlan.Compile(WorkflowDefinition.Parse(json), registry, scripts);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            if (!plan.CanRun)
            {
                throw new InvalidOperationException(plan.Findings[0].Message);
            }
        }

        Console.WriteLine($"A definition of 300 activities is read and compiled in {times.Median(t => t):0.0} ms (first time {times[0]:0.0} ms).");
        Console.WriteLine();
        await Task.CompletedTask;
    }

    private static async Task PrintTimersAsync(int rounds, TimeProvider clock)
    {
        Console.WriteLine("| workload D: 1,000 delays | store | created/s | last one finished after it was due | Elsa 3.8 (recorded) |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (durable, delay, elsa) in ((bool, int, string)[])[(false, 20, "914/s, 3.0 s"), (true, 45, "59/s, 6.3 s")])
        {
            var measured = new List<(double Created, double Lag)>();
            for (var round = 0; round < rounds; round++)
            {
                await using var host = new RuntimeHost(durable, clock);
                measured.Add(await TimerWorkload.RunAsync(host, TimeSpan.FromSeconds(delay)));
            }

            Console.WriteLine(
                $"| delay {delay} s | {(durable ? "SQLite" : "memory")} | {measured.Median(m => m.Created):0} ({measured.Min(m => m.Created):0}–{measured.Max(m => m.Created):0}) "
                + $"| **{measured.Median(m => m.Lag):0.00} s** ({measured.Min(m => m.Lag):0.00}–{measured.Max(m => m.Lag):0.00}) | {elsa} |");
        }
    }

    private sealed record Case(string Work, bool Durable, int Callers);

    private sealed record Result(double PerSecond, double Kilobytes, double CommitsPerBurst, double P50, double P99, double Bare);
}

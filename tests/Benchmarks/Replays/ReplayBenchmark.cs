using System.Diagnostics;
using System.Globalization;
using CaseManagement.Benchmarks.Bursts;
using CaseManagement.Domain.Clocks;
using CaseManagement.Tests;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Simulations;
using CaseManagement.Workflows.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Benchmarks.Replays;

/// <summary>
/// Closed cases of the standard process, some days long each, are replayed on SQLite with the first reply due in four hours instead of a day. What counts is how long it
/// takes and whether memory stays where it is.
/// </summary>
internal static class ReplayBenchmark
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 1, 0, 0, TimeSpan.Zero);

    /// <param name="arguments">Cases; 10,000 unless said.</param>
    public static async Task RunAsync(string[] arguments)
    {
        var cases = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : ProcessReplays.MaxCases;
        var clock = new ManualClock(Start);
        var folder = Directory.CreateTempSubdirectory("casemanagement-bench-");
        await using (var product = await ProductOnDatabase.StartAsync(clock, new() { ["Storage:DataFolder"] = folder.FullName }))
        {
            var building = Stopwatch.StartNew();

            // a month has numbers for 9,999 cases
            await product.CloseAsync(cases / 2, () => clock.Advance(TimeSpan.FromHours(9)));
            clock.Advance(TimeSpan.FromDays(31));
            await product.CloseAsync(cases - (cases / 2), () => clock.Advance(TimeSpan.FromHours(9)));
            Console.WriteLine($"{Machine.Line()} {cases} cases closed in {building.Elapsed.TotalSeconds:0} s.");
            await MeasureAsync(product.Services, cases, clock.GetUtcNow());
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    private static async Task MeasureAsync(IServiceProvider services, int cases, DateTimeOffset now)
    {
        var trials = ActivatorUtilities.CreateInstance<ProcessTrials>(services);
        var replays = ActivatorUtilities.CreateInstance<ProcessReplays>(services, trials, ActivatorUtilities.CreateInstance<CaseAccess>(services));
        var order = new ReplayOrder(
            "standard-complaint", Start, now.AddDays(1), null, [LimitChange.Of(0, "reply", 4, LimitUnit.Hours, null, holdsForOpenCases: true)], OpenCases: false);
        var (every, next, highest) = (Math.Max(1, cases / 10), 0, 0L);
        using var process = Process.GetCurrentProcess();
        var (took, before) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        Console.WriteLine("| cases | seconds | processor seconds | live heap MB | resident MB |");
        Console.WriteLine("|---|---|---|---|---|");
        var report = await replays.RunAsync(
            order, (Person?)null,
            (done, _) =>
            {
                if (done >= next)
                {
                    next += every;
                    process.Refresh();
                    var (at, used) = (took.Elapsed.TotalSeconds, (process.TotalProcessorTime - before).TotalSeconds);
                    var heap = GC.GetTotalMemory(forceFullCollection: true) / 1_048_576;
                    highest = Math.Max(highest, Environment.WorkingSet / 1_048_576);
                    Console.WriteLine($"| {done} | {at:0.0} | {used:0.0} | {heap} | {Environment.WorkingSet / 1_048_576} |");
                }

                return ValueTask.CompletedTask;
            },
            _ => ValueTask.CompletedTask, CancellationToken.None);
        var reply = report.Tally.Clocks.First(c => c.Clock == "reply");
        Console.WriteLine($"{report.Tally.Cases} replayed, {report.Tally.Stopped} stopped, in {took.Elapsed.TotalSeconds:0.0} s; highest resident {highest} MB; first reply late {reply.Recorded.Breached} before, {reply.Replayed.Breached} now.");
    }
}

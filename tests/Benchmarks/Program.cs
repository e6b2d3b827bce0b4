using CaseManagement.Benchmarks.Api;
using CaseManagement.Benchmarks.Auditing;
using CaseManagement.Benchmarks.Bursts;
using CaseManagement.Benchmarks.Changes;
using CaseManagement.Benchmarks.Replays;
using CaseManagement.Benchmarks.Runtime;
using CaseManagement.Benchmarks.Timers;

#pragma warning disable RS0030 // the one place that names the system clock
var clock = TimeProvider.System;
#pragma warning restore RS0030

System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.InvariantCulture;

// dotnet run -c Release --project tests/Benchmarks -- <what> [arguments]
SQLitePCL.Batteries_V2.Init();
switch (args)
{
    case ["api", .. var rest]:
        await ApiThroughput.RunAsync(rest);
        return 0;
    case ["runtime", .. var rest]:
        await RuntimeBenchmark.RunAsync(rest, clock);
        return 0;
    case ["bursts", .. var rest]:
        await BurstsBenchmark.RunAsync(rest, clock);
        return 0;
    case ["timers", .. var rest]:
        await TimersBenchmark.RunAsync(rest, clock);
        return 0;
    case ["scale", .. var rest]:
        await ScaleBenchmark.RunAsync(rest, clock);
        return 0;
    case ["pages", .. var rest]:
        await PagesBenchmark.RunAsync(rest, clock);
        return 0;
    case ["changes", .. var rest]:
        await ChangesBenchmark.RunAsync(rest, clock);
        return 0;
    case ["audit", .. var rest]:
        await VerifyBenchmark.RunAsync(rest, clock);
        return 0;
    case ["replay", .. var rest]:
        await ReplayBenchmark.RunAsync(rest);
        return 0;
    default:
        Console.WriteLine(
            """
            dotnet run -c Release --project tests/Benchmarks -- <what>

              api [folder of the built Web] [seconds] [rounds]   cases from register to close over the API, beside bare commits
              runtime [rounds] [quick]                           Elsa's workloads A to D in memory and on SQLite, as a Markdown table
              bursts [rounds] [bursts] [sqlite|postgresql]       a complaint's burst on each database, beside its yardstick, as a Markdown table
              timers [folder of the built Web] [due at once] [pending] [nodes] [minutes]   timers due at once, many pending, a steady trickle, on PostgreSQL
              scale [folder of the built Web] [cases]            bytes, rows, commits and timers per case on PostgreSQL, and pages at that size
              pages [folder of the built Web] [cases] [open] [rounds]   inbox, search, counts, board and case page on PostgreSQL with so many cases
              changes [open cases] [sqlite|postgresql]           limits and a calendar changed for open cases: preview and apply, as a Markdown table
              audit [cases] [sqlite|postgresql]                  the audit anchored and verified: rows a second, as a Markdown table
              replay [cases]                                     closed cases replayed against a shorter limit on SQLite: time and memory
            """);
        return 2;
}

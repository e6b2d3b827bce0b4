using System.Globalization;
using CaseManagement.Tests;

namespace CaseManagement.Benchmarks.Bursts;

/// <summary>
/// A complaint's burst (the first task of the standard process is completed) on each database, beside the yardstick of the same
/// round: on SQLite a bare commit, on PostgreSQL <c>pgbench -N -n -M prepared</c>.
/// </summary>
internal static class BurstsBenchmark
{
    private const int WarmUp = 12_000;

    private static readonly int[] Callers = [1, 8, 32];

    /// <param name="arguments">Rounds (3 or more to mean anything), bursts per measure, and sqlite or postgresql for one of them alone.</param>
    /// <param name="clock">The clock of the product under test.</param>
    public static async Task RunAsync(string[] arguments, TimeProvider clock)
    {
        var rounds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 3;
        var bursts = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 1000;
        var only = arguments.Length > 2 ? arguments[2] : null;
        var measured = new List<Measure>();
        await using var databases = await OpenAsync(only, clock);
        foreach (var database in databases.All)
        {
            // Thrown away: long enough that the runtime has compiled for good what bursts need.
            await database.Product.CompleteAsync(8, WarmUp);
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var callers in Callers)
            {
                foreach (var database in databases.All)
                {
                    measured.Add(await MeasureAsync(database, callers, bursts));
                }
            }
        }

        Print(measured, rounds, bursts);
    }

    private static async Task<Measure> MeasureAsync(IDatabase database, int callers, int bursts)
    {
        var yardstick = await database.YardstickAsync(callers);
        var cost = await database.Product.CompleteAsync(callers, bursts);
        return new Measure(database.Name, callers, yardstick, cost);
    }

    private static async Task<Databases> OpenAsync(string? only, TimeProvider clock)
    {
        var all = new List<IDatabase>();
        if (only is null or "sqlite")
        {
            all.Add(await SqliteBursts.OpenAsync(clock));
        }

        if (only is null or "postgresql")
        {
            if (PostgreSqlCluster.FindPrograms() is { } programs)
            {
                all.Add(await PostgreSqlBursts.OpenAsync(programs, clock));
            }
            else
            {
                Console.WriteLine("No PostgreSQL server programs here; PostgreSQL is left out.");
            }
        }

        return new Databases(all);
    }

    private static void Print(List<Measure> measured, int rounds, int bursts)
    {
        Console.WriteLine($"{Machine.Line()} {rounds} rounds of {bursts} bursts, interleaved; median (lowest to highest).");
        Console.WriteLine();
        Console.WriteLine("| database | callers | bursts/s | yardstick/s | ratio | commits per burst | KB allocated per burst | our CPU per burst, ms |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var cell in measured.GroupBy(m => (m.Database, m.Callers)))
        {
            Console.WriteLine(
                $"| {cell.Key.Database} | {cell.Key.Callers} | {Spread(cell, m => m.Cost.PerSecond, "0")} | {Spread(cell, m => m.Yardstick, "0")} | "
                + $"{Spread(cell, m => m.Cost.PerSecond / m.Yardstick, "0.00")} | {cell.Median(m => m.Cost.Commits):0.00} | {cell.Median(m => m.Cost.Bytes / 1024):0} | {cell.Median(m => m.Cost.Processor.TotalMilliseconds):0.00} |");
        }
    }

    private static string Spread(IEnumerable<Measure> cell, Func<Measure, double> of, string format) => string.Create(
        CultureInfo.InvariantCulture,
        $"{cell.Median(of).ToString(format, CultureInfo.InvariantCulture)} ({cell.Min(of).ToString(format, CultureInfo.InvariantCulture)} to {cell.Max(of).ToString(format, CultureInfo.InvariantCulture)})");

    private sealed record Measure(string Database, int Callers, double Yardstick, BurstCost Cost);

    private sealed class Databases(List<IDatabase> all) : IAsyncDisposable
    {
        public IReadOnlyList<IDatabase> All => all;

        public async ValueTask DisposeAsync()
        {
            foreach (var database in all)
            {
                await database.DisposeAsync();
            }
        }
    }
}

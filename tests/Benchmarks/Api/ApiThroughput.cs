using System.Globalization;

namespace CaseManagement.Benchmarks.Api;

/// <summary>Cases from register to close over the API, beside the machine's bare commit rate in the same run.</summary>
internal static class ApiThroughput
{
    /// <remarks><c>args</c>: [folder of the published or built Web] [seconds per measure] [rounds]</remarks>
    public static async Task RunAsync(string[] args)
    {
        var web = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "..", "..", "Web", "release");
        var seconds = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        var rounds = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 3;
        var data = Directory.CreateTempSubdirectory("casemanagement-bench-");
        try
        {
            using var product = await Product.StartAsync(Path.GetFullPath(web), data.FullName);
            await product.RunAsync(4, 3); // warm-up, thrown away
            foreach (var callers in (int[])[1, 8, 32])
            {
                var measured = new List<Measure>();
                for (var round = 0; round < rounds; round++)
                {
                    var bare = BareCommits.PerSecond(data.FullName, callers, seconds / 2);
                    measured.Add(await product.RunAsync(callers, seconds) with { Bare = bare });
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{callers,2} callers: {measured.Median(m => m.Cases):0} cases/s register to close, {measured.Median(m => m.Bursts):0} bursts/s, " +
                    $"{measured.Median(m => m.Commits / m.Bursts):0.00} commits per burst, bare commits {measured.Median(m => m.Bare):0}/s, " +
                    $"ratio {measured.Median(m => m.Bursts / m.Bare):0.000}, {measured.Median(m => m.Megabytes):0} MB resident"));
            }
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}

internal sealed record Measure(double Cases, double Bursts, double Commits, double Megabytes, double Bare);

using System.Diagnostics;
using System.Globalization;
using CaseManagement.Tests;

namespace CaseManagement.Benchmarks.Bursts;

/// <summary>A private PostgreSQL server, durable; its yardstick is <c>pgbench -N -n -M prepared</c> at scale 10.</summary>
internal sealed class PostgreSqlBursts(ProductOnDatabase product, PostgreSqlCluster cluster) : IDatabase
{
    public string Name => "PostgreSQL / pgbench -N";

    public ProductOnDatabase Product => product;

    public static async Task<PostgreSqlBursts> OpenAsync(string programs, TimeProvider clock)
    {
        var cluster = await PostgreSqlCluster.StartAsync(programs, "-c shared_buffers=1GB -c max_wal_size=4GB");
        await RunAsync(cluster, "pgbench", "-i", "-s", "10", "-q", "postgres");
        var product = await ProductOnDatabase.StartAsync(clock, new()
        {
            ["Storage:Provider"] = "PostgreSql",
            ["ConnectionStrings:Default"] = $"Host=127.0.0.1;Port={cluster.Port};Username=app;Database=cases",
        });
        return new PostgreSqlBursts(product, cluster);
    }

    public async Task<double> YardstickAsync(int callers)
    {
        var clients = callers.ToString(CultureInfo.InvariantCulture);
        var said = await RunAsync(
            cluster, "pgbench", "-N", "-n", "-M", "prepared", "-c", clients, "-j", Math.Min(callers, Environment.ProcessorCount).ToString(CultureInfo.InvariantCulture), "-T", "2", "postgres");
        var line = said.Split('\n').First(l => l.StartsWith("tps = ", StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await product.DisposeAsync();
        await cluster.DisposeAsync();
    }

    private static async Task<string> RunAsync(PostgreSqlCluster cluster, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(
            Path.Combine(cluster.Programs, program),
            ["-h", "127.0.0.1", "-p", cluster.Port.ToString(CultureInfo.InvariantCulture), "-U", "app", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await said : throw new InvalidOperationException($"{program}: {await complained}");
    }
}

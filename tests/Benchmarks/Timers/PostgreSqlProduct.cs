using System.Diagnostics;
using System.Globalization;
using CaseManagement.Benchmarks.Api;
using CaseManagement.Tests;
using Npgsql;

namespace CaseManagement.Benchmarks.Timers;

/// <summary>A private PostgreSQL server, durable, and processes of the product on it.</summary>
internal sealed class PostgreSqlProduct : IAsyncDisposable
{
    private readonly PostgreSqlCluster _cluster;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("casemanagement-bench-");
    private readonly string _web;
    private bool _hasYardstick;

    private PostgreSqlProduct(PostgreSqlCluster cluster, string web)
    {
        (_cluster, _web) = (cluster, web);
        Source = new NpgsqlDataSourceBuilder(ConnectionString + ";Command Timeout=0").Build();
    }

    public string ConnectionString => $"Host=127.0.0.1;Port={_cluster.Port.ToString(CultureInfo.InvariantCulture)};Username=app;Database=cases";

    public NpgsqlDataSource Source { get; }

    /// <summary>The running processes.</summary>
    public List<Product> Nodes { get; } = [];

    public static async Task<PostgreSqlProduct> OpenAsync(string web)
    {
        var programs = PostgreSqlCluster.FindPrograms() ?? throw new InvalidOperationException("No PostgreSQL server programs here.");
        return new PostgreSqlProduct(
            await PostgreSqlCluster.StartAsync(programs, "-c shared_buffers=1GB -c max_wal_size=4GB -c max_connections=200 -c maintenance_work_mem=256MB"), Path.GetFullPath(web));
    }

    public async Task<Product> StartNodeAsync(params string[] settings)
    {
        var node = await Product.StartAsync(_web, _data.FullName, ["--Storage:Provider=PostgreSql", $"--ConnectionStrings:Default={ConnectionString}", .. settings]);
        Nodes.Add(node);
        return node;
    }

    /// <summary>The processor time that the nodes and the server have used so far; of what has not ended.</summary>
    public async Task<(TimeSpan Nodes, TimeSpan Server)> ProcessorTimeAsync()
    {
        var postmaster = ParentOf(await AskAsync<int>("SELECT pg_backend_pid()"));
        var server = Process.GetProcesses().Where(p => p.Id == postmaster || ParentOf(p.Id) == postmaster);
        return (Sum(Nodes.Select(n => n.ProcessorTime)), Sum(server.Select(p => p.TotalProcessorTime)));

        static TimeSpan Sum(IEnumerable<TimeSpan> times) => times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);

        // "pid (name) state parent …"
        static int ParentOf(int process)
        {
            var stat = $"/proc/{process}/stat";
            return File.Exists(stat) ? int.Parse(File.ReadAllText(stat).Split(") ")[^1].Split(' ')[1], CultureInfo.InvariantCulture) : 0;
        }
    }

    /// <summary>Runs one of the product's commands on the database to its end.</summary>
    /// <returns>What it said.</returns>
    public async Task<string> RunCommandAsync(params string[] command)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = _web, RedirectStandardOutput = true };
        foreach (var argument in (string[])
            [Path.Combine(_web, "CaseManagement.Web.dll"), .. command, $"--Storage:DataFolder={_data.FullName}", "--Storage:Provider=PostgreSql", $"--ConnectionStrings:Default={ConnectionString}"])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Logging__LogLevel__Default"] = "Error";
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"{command[0]}: {said}");
    }

    public void StopNodes()
    {
        foreach (var node in Nodes)
        {
            node.Dispose();
        }

        Nodes.Clear();
    }

    public async Task RunAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>What the machine gives just now: transactions a second of <c>pgbench -N -M prepared</c> with eight clients, for three seconds.</summary>
    public async Task<double> YardstickAsync()
    {
        var port = _cluster.Port.ToString(CultureInfo.InvariantCulture);
        if (!_hasYardstick)
        {
            await PgbenchAsync("-i", "-s", "10", "-q", "-h", "127.0.0.1", "-p", port, "-U", "app", "postgres");
            _hasYardstick = true;
        }

        var said = await PgbenchAsync("-N", "-n", "-M", "prepared", "-c", "8", "-j", "2", "-T", "3", "-h", "127.0.0.1", "-p", port, "-U", "app", "postgres");
        return double.Parse(said.Split('\n').First(l => l.StartsWith("tps = ", StringComparison.Ordinal)).Split(' ')[2], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        StopNodes();
        await Source.DisposeAsync();
        await _cluster.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private async Task<string> PgbenchAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(_cluster.Programs, "pgbench"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await said : throw new InvalidOperationException($"pgbench: {await complained}");
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CaseManagement.Tests;

/// <summary>
/// A PostgreSQL server of our own in a temporary folder, on the loopback interface and a free port; it ends with this process,
/// however that ends. The server refuses to run as root, so root starts it as the user <c>postgres</c>.
/// </summary>
public sealed class PostgreSqlCluster : IAsyncDisposable
{
    // Takes orders on its input, which closes with the process that started it.
    private const string Script =
        """
        cd "$1" &&
        "$2/initdb" -D "$1/data" -U app -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions >"$1/log" &&
        "$2/pg_ctl" -D "$1/data" -w -t 60 -l "$1/log" -o "-c listen_addresses=127.0.0.1 -p $3 -c unix_socket_directories='' $4" start >>"$1/log" &&
        echo ready || cat "$1/log"
        while read -r order; do
            if [ "$order" = stop ]; then "$2/pg_ctl" -D "$1/data" -m fast -w stop >>"$1/log" 2>&1; else
            "$2/pg_ctl" -D "$1/data" -w -t 60 -l "$1/log" -o "-c listen_addresses=127.0.0.1 -p $3 -c unix_socket_directories='' $4" start >>"$1/log"; fi
            echo done
        done
        "$2/pg_ctl" -D "$1/data" -m immediate stop >/dev/null 2>&1
        rm -rf "$1"
        """;

    private static readonly string[] Homes = ["/usr/lib/postgresql", "/usr/local/lib/postgresql"];

    private readonly Process _process;

    private PostgreSqlCluster(Process process, string programs, int port)
    {
        _process = process;
        Programs = programs;
        Port = port;
    }

    /// <summary>Where <c>psql</c>, <c>pgbench</c> and the others are.</summary>
    public string Programs { get; }

    /// <summary>On 127.0.0.1; user <c>app</c>, no password.</summary>
    public int Port { get; }

    /// <summary>Where the server's programs are; null where there are none.</summary>
    public static string? FindPrograms() =>
        Homes.Where(Directory.Exists).SelectMany(Directory.GetDirectories)
            .Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .MaxBy(bin => int.TryParse(Path.GetFileName(Path.GetDirectoryName(bin)), out var version) ? version : 0);

    /// <param name="programs">As found by <see cref="FindPrograms"/>.</param>
    /// <param name="options">For the server: <c>-c name=value</c>, parted by spaces.</param>
    /// <exception cref="InvalidOperationException">The server does not start; the message says why.</exception>
    public static async Task<PostgreSqlCluster> StartAsync(string programs, string options)
    {
        var folder = Directory.CreateTempSubdirectory("case-pg-").FullName;
        var port = FreePort();
        // in a session of its own, so that what ends the whole group of this process does not end it before it has cleared up
        string[] command = ["setsid", "sh", "-c", Script, "sh", folder, programs, port.ToString(System.Globalization.CultureInfo.InvariantCulture), options];
        if (Environment.IsPrivilegedProcess)
        {
            using var chown = Process.Start("chown", ["postgres", folder]);
            await chown.WaitForExitAsync();
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--", .. command];
        }

        var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var cluster = new PostgreSqlCluster(process, programs, port);
        var said = await process.StandardOutput.ReadLineAsync();
        if (said == "ready")
        {
            return cluster;
        }

        process.StandardInput.Close();
        var rest = await process.StandardOutput.ReadToEndAsync();
        await cluster.DisposeAsync();
        throw new InvalidOperationException($"PostgreSQL does not start: {said}\n{rest}");
    }

    /// <summary>Stops the server as an operator would; its data stay.</summary>
    public Task StopServerAsync() => OrderAsync("stop");

    /// <summary>Starts it again on the same port.</summary>
    public Task StartServerAsync() => OrderAsync("start");

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task OrderAsync(string order)
    {
        await _process.StandardInput.WriteLineAsync(order);
        await _process.StandardInput.FlushAsync();
        await _process.StandardOutput.ReadLineAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CaseManagement.Tests;

namespace CaseManagement.Web.Tests.Durability;

/// <summary>The product as a process of its own, to be killed.</summary>
public sealed class ProductProcess : IDisposable
{
    public const string Key = "test-administrator-key-0123456789";

    private readonly Process _process;

    private ProductProcess(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        Client.DefaultRequestHeaders.Add("X-Api-Key", Key);
    }

    public HttpClient Client { get; }

    /// <summary>Starts it on a data folder and waits until it answers.</summary>
    public static async Task<ProductProcess> StartAsync(string data, CancellationToken cancellationToken, params string[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var process = Process.Start(StartOf(data, address, settings))!;
        var output = new System.Text.StringBuilder();
        process.OutputDataReceived += (_, line) => output.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => output.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var product = new ProductProcess(process, address);
        try
        {
            await product.WaitUntilReadyAsync(output, cancellationToken);
        }
        catch
        {
            product.Dispose();
            throw;
        }

        return product;
    }

    /// <summary>Starts it where it is expected to refuse, and waits until it has ended.</summary>
    /// <returns>The exit code and everything it said.</returns>
    public static async Task<(int ExitCode, string Output)> RefuseAsync(string data, CancellationToken cancellationToken, params string[] settings)
    {
        using var process = Process.Start(StartOf(data, new Uri($"http://127.0.0.1:{FreePort()}"), settings))!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return (process.ExitCode, string.Concat(await output));
    }

    /// <summary>Asks it to end, as an operator would (SIGTERM).</summary>
    public void AskToEnd()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        Client.Dispose();
        _process.Dispose();
    }

    private async Task WaitUntilReadyAsync(System.Text.StringBuilder output, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            Assert.False(_process.HasExited, $"The product stopped at its start: {output}");
            try
            {
                using var answer = await Client.GetAsync("/health/live", cancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }

            await Task.Delay(50, cancellationToken);
        }

        Assert.Fail($"The product did not answer within a minute: {output}");
    }

    private static ProcessStartInfo StartOf(string data, Uri address, string[] settings)
    {
        var configuration = AppContext.BaseDirectory.Contains("release", StringComparison.OrdinalIgnoreCase) ? "release" : "debug";
        var program = Path.Combine(SharedMaterial.Root, "artifacts", "bin", "Web", configuration, "CaseManagement.Web.dll");
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Path.Combine(SharedMaterial.Root, "Web"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])[program, "--urls", address.ToString(), $"--Storage:DataFolder={data}", $"--Bootstrap:AdminApiKey={Key}", "--Demo:Cases=false", .. settings])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        return start;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

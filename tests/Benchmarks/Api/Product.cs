using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace CaseManagement.Benchmarks.Api;

/// <summary>The product as a process of its own, on real time and durable SQLite.</summary>
internal sealed class Product : IDisposable
{
    private const string Key = "benchmark-administrator-key-0123456789";

    private readonly Process _process;
    private readonly HttpClient _client;

    /// <summary>What it has used of the processors so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    private Product(Process process, Uri address)
    {
        _process = process;
        _client = new HttpClient { BaseAddress = address };
        _client.DefaultRequestHeaders.Add("X-Api-Key", Key);
    }

    /// <summary>Where it answers, with the key of an administrator.</summary>
    public HttpClient Client => _client;

    /// <summary>From the start of the process until it was ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <param name="web">The folder of the built product.</param>
    /// <param name="data">Where it keeps its data.</param>
    /// <param name="settings">Further settings: <c>--Key=value</c>.</param>
    public static async Task<Product> StartAsync(string web, string data, params string[] settings)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        listener.Stop();
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = web, RedirectStandardOutput = true };
        foreach (var argument in (string[])[Path.Combine(web, "CaseManagement.Web.dll"), "--urls", address.ToString(), $"--Storage:DataFolder={data}", $"--Bootstrap:AdminApiKey={Key}", "--Demo:Cases=false", .. settings])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        var waited = Stopwatch.StartNew();
        var product = new Product(Process.Start(start)!, address);
        product._process.BeginOutputReadLine();
        while (true)
        {
            try
            {
                (await product._client.GetAsync("/health/ready")).EnsureSuccessStatusCode();
                product.ReadyAfter = waited.Elapsed;
                Console.WriteLine($"ready {waited.Elapsed.TotalSeconds:0.0} s after start");
                return product;
            }
            catch (HttpRequestException) when (waited.Elapsed < TimeSpan.FromMinutes(1))
            {
                await Task.Yield();
            }
        }
    }

    public async Task<Measure> RunAsync(int callers, double seconds)
    {
        var before = await CountersAsync();
        var clock = Stopwatch.StartNew();
        var done = (await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var cases = 0;
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                await OneCaseAsync();
                cases++;
            }

            return cases;
        })))).Sum();
        var took = clock.Elapsed.TotalSeconds;
        var after = await CountersAsync();
        return new Measure(
            done / took, (after["casemanagement_store_bursts"] - before["casemanagement_store_bursts"]) / took,
            (after["casemanagement_store_commits"] - before["casemanagement_store_commits"]) / took,
            after["process_working_set_bytes"] / 1024 / 1024, 0);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _client.Dispose();
    }

    /// <summary>Register, first reply, investigate, answer, the complainant agrees, follow-up, close: six bursts.</summary>
    /// <param name="closes">False: it stays open after the first reply.</param>
    /// <returns>The case.</returns>
    public async Task<Guid> OneCaseAsync(bool closes = true)
    {
        var registered = await PostAsync("/api/v1/complaints", new
        {
            channel = "phone",
            subject = "空调维修拖延",
            description = "约定上门三次未到",
            category = "speed",
            complainant = new { name = "王女士", phone = "13800000000" },
        });
        var id = registered.GetProperty("id").GetGuid();
        var path = $"/api/v1/complaints/{id}";
        await CompleteAsync(path, "Done", new { replyForm = "oral" });
        if (!closes)
        {
            return id;
        }

        await CompleteAsync(path, "Done", new { cause = "漏派", proposal = "上门并致歉", validity = "valid" });
        await CompleteAsync(path, "Done", new { });
        await PostAsync(path + "/answers", new { outcome = "Agreed" });
        await CompleteAsync(path, "Satisfied", new { satisfaction = "satisfied" });
        return id;
    }

    // reads the case as a person would, and completes what is open
    private async Task CompleteAsync(string path, string outcome, object data)
    {
        var complaint = await _client.GetFromJsonAsync<JsonElement>(path);
        var task = complaint.GetProperty("tasks").EnumerateArray().First(t => t.GetProperty("state").GetString() is "open" or "claimed");
        await PostAsync($"/api/v1/tasks/{task.GetProperty("id").GetString()}/complete", new { outcome, data });
    }

    /// <summary>Sends what must succeed.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await _client.PostAsJsonAsync(path, body);
        var content = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(content).RootElement
            : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {content}");
    }

    /// <summary>The product's metrics by name.</summary>
    public async Task<Dictionary<string, double>> CountersAsync() =>
        (await _client.GetStringAsync("/metrics")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' '))
            .ToDictionary(l => l[0], l => double.Parse(l[1], CultureInfo.InvariantCulture));
}

using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;

namespace CaseManagement.Web.Tests.Durability;

/// <summary>
/// The product is really started and really killed, again and again, while cases run and their clocks advance. Afterwards every case is in a
/// state some clean run could have, and nothing that was answered is lost.
/// </summary>
public sealed class KillTests : IDisposable
{
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("CASEMANAGEMENT_TEST_KILLS"), out var kills) ? kills : 200;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("casemanagement-kill-");
    private readonly ConcurrentDictionary<Guid, byte> _registered = new();
    private readonly ConcurrentDictionary<Guid, byte> _completed = new();

    [Fact]
    public async Task Killing_the_product_at_random_points_loses_and_doubles_nothing()
    {
        var random = new Random(20260930);
        var cancellationToken = TestContext.Current.CancellationToken;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var product = await ProductProcess.StartAsync(_data.FullName, cancellationToken, "--Clock:Simulated=true", "--Clock:StartAt=2026-09-01T00:00:00Z");
            using var dying = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var work = Enumerable.Range(0, 4).Select(worker => WorkAsync(product, new Random((kill * 4) + worker), dying.Token)).ToArray();
            do
            {
                await Task.Delay(random.Next(20, 1800), cancellationToken);
            }
            while (kill == 0 && _completed.IsEmpty); // a slow machine answers its first request later than that

            product.Kill();
            await dying.CancelAsync();
            await Task.WhenAll(work);
        }

        using (var killed = new StoredCases(_data))
        {
            killed.AssertConsistent();
            Assert.NotEmpty(_registered);
            Assert.NotEmpty(_completed);
            killed.AssertHolds(_registered.Keys, _completed.Keys);
        }

        using (var product = await ProductProcess.StartAsync(_data.FullName, cancellationToken, "--Clock:Simulated=true", "--Clock:StartAt=2026-09-01T00:00:00Z"))
        {
            await FinishAsync(product, cancellationToken);
        }

        using var finished = new StoredCases(_data);
        finished.AssertConsistent();
        finished.AssertAllClosed();
    }

    public void Dispose() => _data.Delete(recursive: true);

    /// <summary>Registers cases, completes tasks, lets time pass, until the product dies.</summary>
    private async Task WorkAsync(ProductProcess product, Random random, CancellationToken dying)
    {
        try
        {
            while (!dying.IsCancellationRequested)
            {
                switch (random.Next(10))
                {
                    case < 3:
                        await RegisterAsync(product, random, dying);
                        break;
                    case < 9:
                        await CompleteAnyAsync(product, random, dying);
                        break;
                    default:
                        await product.Client.PostAsJsonAsync("/api/v1/clock/advance", new { by = $"PT{random.Next(1, 30)}H" }, dying);
                        break;
                }
            }
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException or JsonException)
        {
            // the product was killed while it answered
        }
    }

    private async Task RegisterAsync(ProductProcess product, Random random, CancellationToken dying)
    {
        using var answer = await product.Client.PostAsJsonAsync(
            "/api/v1/complaints",
            new
            {
                channel = "phone",
                subject = $"空调维修拖延 {random.Next()}",
                description = "约定上门三次未到",
                category = "speed",
                complainant = new { name = "王女士", phone = "13800000000" },
            },
            dying);
        answer.EnsureSuccessStatusCode();
        _registered.TryAdd((await ReadAsync(answer, dying)).GetProperty("id").GetGuid(), 0);
    }

    private async Task CompleteAnyAsync(ProductProcess product, Random random, CancellationToken dying)
    {
        var tasks = (await product.Client.GetFromJsonAsync<JsonElement>("/api/v1/tasks?state=open&pageSize=50", dying)).GetProperty("items").EnumerateArray().ToList();
        if (tasks.Count > 0)
        {
            await CompleteAsync(product, tasks[random.Next(tasks.Count)], dying);
        }
    }

    private async Task CompleteAsync(ProductProcess product, JsonElement task, CancellationToken dying)
    {
        var id = task.GetProperty("id").GetGuid();
        var key = task.GetProperty("key").GetString()!;
        using var answer = await product.Client.PostAsJsonAsync($"/api/v1/tasks/{id}/complete", Completion(key, task), dying);
        if (answer.IsSuccessStatusCode)
        {
            _completed.TryAdd(id, 0);
        }
        else
        {
            // another worker was faster
            Assert.Equal("already-done", (await ReadAsync(answer, dying)).GetProperty("code").GetString());
        }
    }

    private static Dictionary<string, object> Completion(string key, JsonElement task) => key switch
    {
        "first" => new() { ["outcome"] = "Done", ["data"] = new { replyForm = "oral" } },
        "handle" => new() { ["outcome"] = "Done", ["data"] = new { cause = "漏派", proposal = "上门并致歉", validity = "valid", amountProposed = 800 } },
        "visit" => new() { ["outcome"] = "Satisfied", ["data"] = new { satisfaction = "satisfied" } },
        _ => new() { ["outcome"] = task.GetProperty("outcomes")[0].GetString()! },
    };

    /// <summary>Takes every case to its end, without being killed.</summary>
    private async Task FinishAsync(ProductProcess product, CancellationToken cancellationToken)
    {
        for (var round = 0; round < 60; round++)
        {
            var tasks = (await product.Client.GetFromJsonAsync<JsonElement>("/api/v1/tasks?state=open&pageSize=200", cancellationToken)).GetProperty("items").EnumerateArray().ToList();
            foreach (var task in tasks)
            {
                await CompleteAsync(product, task, cancellationToken);
            }

            if (tasks.Count == 0)
            {
                // what is left waits for the complainant: the objection period runs out
                using var advanced = await product.Client.PostAsJsonAsync("/api/v1/clock/advance", new { by = "P9D" }, cancellationToken);
                advanced.EnsureSuccessStatusCode();
                var open = await product.Client.GetFromJsonAsync<JsonElement>("/api/v1/complaints?status=open&pageSize=1", cancellationToken);
                if (open.GetProperty("total").GetInt32() == 0)
                {
                    return;
                }
            }
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
}

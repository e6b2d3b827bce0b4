using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Persistence.PostgreSql;
using CaseManagement.Web.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CaseManagement.Web.Tests.Durability;

/// <summary>
/// Two processes of the product on one PostgreSQL database, random requests to either, and one is killed. Nothing is lost or doubled, and the
/// other takes over its timers.
/// </summary>
public sealed class TwoNodesTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("casemanagement-nodes-");
    private readonly ConcurrentDictionary<string, Guid> _registered = new();
    private readonly ConcurrentDictionary<Guid, byte> _completed = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_nodes_one_is_killed_and_nothing_is_lost_or_doubled()
    {
        await using var database = await PostgreSqlDatabase.UncreatedAsync();
        await using var source = PostgreSqlConnections.ForContexts(database.ConnectionString);
        var nodes = await Task.WhenAll(StartAsync(database), StartAsync(database));
        using var dying = nodes[0];
        using var staying = nodes[1];

        var work = Enumerable.Range(0, 4).Select(worker => Task.Run(() => WorkAsync(nodes, worker), Token)).ToArray();
        while (_registered.Count < 12 && !work.Any(w => w.IsFaulted))
        {
            await Task.Delay(20, Token);
        }

        dying.Kill();
        await Task.WhenAll(work);
        await TakeOverAsync(source);

        await AssertConsistentAsync(source);
    }

    public void Dispose() => _data.Delete(recursive: true);

    private Task<ProductProcess> StartAsync(PostgreSqlDatabase database) => ProductProcess.StartAsync(
        _data.FullName, Token, "--Storage:Provider=PostgreSql", $"--ConnectionStrings:Default={database.ConnectionString}", "--Timers:LeaseSeconds=2");

    /// <summary>Registers cases and completes their first task, each request sent to a node by chance, and again to the other when that node is gone.</summary>
    private async Task WorkAsync(ProductProcess[] nodes, int worker)
    {
        var random = new Random(worker);
        for (var i = 0; i < 8; i++)
        {
            var subject = $"{worker}/{i}";
            var registered = await SendAsync(nodes, random, "/api/v1/complaints", $"register {subject}", new
            {
                channel = "phone",
                subject,
                description = "约定上门三次未到",
                category = "speed",
                complainant = new { name = "王女士", phone = "13800000000" },
            });
            Assert.True(_registered.TryAdd(subject, registered.GetProperty("id").GetGuid()));
            var task = registered.GetProperty("tasks").EnumerateArray().Single(t => t.GetProperty("key").GetString() == "first").GetProperty("id").GetGuid();
            await SendAsync(nodes, random, $"/api/v1/tasks/{task}/complete", $"complete {subject}", new { outcome = "Done", data = new { replyForm = "oral" } });
            _completed.TryAdd(task, 0);
        }
    }

    private static async Task<JsonElement> SendAsync(ProductProcess[] nodes, Random random, string path, string key, object body)
    {
        for (var node = random.Next(2); ; node = 1 - node)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
                request.Headers.Add("Idempotency-Key", key);
                using var answer = await nodes[node].Client.SendAsync(request, Token);
                var text = await answer.Content.ReadAsStringAsync(Token);
                Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
                return JsonDocument.Parse(text).RootElement;
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                // that node was killed; whether it had done the work, the other one knows
            }
        }
    }

    /// <summary>Makes every timer due and the dead node's; the living one takes each over when its lease has run out, and puts it back for its time.</summary>
    private static async Task TakeOverAsync(NpgsqlDataSource source)
    {
        await using (var command = source.CreateCommand(
            """UPDATE "Timers" SET "NextAttemptAt" = now(), "LeasedBy" = 'dead', "LeasedUntil" = now() + interval '1 second' WHERE "Kind" = 'Clock'"""))
        {
            Assert.NotEqual(0, await command.ExecuteNonQueryAsync(Token));
        }

        for (var waited = 0; waited < 600; waited++)
        {
            await using var left = source.CreateCommand("""SELECT count(*) FROM "Timers" WHERE "LeasedBy" IS NOT NULL OR "NextAttemptAt" <= now()""");
            if ((long)(await left.ExecuteScalarAsync(Token))! == 0)
            {
                return;
            }

            await Task.Delay(100, Token);
        }

        Assert.Fail("The dead node's timers were not taken over.");
    }

    private async Task AssertConsistentAsync(NpgsqlDataSource source)
    {
        await using var db = PostgreSqlDatabase.NewContext(source);
        var rows = await db.Cases.AsNoTracking().ToListAsync(Token);
        Assert.Equal(_registered.Select(r => (r.Key, r.Value)).Order(), rows.Select(r => (r.Subject, r.Id)).Order());
        Assert.Equal(Enumerable.Range(1, rows.Count), rows.Select(r => int.Parse(r.Number[^4..], System.Globalization.CultureInfo.InvariantCulture)).Order());

        var timers = 0;
        foreach (var row in rows)
        {
            var document = CaseDocument.Read((await db.CaseDocuments.AsNoTracking().SingleAsync(d => d.Id == row.Id, Token)).Document);
            var tasks = await db.Tasks.AsNoTracking().Where(t => t.ComplaintId == row.Id).ToListAsync(Token);
            var events = await db.Events.AsNoTracking().Where(e => e.ComplaintId == row.Id).OrderBy(e => e.Sequence).ToListAsync(Token);
            Assert.Equal(document.Tasks.All.Select(t => (t.Id, t.State.ToString())).Order(), tasks.Select(t => (t.Id, t.State)).Order());
            Assert.All(document.Tasks.Open.GroupBy(t => t.Key), g => Assert.Single(g));
            Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Sequence));
            Assert.Equal(document.Tasks.All.Count(t => t.State == TaskState.Done), events.Count(e => e.Type == CaseEvents.TaskCompleted));
            Assert.Single(document.Tasks.All, t => _completed.ContainsKey(t.Id) && t.State == TaskState.Done);
            timers += document.Clocks.All.Values.Sum(c => c.NextWakeUps(DateTimeOffset.MinValue).Count);
        }

        Assert.Equal(timers, await db.Timers.CountAsync(t => t.Kind == "Clock", Token));
        Assert.Equal(rows.Count, await db.Instances.CountAsync(Token));
    }
}

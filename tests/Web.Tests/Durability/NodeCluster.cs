using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CaseManagement.Domain.Complaints;
using CaseManagement.Tests;
using Npgsql;

namespace CaseManagement.Web.Tests.Durability;

/// <summary>Several processes of the product on one PostgreSQL server that can be stopped, and cases whose reply falls due while the test looks.</summary>
internal sealed class NodeCluster : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("casemanagement-nodes-");
    private readonly PostgreSqlCluster _server;
    private readonly string[] _settings;

    private NodeCluster(PostgreSqlCluster server, string[] settings) => (_server, _settings) = (server, settings);

    public ConcurrentDictionary<int, ProductProcess> Nodes { get; } = new();

    /// <summary>When the reply of each registered case is due.</summary>
    public ConcurrentDictionary<Guid, DateTimeOffset> Due { get; } = new();

    public PostgreSqlCluster Server => _server;

    /// <summary>The processes run on real time, so the tests look at the same clock.</summary>
#pragma warning disable RS0030
    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();
#pragma warning restore RS0030

    private string ConnectionString =>
        $"Host=127.0.0.1;Port={_server.Port.ToString(CultureInfo.InvariantCulture)};Username=app;Database=cases;Timeout=5";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="nodes">So many processes, started one after the other.</param>
    /// <param name="settings">For each of them.</param>
    public static async Task<NodeCluster> StartAsync(int nodes, params string[] settings)
    {
        var programs = PostgreSqlCluster.FindPrograms();
        Assert.SkipWhen(programs is null, "No PostgreSQL server programs here (Debian: apt-get install postgresql).");
        var cluster = new NodeCluster(await PostgreSqlCluster.StartAsync(programs!, "-c max_connections=200 -c shared_buffers=128MB"), settings);
        try
        {
            for (var node = 0; node < nodes; node++)
            {
                await cluster.StartNodeAsync(node);
            }
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        return cluster;
    }

    public async Task StartNodeAsync(int node) => Nodes[node] = await ProductProcess.StartAsync(
        _data.FullName, Token, ["--Storage:Provider=PostgreSql", $"--ConnectionStrings:Default={ConnectionString}", .. _settings]);

    public void Kill(int node)
    {
        if (Nodes.TryRemove(node, out var product))
        {
            product.Kill();
            product.Dispose();
        }
    }

    /// <summary>Registers a case whose first reply is due then, at whichever node answers; sent again until one does.</summary>
    public async Task RegisterAsync(int number, DateTimeOffset due, Random random)
    {
        while (true)
        {
            var nodes = Nodes.Values.ToList();
            try
            {
                if (nodes.Count > 0)
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/complaints")
                    {
                        Content = JsonContent.Create(new
                        {
                            channel = "phone",
                            subject = $"case {number}",
                            description = "约定上门三次未到",
                            category = "speed",
                            receivedAt = due.AddHours(-24),
                            complainant = new { name = "王女士", phone = "13800000000" },
                        }),
                    };
                    request.Headers.Add("Idempotency-Key", $"register {number}");
                    using var answer = await nodes[random.Next(nodes.Count)].Client.SendAsync(request, Token);
                    var text = await answer.Content.ReadAsStringAsync(Token);
                    if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                    {
                        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {text}");
                        Due[JsonDocument.Parse(text).RootElement.GetProperty("id").GetGuid()] = due;
                        return;
                    }
                }
            }
            catch (Exception error) when (error is HttpRequestException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                // that node was killed; whether it had done the work, another one knows
            }

            await Task.Delay(50, Token);
        }
    }

    /// <summary>Asks the database past the product.</summary>
    public async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> row)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await using var reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<T>();
        while (await reader.ReadAsync(Token))
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    /// <summary>Every overdue reply acted once, in each case as its events, its document and its timers say; nothing is left over.</summary>
    /// <returns>By case: when it was due and when that was recorded.</returns>
    public async Task<List<(Guid Case, DateTimeOffset Due, DateTimeOffset Acted)>> AssertEachActedOnceAsync()
    {
        var acted = await ReadAsync(
            $$"""
            SELECT "ComplaintId", "RecordedAt", ("Data"::json ->> 'dueAt')::timestamptz FROM "Events"
            WHERE "Type" = '{{CaseEvents.RungActed}}' AND "Data"::json ->> 'clock' = 'reply' AND "Data"::json ->> 'rung' = 'overdue'
            """,
            r => (Case: r.GetGuid(0), Acted: r.GetFieldValue<DateTimeOffset>(1)));
        Assert.Equal(Due.Keys.Order(), acted.Select(a => a.Case).Order());
        var twice = await ReadAsync(
            $$"""
            SELECT "ComplaintId", "Data"::json ->> 'clock', "Data"::json ->> 'rung', count(*) FROM "Events" WHERE "Type" = '{{CaseEvents.RungActed}}'
            GROUP BY 1, 2, 3 HAVING count(*) > 1
            """,
            r => $"{r.GetGuid(0)} {r.GetString(1)} {r.GetString(2)} {r.GetInt64(3)}");
        Assert.Empty(twice);

        // each breach told whom it had to, once, and the messages are those the events speak of
        var messages = await ReadAsync(
            $"""
            SELECT count(*) FROM (
                SELECT "ComplaintId" FROM "Events" WHERE "Type" = '{CaseEvents.MessageQueued}' GROUP BY 1
                EXCEPT SELECT "ComplaintId" FROM "Messages" GROUP BY 1) missing
            """,
            r => r.GetInt64(0));
        Assert.Equal(0, messages.Single());
        Assert.Equal(
            (await ReadAsync($"""SELECT count(*) FROM "Events" WHERE "Type" = '{CaseEvents.MessageQueued}'""", r => r.GetInt64(0))).Single(),
            (await ReadAsync("""SELECT count(*) FROM "Messages" """, r => r.GetInt64(0))).Single());

        var documents = await ReadAsync("""SELECT "Document" FROM "Cases" """, r => CaseDocument.Read(r.GetFieldValue<byte[]>(0)));
        Assert.Equal(Due.Count, documents.Count);
        var wanted = documents.Sum(d => d.Clocks.All.Values.Sum(c => c.NextWakeUps(DateTimeOffset.MinValue).Count));
        Assert.Equal(wanted, (await ReadAsync("""SELECT count(*) FROM "Timers" WHERE "Kind" = 'Clock'""", r => r.GetInt64(0))).Single());
        var broken = await ReadAsync(
            """
            SELECT count(*) FROM (SELECT "ComplaintId", count(*) AS n, max("Sequence") AS last FROM "Events" GROUP BY 1) e
            JOIN "Cases" c ON c."Id" = e."ComplaintId" WHERE e.n <> e.last OR e.last <> c."EventSequence"
            """,
            r => r.GetInt64(0));
        Assert.Equal(0, broken.Single());
        return [.. acted.Select(a => (a.Case, Due[a.Case], a.Acted))];
    }

    /// <summary>Waits until no timer is due and none is leased.</summary>
    public async Task SettleAsync(TimeSpan patience)
    {
        for (var waited = 0; ; waited++)
        {
            var left = (await ReadAsync(
                """SELECT count(*) FROM "Timers" WHERE ("NextAttemptAt" <= now() OR "LeasedBy" IS NOT NULL) AND "Attempts" < 10""", r => r.GetInt64(0))).Single();
            if (left == 0)
            {
                return;
            }

            Assert.True(waited * 0.2 < patience.TotalSeconds, $"{left} timers are still due.");
            await Task.Delay(200, Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes.Keys)
        {
            Kill(node);
        }

        await _server.DisposeAsync();
        _data.Delete(recursive: true);
    }
}

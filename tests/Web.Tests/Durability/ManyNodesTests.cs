using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CaseManagement.Web.Tests.Pages;

namespace CaseManagement.Web.Tests.Durability;

/// <summary>
/// Three processes on one PostgreSQL: killed at random, asked to end, without their database for a while. The full form (2,000 cases, two minutes
/// of kills, five minutes without the database) runs with <c>CASEMANAGEMENT_TEST_NODES=full</c>.
/// </summary>
public sealed class ManyNodesTests(ITestOutputHelper output)
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("CASEMANAGEMENT_TEST_NODES") == "full";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killing_nodes_at_random_loses_and_doubles_no_timer_and_others_take_over_within_fifteen_seconds()
    {
        var (cases, kills, between) = Full ? (2000, TimeSpan.FromSeconds(120), 4000) : (60, TimeSpan.FromSeconds(8), 2000);

        // the short form shares its machine with other tests: a shorter lease leaves room for that within the fifteen seconds
        await using var cluster = await NodeCluster.StartAsync(3, Full ? "--Timers:LeaseSeconds=6" : "--Timers:LeaseSeconds=3");
        var random = new Random(20261128);

        // due while the nodes die: spread over the time of the kills, those registered late among them
        var begin = NodeCluster.Now.AddSeconds(Full ? 45 : 4);
        var moments = Enumerable.Range(0, cases).Select(_ => begin + (random.NextDouble() * kills)).ToList();
        var registering = Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(
            async () =>
            {
                var own = new Random(worker);
                for (var number = worker; number < cases; number += 4)
                {
                    await cluster.RegisterAsync(number, moments[number], own);
                }
            },
            Token)));
        if (Full)
        {
            await registering;
        }

        var clock = Stopwatch.StartNew();
        var killed = 0;
        var restarts = new List<Task>();
        while (clock.Elapsed < kills + TimeSpan.FromSeconds(Full ? 5 : 2) || NodeCluster.Now < moments.Max() || (killed < 3 && clock.Elapsed < TimeSpan.FromMinutes(2)))
        {
            await Task.Delay(random.Next(between / 2, between), Token);
            if (cluster.Nodes.Count > 1)
            {
                var node = cluster.Nodes.Keys.ElementAt(random.Next(cluster.Nodes.Count));
                cluster.Kill(node);
                killed++;
                restarts.Add(cluster.StartNodeAsync(node));
            }
        }

        await Task.WhenAll([registering, .. restarts]);
        await cluster.SettleAsync(TimeSpan.FromSeconds(30));

        Assert.True(killed >= 3, $"Only {killed} nodes were killed.");
        var acted = await cluster.AssertEachActedOnceAsync();
        Assert.All(acted, a => Assert.True(a.Acted >= a.Due, $"{a.Case} acted early: due {a.Due:O}, acted {a.Acted:O}"));
        var registered = await cluster.ReadAsync("""SELECT "ComplaintId", "RecordedAt" FROM "Events" WHERE "Sequence" = 1""", r => (r.GetGuid(0), r.GetFieldValue<DateTimeOffset>(1)));
        var since = registered.ToDictionary(r => r.Item1, r => r.Item2);
        var late = acted.Select(a => (a.Acted - (a.Due > since[a.Case] ? a.Due : since[a.Case])).TotalSeconds).Order().ToList();
        output.WriteLine($"{cases} cases, {killed} kills; lateness p50 {late[late.Count / 2]:0.00} s, p99 {late[(int)(late.Count * 0.99)]:0.00} s, worst {late[^1]:0.00} s");
        Assert.True(late[^1] <= 15, $"The worst timer acted {late[^1]:0.0} s late.");
    }

    [Fact]
    public async Task Without_the_database_requests_are_told_so_and_afterwards_the_backlog_goes_most_overdue_first()
    {
        var (cases, outage) = Full ? (2000, TimeSpan.FromMinutes(5)) : (60, TimeSpan.FromSeconds(8));

        // one after the other, so that the order can be seen
        await using var cluster = await NodeCluster.StartAsync(1, "--Timers:Batch=4", "--Timers:Parallel=1");
        var begin = NodeCluster.Now.AddSeconds(Full ? 60 : 5);
        var random = new Random(1);
        var moments = Enumerable.Range(0, cases).Select(_ => begin + (random.NextDouble() * (outage - TimeSpan.FromSeconds(3)))).ToList();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(
            async () =>
            {
                for (var number = worker; number < cases; number += 4)
                {
                    await cluster.RegisterAsync(number, moments[number], new Random(number));
                }
            },
            Token)));
        await cluster.Server.StopServerAsync();
        var gone = NodeCluster.Now;
        Assert.True(cluster.Due.Values.Count(due => due > gone) > cases / 4, "Registering took so long that hardly anything falls due without the database.");
        var stopped = Stopwatch.StartNew();
        var product = cluster.Nodes[0].Client;
        while (stopped.Elapsed < outage - TimeSpan.FromSeconds(1) || NodeCluster.Now < cluster.Due.Values.Max())
        {
            using var answer = await product.GetAsync($"/api/v1/complaints/{cluster.Due.Keys.First()}", Token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal("database-away", (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString());
            Assert.NotNull(answer.Headers.RetryAfter);
            using var live = await product.GetAsync("/health/live", Token);
            using var ready = await product.GetAsync("/health/ready", Token);
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            await Task.Delay(500, Token);
        }

        await cluster.Server.StartServerAsync();
        var back = Stopwatch.StartNew();
        await cluster.SettleAsync(outage + TimeSpan.FromSeconds(30));
        output.WriteLine($"{cases} cases, without the database for {stopped.Elapsed.TotalSeconds - back.Elapsed.TotalSeconds:0.0} s; backlog gone {back.Elapsed.TotalSeconds:0.0} s after it was back");

        Assert.True(back.Elapsed <= stopped.Elapsed - back.Elapsed, $"The backlog took {back.Elapsed}.");
        var acted = (await cluster.AssertEachActedOnceAsync()).OrderBy(a => a.Acted).ToList();
        Assert.All(acted, a => Assert.True(a.Acted >= a.Due));

        // the few that were under way when the server stopped are tried again by themselves
        var order = acted.Where(a => a.Due > gone.AddSeconds(1)).Select(a => a.Due).ToList();
        Assert.Equal(order.Order(), order);
        using var ok = await product.GetAsync("/health/ready", Token);
        Assert.Equal(HttpStatusCode.OK, ok.StatusCode);
    }

    [Fact]
    public async Task What_is_set_on_one_node_holds_on_the_other_at_once_and_a_session_holds_on_both()
    {
        await using var cluster = await NodeCluster.StartAsync(2);
        var (a, b) = (cluster.Nodes[0].Client, cluster.Nodes[1].Client);
        await cluster.RegisterAsync(1, NodeCluster.Now.AddHours(20), new Random(1));
        var path = $"/api/v1/complaints/{cluster.Due.Keys.Single()}";
        await b.GetStringAsync(path, Token);

        for (var hours = 30; hours < 34; hours++)
        {
            using var applied = await a.PostAsJsonAsync(
                "/api/v1/processes/standard-complaint/limits/reply/apply", new { amount = hours, unit = "hours", scope = "openCases", reason = "Weekend" }, Token);
            Assert.Equal(HttpStatusCode.OK, applied.StatusCode);
            var limits = await b.GetFromJsonAsync<JsonElement>("/api/v1/processes/standard-complaint/limits", Token);
            var complaint = await b.GetFromJsonAsync<JsonElement>(path, Token);
            Assert.Equal(hours, limits.EnumerateArray().Single(l => l.GetProperty("key").GetString() == "reply").GetProperty("amount").GetDecimal());
            var reply = complaint.GetProperty("clocks").EnumerateArray().Single(c => c.GetProperty("key").GetString() == "reply");
            Assert.Equal(cluster.Due.Values.Single().AddHours(hours - 24), reply.GetProperty("dueAt").GetDateTimeOffset(), TimeSpan.FromSeconds(1));
        }

        // one cookie jar for both addresses, as behind a load balancer; the form of one node is posted to the other
        using var jar = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        using var client = new HttpClient(jar);
        var (one, other) = (a.BaseAddress!, b.BaseAddress!);
        var browser = new Browser(client);
        await browser.GetAsync(new Uri(one, "/sign-in?lang=en").ToString());
        var signedIn = await browser.PostAsync(new Uri(one, "/sign-in/demo").ToString(), ("userName", "admin"));
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        var page = await browser.ReadAsync(new Uri(other, "/jobs").ToString());
        Assert.Contains("Recurring jobs", page, StringComparison.Ordinal);
        var run = Browser.FieldOf(page, "run");

        // asked for twice, at either node: it runs once
        var first = await browser.PostAsync(new Uri(one, "/jobs/recurring/maintenance/run").ToString(), ("run", run));
        var second = await browser.PostAsync(new Uri(other, "/jobs/recurring/maintenance/run").ToString(), ("run", run));
        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Conflict], [first.StatusCode, second.StatusCode]);
        for (var waited = 0; (await Runs(cluster)).Exists(r => r.State is "Asked" or "Running"); waited++)
        {
            Assert.True(waited < 300, "The job was not run.");
            await Task.Delay(100, Token);
        }

        Assert.Equal([(run, "Done")], (await Runs(cluster)).Where(r => r.Asked).Select(r => (r.Id, r.State)));
        Assert.Equal(1, (await cluster.ReadAsync("""SELECT count(*) FROM "ConfigurationEvents" WHERE "Type" = 'job.asked'""", r => r.GetInt64(0))).Single());
        Assert.Equal(2, (await cluster.ReadAsync("""SELECT count(*) FROM "Nodes" """, r => r.GetInt64(0))).Single());
    }

    [Fact]
    public async Task A_node_asked_to_end_is_not_ready_first_finishes_what_runs_and_leaves_nothing_leased()
    {
        await using var cluster = await NodeCluster.StartAsync(1, "--Nodes:DrainSeconds=3", "--Timers:Parallel=1");
        var random = new Random(1);
        var begin = NodeCluster.Now.AddSeconds(3);
        for (var number = 0; number < 30; number++)
        {
            await cluster.RegisterAsync(number, begin.AddMilliseconds(number), random);
        }

        var product = cluster.Nodes[0];
        while (NodeCluster.Now < begin)
        {
            await Task.Delay(5, Token);
        }

        var answers = new ConcurrentBag<HttpStatusCode>();
        using var stop = new CancellationTokenSource();
        var requests = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    try
                    {
                        using var answer = await product.Client.GetAsync($"/api/v1/complaints/{cluster.Due.Keys.First()}", Token);
                        answers.Add(answer.StatusCode);
                    }
                    catch (HttpRequestException)
                    {
                        // closed by now, after it was not ready
                        return;
                    }
                }
            },
            Token);
        product.AskToEnd();
        HttpStatusCode ready;
        do
        {
            ready = (await product.Client.GetAsync("/health/ready", Token)).StatusCode;
        }
        while (ready == HttpStatusCode.OK);
        using var live = await product.Client.GetAsync("/health/live", Token);

        var code = await product.EndAsync(Token);
        await stop.CancelAsync();
        await requests;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(0, code);
        Assert.NotEmpty(answers);
        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal((0L, 0L), (
            (await cluster.ReadAsync("""SELECT count(*) FROM "Timers" WHERE "LeasedBy" IS NOT NULL""", r => r.GetInt64(0))).Single(),
            (await cluster.ReadAsync("""SELECT count(*) FROM "Nodes" """, r => r.GetInt64(0))).Single()));

        cluster.Kill(0);
        await cluster.StartNodeAsync(0);
        await cluster.SettleAsync(TimeSpan.FromSeconds(20));
        await cluster.AssertEachActedOnceAsync();
    }

    [Fact]
    public async Task A_node_with_simulated_time_starts_alone_or_not_at_all()
    {
        await using var database = await Persistence.PostgreSqlDatabase.UncreatedAsync();
        var data = Directory.CreateTempSubdirectory("casemanagement-nodes-");
        try
        {
            string[] settings = ["--Storage:Provider=PostgreSql", $"--ConnectionStrings:Default={database.ConnectionString}"];
            using (await ProductProcess.StartAsync(data.FullName, Token, settings))
            {
                AssertRefused(await ProductProcess.RefuseAsync(data.FullName, Token, [.. settings, "--Clock:Simulated=true"]), "Clock:Simulated");
            }

            using (await ProductProcess.StartAsync(data.FullName, Token, [.. settings, "--Clock:Simulated=true"]))
            {
                AssertRefused(await ProductProcess.RefuseAsync(data.FullName, Token, settings), "Clock:Simulated");
            }
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_second_process_on_a_SQLite_file_is_refused_and_the_first_goes_on()
    {
        var data = Directory.CreateTempSubdirectory("casemanagement-nodes-");
        try
        {
            using (var first = await ProductProcess.StartAsync(data.FullName, Token))
            {
                var begun = Stopwatch.GetTimestamp();
                AssertRefused(await ProductProcess.RefuseAsync(data.FullName, Token), "cases.db");
                Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(20));
                using var answer = await first.Client.GetAsync("/health/ready", Token);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                first.Kill();
            }

            using var next = await ProductProcess.StartAsync(data.FullName, Token);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static void AssertRefused((int ExitCode, string Output) refused, string named)
    {
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains(named, refused.Output, StringComparison.Ordinal);
        Assert.Contains(refused.Output, c => c is >= '\u4e00' and <= '\u9fff');
        Assert.DoesNotContain("   at ", refused.Output, StringComparison.Ordinal);
    }

    private static async Task<List<(string Id, string State, bool Asked)>> Runs(NodeCluster cluster) => await cluster.ReadAsync(
        """SELECT "Id", "State", "AskedBy" IS NOT NULL FROM "JobRuns" """, r => (r.GetGuid(0).ToString("D", CultureInfo.InvariantCulture), r.GetString(1), r.GetBoolean(2)));
}

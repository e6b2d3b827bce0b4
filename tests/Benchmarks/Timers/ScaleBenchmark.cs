using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CaseManagement.Benchmarks.Api;

namespace CaseManagement.Benchmarks.Timers;

/// <summary>What a case costs on PostgreSQL (commits, rows, bytes, timers), and what pages and start-up cost once there are many.</summary>
internal static partial class ScaleBenchmark
{
    /// <summary>Of these cases, walked to their end over the API, one stays open and has got as far as its first reply.</summary>
    private const int Templates = 10;

    /// <remarks><c>args</c>: [folder of the built Web] [cases]</remarks>
    public static async Task RunAsync(string[] args, TimeProvider clock)
    {
        var web = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "..", "..", "Web", "release");
        var cases = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000;
        await using var product = await PostgreSqlProduct.OpenAsync(web);
        Console.WriteLine(Machine.Line());
        var node = await product.StartNodeAsync();
        var templates = await TemplatesAsync(node);

        var clones = Stopwatch.StartNew();
        var each = Math.Max(1, cases / Templates);
        for (var from = 1; from < each; from += 1000)
        {
            await ClonedCases.MakeAsync(product.Source, templates, from, Math.Min(1000, each - from), apart: Math.Max(1, 31_000_000 / each));
        }

        await product.RunAsync("VACUUM ANALYZE");
        var made = await product.AskAsync<long>("""SELECT count(*) FROM "Cases" """);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{made:N0} cases made in {clones.Elapsed.TotalSeconds:0} s"));
        await SayTablesAsync(product);
        product.StopNodes();
        var starts = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            product.StopNodes();
            starts.Add((await product.StartNodeAsync()).ReadyAfter.TotalSeconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready {starts.Median(s => s):0.0} s after start ({starts.Min():0.0}–{starts.Max():0.0})"));
        await SayPagesAsync(product.Nodes[0], templates);
        var metrics = await product.Nodes[0].CountersAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"resident {metrics["process_working_set_bytes"] / 1048576:0} MB"));
    }

    private static async Task<Guid[]> TemplatesAsync(Product node)
    {
        var before = await node.CountersAsync();
        var ids = new List<Guid>();
        for (var number = 0; number < Templates; number++)
        {
            ids.Add(await node.OneCaseAsync(closes: number > 0));
        }

        var after = await node.CountersAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"per case from register to close: {(after["casemanagement_store_commits"] - before["casemanagement_store_commits"]) / Templates:0.0} commits, 6 of them changes by people"));
        return [.. ids];
    }

    private static async Task SayTablesAsync(PostgreSqlProduct product)
    {
        Console.WriteLine("| table | rows per case | bytes per case, heap | indexes | together |\n|---|---|---|---|---|");
        await using var command = product.Source.CreateCommand(
            """
            SELECT c.relname, c.reltuples::float8 / n.count, (pg_table_size(c.oid))::float8 / n.count, pg_indexes_size(c.oid)::float8 / n.count
            FROM pg_class c, (SELECT count(*)::float8 AS count FROM "Cases") n
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND pg_total_relation_size(c.oid) > 50 * n.count
            ORDER BY pg_total_relation_size(c.oid) DESC
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var (rows, heap, indexes) = (0.0, 0.0, 0.0);
        while (await reader.ReadAsync())
        {
            (rows, heap, indexes) = (rows + reader.GetDouble(1), heap + reader.GetDouble(2), indexes + reader.GetDouble(3));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {reader.GetString(0)} | {reader.GetDouble(1):0.0} | {reader.GetDouble(2):N0} | {reader.GetDouble(3):N0} | {reader.GetDouble(2) + reader.GetDouble(3):N0} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| together | {rows:0.0} | {heap:N0} | {indexes:N0} | {heap + indexes:N0} |"));
    }

    private static async Task SayPagesAsync(Product node, Guid[] templates)
    {
        using var jar = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        using var staff = new HttpClient(jar) { BaseAddress = node.Client.BaseAddress };
        var form = await staff.GetStringAsync("/sign-in?lang=en");
        using var signIn = new FormUrlEncodedContent(new Dictionary<string, string> { ["userName"] = "zhou", ["__RequestVerificationToken"] = Token().Match(form).Groups[1].Value });
        (await staff.PostAsync("/sign-in/demo", signIn)).Dispose();
        foreach (var (what, client, path) in (List<(string, HttpClient, string)>)
        [
            ("inbox", staff, "/inbox"),
            ("case page", staff, $"/cases/{templates[0]}"),
            ("API: case", node.Client, $"/api/v1/complaints/{templates[0]}"),
            ("API: newest 50", node.Client, "/api/v1/complaints?pageSize=50"),
            ("API: open, by due", node.Client, "/api/v1/complaints?status=open&sort=dueAt&pageSize=50"),
            ("API: a word", node.Client, "/api/v1/complaints?q=%E7%A9%BA%E8%B0%83&pageSize=50"),
            ("API: tasks", node.Client, "/api/v1/tasks?pageSize=50"),
            ("jobs page", await AdministratorAsync(node), "/jobs"),
        ])
        {
            var took = new List<double>();
            for (var i = 0; i < 25; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                using var answer = await client.GetAsync(path);
                await answer.Content.ReadAsStringAsync();
                if (i >= 5)
                {
                    took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                }

                if (answer.StatusCode != HttpStatusCode.OK)
                {
                    Console.WriteLine($"{what}: {(int)answer.StatusCode}");
                    break;
                }
            }

            took.Sort();
            if (took.Count > 0)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: p50 {took[took.Count / 2]:0.0} ms, p95 {took[(int)(took.Count * 0.95)]:0.0} ms"));
            }
        }
    }

    private static async Task<HttpClient> AdministratorAsync(Product node)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = node.Client.BaseAddress };
        var form = await client.GetStringAsync("/sign-in?lang=en");
        using var signIn = new FormUrlEncodedContent(new Dictionary<string, string> { ["userName"] = "admin", ["__RequestVerificationToken"] = Token().Match(form).Groups[1].Value });
        (await client.PostAsync("/sign-in/demo", signIn)).Dispose();
        return client;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

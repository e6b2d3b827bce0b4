using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CaseManagement.Benchmarks.Api;

namespace CaseManagement.Benchmarks.Timers;

/// <summary>
/// What the pages of a working day cost on PostgreSQL once there are many cases: seeds, starts the product, and asks for each page as a handler, as a supervisor of one
/// department and as a manager who sees all, narrowed to none, to one in a hundred and to half of the cases. Times are from request to the last byte on the loopback.
/// </summary>
internal static partial class PagesBenchmark
{
    private const int WarmingRounds = 15;

    private static readonly string[] People = ["service01", "members01", "service-lead", "seed-manager"];

    private static readonly (string What, string Path)[] Pages =
    [
        ("inbox", "/inbox"),
        ("counts of the views", "/inbox/views"),
        ("all open", "/inbox?view=open"),
        ("all open, page 20", "/inbox?view=open&page=20"),
        ("all open, gravest first", "/inbox?view=open&sort=level"),
        ("all open, 50 %", "/inbox?view=open&channel=phone"),
        ("all open, 1 %", "/inbox?view=open&channel=letter"),
        ("all open, none", "/inbox?view=open&channel=none"),
        ("late", "/inbox?view=late"),
        ("about to be late", "/inbox?view=soon"),
        ("paused", "/inbox?view=paused"),
        ("unclaimed", "/inbox?view=unclaimed"),
        ("escalated", "/inbox?view=escalated"),
        ("closed", "/inbox?view=closed"),
        ("closed, page 20", "/inbox?view=closed&page=20"),
        ("closed, 50 %", "/inbox?view=closed&channel=phone"),
        ("closed, 1 %", "/inbox?view=closed&channel=letter"),
        ("closed, none", "/inbox?view=closed&channel=none"),
        ("search, 40 %", "/inbox?q=%E8%A6%81%E6%B1%82"),
        ("search, 3 %", "/inbox?q=%E7%A9%BA%E8%B0%83"),
        ("search, 1 %", "/inbox?q=%E6%89%AB%E5%9C%B0%E6%9C%BA%E5%99%A8%E4%BA%BA"),
        ("search, none", "/inbox?q=%E9%87%8F%E5%AD%90"),
        ("search, a name", "/inbox?q=%E6%AC%A7%E9%98%B3%E4%BC%9F"),
        ("search, a word", "/inbox?q=refund"),
        ("search, a number", "/inbox?q=SEED00000500"),
        ("search, a telephone", "/inbox?q=19912345678"),
        ("search within all open", "/inbox?view=open&q=%E7%A9%BA%E8%B0%83"),
        ("search within all open, 1 %", "/inbox?view=open&q=%E6%89%AB%E5%9C%B0%E6%9C%BA%E5%99%A8%E4%BA%BA"),
        ("search within closed, 1 %", "/inbox?view=closed&q=%E6%89%AB%E5%9C%B0%E6%9C%BA%E5%99%A8%E4%BA%BA"),
        ("board", "/board"),
        ("API: open, by due", "/api/v1/complaints?status=open&sort=dueAt"),
    ];

    /// <remarks><c>args</c>: [folder of the built Web] [cases] [open] [rounds]</remarks>
    public static async Task RunAsync(string[] args, TimeProvider clock)
    {
        var web = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "..", "..", "Web", "release");
        var (cases, open) = (args.ElementAtOrDefault(1) ?? "1000000", args.ElementAtOrDefault(2) ?? "100000");
        var rounds = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 40;
        await using var product = await PostgreSqlProduct.OpenAsync(web);
        Console.WriteLine(Machine.Line());
        Console.WriteLine((await product.RunCommandAsync("seed", "--cases", cases, "--open", open)).TrimEnd().Split('\n')[^1]);
        await product.RunAsync("VACUUM ANALYZE");
        var node = await product.StartNodeAsync();

        // the node begins with what a million new cases leave to do: they are anchored, and counted for reports
        while (await product.AskAsync<bool>("""
            SELECT EXISTS (SELECT 1 FROM "Cases" WHERE "Anchored" = 0) OR NOT EXISTS (SELECT 1 FROM "ReportProgress") OR EXISTS (SELECT 1 FROM "ReportProgress" WHERE "After" IS NOT NULL)
            """))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), clock);
        }

        await product.RunAsync("VACUUM ANALYZE");
        Console.WriteLine("\n| page | person | p50 ms | p95 ms | rows |\n|---|---|---:|---:|---:|");
        foreach (var person in People)
        {
            // a node that has just started still compiles what it runs: the whole round is walked before the clock counts
            using var browser = await SignedInAsync(node, person);
            var first = First().Match(await browser.GetStringAsync("/inbox?view=open")) is { Success: true } found ? $"/cases/{found.Groups[1].Value}" : null;
            var pages = first is null ? Pages : [.. Pages, ("case page", first), ("cases alike", first + "/kin")];
            foreach (var (_, path) in pages)
            {
                await AskAsync(browser, path, WarmingRounds);
            }

            foreach (var (what, path) in pages)
            {
                Say(person, what, await AskAsync(browser, path, rounds));
            }
        }

        Console.WriteLine($"\n{Machine.Line()}");
    }

    private static async Task<(List<double> Took, int Rows)> AskAsync(HttpClient browser, string path, int rounds)
    {
        var (took, rows) = (new List<double>(), 0);
        for (var round = 0; round < rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            using var answer = await browser.GetAsync(path);
            var page = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                // the board is not there for handlers
                break;
            }

            took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            rows = Row().Count(page);
        }

        return (took, rows);
    }

    private static void Say(string person, string what, (List<double> Took, int Rows) asked)
    {
        var (took, rows) = asked;
        if (took.Count == 0)
        {
            return;
        }

        took.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {person} | {took[took.Count / 2]:0.0} | {took[(int)(took.Count * 0.95)]:0.0} | {rows} |"));
    }

    private static async Task<HttpClient> SignedInAsync(Product node, string person)
    {
        var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = node.Client.BaseAddress, Timeout = TimeSpan.FromMinutes(2) };
        var form = await browser.GetStringAsync("/sign-in?lang=en");
        using var signIn = new FormUrlEncodedContent(new Dictionary<string, string> { ["userName"] = person, ["__RequestVerificationToken"] = Token().Match(form).Groups[1].Value });
        (await browser.PostAsync("/sign-in/demo", signIn)).Dispose();
        return browser;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("data-case=\"([^\"]+)\"")]
    private static partial Regex First();

    [GeneratedRegex("data-case=")]
    private static partial Regex Row();
}

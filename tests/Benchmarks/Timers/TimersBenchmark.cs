using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CaseManagement.Benchmarks.Api;

namespace CaseManagement.Benchmarks.Timers;

/// <summary>Timers on PostgreSQL: many due at once while requests are answered, a million pending, a steady trickle. Real cases, real limits, real time.</summary>
internal static class TimersBenchmark
{
    /// <remarks><c>args</c>: [folder of the built Web] [due at once] [pending] [nodes] [minutes of the trickle]</remarks>
    public static async Task RunAsync(string[] args, TimeProvider clock)
    {
        var web = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "..", "..", "Web", "release");
        var (due, pending, nodes, minutes) = (Number(args, 1, 20_000), Number(args, 2, 1_000_000), Number(args, 3, 1), Number(args, 4, 1));
        await using var product = await PostgreSqlProduct.OpenAsync(web);
        Console.WriteLine(Machine.Line());
        for (var node = 0; node < nodes; node++)
        {
            await product.StartNodeAsync();
        }

        if (due > 0)
        {
            var before = await product.YardstickAsync();
            var perSecond = await ManyAtOnceAsync(product, due, clock);
            var after = await product.YardstickAsync();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pgbench -N, 8 clients: {before:0}/s before, {after:0}/s after; timers to pgbench {perSecond / ((before + after) / 2):0.00}"));
        }

        if (pending > 0)
        {
            await ManyPendingAsync(product, pending, minutes, clock);
        }
    }

    private static int Number(string[] args, int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;

    /// <returns>Timers fired a second.</returns>
    private static async Task<double> ManyAtOnceAsync(PostgreSqlProduct product, int count, TimeProvider clock)
    {
        var seeding = Stopwatch.StartNew();
        var at = clock.GetUtcNow() + TimeSpan.FromSeconds(60 + (count / 300.0));
        at = new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        var template = await RegisterAsync(product.Nodes[0], at);
        for (var from = 1; from < count; from += 5000)
        {
            await ClonedCases.MakeAsync(product.Source, [template], from, Math.Min(5000, count - from));
        }

        await product.RunAsync("VACUUM ANALYZE");
        await product.RunAsync("CHECKPOINT");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} cases made in {seeding.Elapsed.TotalSeconds:0} s"));
        if (clock.GetUtcNow() > at)
        {
            throw new InvalidOperationException("Making the cases took longer than planned.");
        }

        // an idle half minute's answers first, to compare
        using var idle = new CancellationTokenSource();
        var before = AnswersAsync(product, template, clock, idle.Token);
        await Task.Delay(at - clock.GetUtcNow() - TimeSpan.FromMilliseconds(100), clock);
        await idle.CancelAsync();
        Say("answers before", await before);

        using var stop = new CancellationTokenSource();
        var during = AnswersAsync(product, template, clock, stop.Token);
        var begun = await product.ProcessorTimeAsync();
        var left = long.MaxValue;
        while (left > 0 && clock.GetUtcNow() < at.AddMinutes(3))
        {
            // not more often: it looks through the whole table
            await Task.Delay(TimeSpan.FromSeconds(1), clock);
            left = await product.AskAsync<long>("""SELECT count(*) FROM "Timers" WHERE "DueAt" <= now() AND "Kind" = 'Clock'""");
        }

        var ended = await product.ProcessorTimeAsync();
        await stop.CancelAsync();
        Say("answers meanwhile", await during);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"processor time per timer, answers included: ours {(ended.Nodes - begun.Nodes).TotalMilliseconds / count:0.00} ms, the server's {(ended.Server - begun.Server).TotalMilliseconds / count:0.00} ms"));
        var acted = $"""FROM "Events" WHERE "Type" = 'rung.acted' AND "Data"::json ->> 'rung' = 'overdue' AND "RecordedAt" >= '{at:O}'""";
        var fired = await product.AskAsync<long>($"SELECT count(*) {acted}");
        var last = await product.AskAsync<double>($"""SELECT extract(epoch FROM max("RecordedAt") - '{at:O}'::timestamptz)::float8 {acted}""");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fired:N0} timers due at once: all fired {last:0.0} s later, {fired / last:0}/s; {product.Nodes.Count} node(s)"));
        return fired / last;
    }

    private static async Task ManyPendingAsync(PostgreSqlProduct product, int count, int minutes, TimeProvider clock)
    {
        product.StopNodes();
        await product.RunAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            INSERT INTO "Timers" ("Id", "DueAt", "NextAttemptAt", "Severity", "Kind", "Payload", "Attempts")
            SELECT gen_random_uuid(), at, at, n % 4, 'Clock', gen_random_uuid()::text, 0
            FROM (SELECT n, now() + interval '1 day' + n * interval '31 seconds' AS at FROM generate_series(1, {count}) n) s
            """));
        await product.RunAsync("VACUUM ANALYZE");
        var starts = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            product.StopNodes();
            starts.Add((await product.StartNodeAsync()).ReadyAfter.TotalSeconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} timers pending: ready {starts.Median(s => s):0.0} s after start ({starts.Min():0.0}–{starts.Max():0.0})"));
        var node = product.Nodes[0];
        var memory = new List<double> { await ResidentAsync(node) };

        // twenty cases a second come in, each with a limit that breaks 15 seconds later
        var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50), clock);
        var registering = new List<Task>();
        for (var number = 1; number <= 1200 * minutes; number++)
        {
            await beat.WaitForNextTickAsync();
            if (number % 1200 == 0)
            {
                memory.Add(await ResidentAsync(node));
            }

            registering.Add(RegisterAsync(node, clock.GetUtcNow().AddSeconds(15)));
        }

        await Task.WhenAll(registering);
        await Task.Delay(TimeSpan.FromSeconds(17), clock);
        var late = new List<double>();
        await using (var command = product.Source.CreateCommand(
            """
            SELECT extract(epoch FROM "RecordedAt" - ("Data"::json ->> 'dueAt')::timestamptz)::float8 FROM "Events"
            WHERE "Type" = 'rung.acted' AND "Data"::json ->> 'rung' = 'overdue' ORDER BY "RecordedAt" DESC LIMIT 1200
            """))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                late.Add(reader.GetDouble(0) * 1000);
            }
        }

        late.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"20 timers a second: {late.Count} fired, lateness p50 {late[late.Count / 2]:0} ms, p99 {late[(int)(late.Count * 0.99)]:0} ms, worst {late[^1]:0} ms; "
            + $"resident MB at the start and after each minute: {string.Join(", ", memory.Select(m => m.ToString("0", CultureInfo.InvariantCulture)))}"));
    }

    private static async Task<double> ResidentAsync(Product node) => (await node.CountersAsync())["process_working_set_bytes"] / 1048576;

    /// <summary>Four callers that read a case, or now and then register one, with a pause between.</summary>
    private static async Task<double[]> AnswersAsync(PostgreSqlProduct product, Guid template, TimeProvider clock, CancellationToken stop)
    {
        var took = new ConcurrentBag<double>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
        {
            var node = product.Nodes[caller % product.Nodes.Count];
            for (var number = caller; !stop.IsCancellationRequested; number++)
            {
                var begun = Stopwatch.GetTimestamp();
                if (number % 4 == 0)
                {
                    await RegisterAsync(node, clock.GetUtcNow().AddHours(24));
                }
                else
                {
                    (await node.Client.GetAsync($"/api/v1/complaints/{template}", CancellationToken.None)).EnsureSuccessStatusCode();
                }

                took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                await Task.Delay(TimeSpan.FromMilliseconds(100), clock, CancellationToken.None);
            }
        })));
        return [.. took.Order()];
    }

    private static void Say(string what, double[] took) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what}: {took.Length}, p50 {took[took.Length / 2]:0} ms, p99 {took[(int)(took.Length * 0.99)]:0} ms, worst {took[^1]:0} ms"));

    private static async Task<Guid> RegisterAsync(Product node, DateTimeOffset replyDue) => (await node.PostAsync("/api/v1/complaints", new
    {
        channel = "phone",
        subject = "空调维修拖延",
        description = "约定上门三次未到",
        category = "speed",
        receivedAt = replyDue.AddHours(-24),
        complainant = new { name = "王女士", phone = "13800000000" },
    })).GetProperty("id").GetGuid();
}

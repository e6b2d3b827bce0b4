using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Limits;

/// <summary>A limit changed while cases run, on either database: what the preview shows is what happens, each case once. Each test on a host of its own.</summary>
public sealed class LiveLimitTests
{
    private const string Process = "standard-complaint";
    private const string Limits = $"/api/v1/processes/{Process}/limits";

    private static readonly Performer Administrator = new() { Actor = new Actor(ActorKind.Person, "admin", "Admin") };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_limit_changed_fifty_times_leaves_one_timer_per_rung(bool onPostgreSql)
    {
        await using var host = new ApiHost(onPostgreSql);
        using var program = host.Client();
        var path = await RegisterAsync(program);
        var before = await TimersAsync(host);

        for (var days = 1; days <= 50; days++)
        {
            await program.TellAsync(Limits + "/resolution/apply", new { amount = 7 + days, scope = "openCases", reason = "Again" });
        }

        var clock = Clock(await program.AskAsync(path), "resolution");
        Assert.Equal("2026-10-29T15:59:00+00:00", clock["dueAt"].Text());
        var after = await TimersAsync(host);
        Assert.Equal(before.Count, after.Count);
        Assert.Equal(before.Select(t => t.Id), after.Select(t => t.Id));
        var due = DateTimeOffset.Parse("2026-10-29T15:59:00Z", System.Globalization.CultureInfo.InvariantCulture);
        foreach (var rung in (DateTimeOffset[])[due.AddHours(-24), due.AddHours(24)])
        {
            Assert.Single(after, t => t.DueAt == rung);
        }

        Assert.Equal(50, (await program.AskAsync(path + "/timeline")).AsArray().Count(e => e!["type"].Text() == "clock.recomputed"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_change_that_puts_rungs_in_the_past_fires_each_once_and_says_why(bool onPostgreSql)
    {
        await using var host = new ApiHost(onPostgreSql);
        using var program = host.Client();
        var path = await RegisterAsync(program);
        await program.TellAsync("/api/v1/clock/advance", new { by = "PT12H" });

        var preview = await program.TellAsync(Limits + "/reply/preview", new { amount = 6, scope = "openCases" });
        var applied = await program.TellAsync(Limits + "/reply/apply", new { amount = 6, scope = "openCases", reason = "Faster" });
        await program.TellAsync(Limits + "/reply/apply", new { amount = 5, scope = "openCases", reason = "Faster still" });
        await program.TellAsync("/api/v1/clock/advance", new { by = "PT1H" });

        Assert.True(preview["affected"]![0]!["late"]!.GetValue<bool>());
        Assert.Equal(1, preview["late"]!.GetValue<int>());
        Assert.Equal(preview["affected"]!.ToJsonString(), applied["affected"]!.ToJsonString());
        var timeline = (await program.AskAsync(path + "/timeline")).AsArray();
        foreach (var (type, rung) in new[] { ("clock.breached", (string?)null), ("rung.acted", "warn"), ("rung.acted", "overdue") })
        {
            var acted = Assert.Single(timeline, e => e!["type"].Text() == type && e["data"]!["clock"].Text() == "reply" && (rung is null || e["data"]!["rung"].Text() == rung));
            Assert.Equal(applied["applied"].Text(), acted!["data"]!["change"].Text());
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Preview_and_change_agree_case_by_case_and_an_undo_takes_all_back(bool onPostgreSql)
    {
        await using var host = new ApiHost(onPostgreSql);
        using var program = host.Client();
        for (var i = 0; i < 300; i++)
        {
            await RegisterAsync(program);
        }

        await program.TellAsync("/api/v1/clock/advance", new { by = "PT30H" });
        var (changes, configurations) = (host.Services.GetRequiredService<LimitChanges>(), host.Services.GetRequiredService<StoredConfigurations>());
        LimitProposal Propose(CaseConfiguration now) => LimitProposal.Of(
            now, Process, "resolution", new JsonObject { ["amount"] = 9, ["unit"] = "workingHours", ["endOf"] = "instant", ["countFrom"] = "nextWorkingDay" }, openCases: true);
        var old = await DueAsync(host);

        var previewed = await changes.PreviewAsync(Propose(await configurations.CurrentAsync(Token)), Token);
        Assert.Equal(old, await DueAsync(host));
        var applied = await changes.ApplyAsync(Propose, null, "Count working hours", Administrator, Token);

        Assert.Equal(300, previewed.Count);
        Assert.Equal(previewed.Select(Moved).Order(StringComparer.Ordinal), applied!.Moved.Select(Moved).Order(StringComparer.Ordinal));
        Assert.Equal(applied.Moved.Select(m => m.Counted.NewDueAt).Order(), (await DueAsync(host)).Order());
        var last = (await configurations.CurrentAsync(Token)).LimitChanges[Process][^1].Sequence;
        await changes.ApplyAsync(now => LimitProposal.Undoing(now, Process, last), null, "A mistake", Administrator, Token);
        Assert.Equal(old, await DueAsync(host));
        Assert.Null(LimitProposal.Undoing(await configurations.CurrentAsync(Token), Process, last));

        static string Moved(Configuration.MovedClock one) => $"{one.Number} {one.Counted.Clock.Key} {one.Counted.OldDueAt:O} {one.Counted.NewDueAt:O} {one.Counted.IsLateAtOnce}";
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Bursts_that_come_while_a_limit_changes_are_neither_lost_nor_run_under_a_mixture(bool onPostgreSql)
    {
        await using var host = new ApiHost(onPostgreSql);
        using var program = host.Client();
        var paths = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            paths.Add(await RegisterAsync(program));
        }

        var notes = paths.Select(path => Task.Run(() => program.TellAsync(path + "/notes", new { text = "called back" }), Token)).ToList();
        var pauses = paths.Take(30).Select(path => Task.Run(() => program.TellAsync(path + "/clocks/resolution/pause", new { reason = "awaiting-material" }), Token)).ToList();
        var applied = await program.TellAsync(Limits + "/resolution/apply", new { amount = 10, scope = "openCases", reason = "Meanwhile" });
        await Task.WhenAll(notes.Concat(pauses));

        Assert.Equal(60, applied["total"]!.GetValue<int>());
        foreach (var (path, at) in paths.Select((path, at) => (path, at)))
        {
            var complaint = await program.AskAsync(path);
            Assert.Equal("2026-09-12T15:59:00+00:00", Clock(complaint, "resolution")["dueAt"].Text());
            Assert.Equal(at < 30 ? "paused" : "running", Clock(complaint, "resolution")["state"].Text());
            Assert.Single((await program.AskAsync(path + "/timeline")).AsArray(), e => e!["type"].Text() == "noted");
        }
    }

    [Fact]
    public async Task A_condition_added_to_a_limit_hands_open_clocks_to_the_one_that_holds()
    {
        await using var host = new ApiHost();
        using var program = host.Client();
        var (grave, other) = (await RegisterAsync(program), await RegisterAsync(program));
        await program.TellAsync(grave + "/level", new { level = "serious", reason = "in the papers" });

        var applied = await program.TellAsync(Limits + "/resolution/apply", new { when = new { reopenings = "0", level = "serious" }, amount = 3, scope = "openCases", reason = "Serious ones first" });

        Assert.Equal(1, applied["total"]!.GetValue<int>());
        Assert.Equal("2026-09-05T15:59:00+00:00", Clock(await program.AskAsync(grave), "resolution")["dueAt"].Text());
        Assert.Equal("2026-09-09T15:59:00+00:00", Clock(await program.AskAsync(other), "resolution")["dueAt"].Text());
    }

    [Fact]
    public async Task Another_level_is_tried_before_it_moves_clocks()
    {
        await using var host = new ApiHost();
        using var program = host.Client();
        await program.TellAsync(Limits + "/resolution/apply", new { when = new { reopenings = "0", level = "general" }, scope = "openCases", reason = "General ones" });
        await program.TellAsync(Limits + "/resolution-again/apply", new { when = new { level = "serious" }, from = "receivedAt", amount = 3, scope = "openCases", reason = "Serious ones" });
        var path = await RegisterAsync(program);

        var tried = (await program.TellAsync(path + "/level/preview", new { level = "serious" })).AsArray();
        Assert.Equal("2026-09-09T15:59:00+00:00", Clock(await program.AskAsync(path), "resolution")["dueAt"].Text());
        await program.TellAsync(path + "/level", new { level = "serious", reason = "in the papers" });

        var moved = Assert.Single(tried)!;
        Assert.Equal(("resolution", "resolution-again", "2026-09-09T15:59:00+00:00", "2026-09-05T15:59:00+00:00"), (moved["clock"].Text(), moved["limit"].Text(), moved["oldDue"].Text(), moved["newDue"].Text()));
        Assert.Equal("2026-09-05T15:59:00+00:00", Clock(await program.AskAsync(path), "resolution")["dueAt"].Text());
        Assert.Equal("level-unknown", (await program.TellAsync(path + "/level/preview", new { level = "cosmic" }, 400)).Code());
    }

    [Fact]
    public async Task Those_who_hold_tasks_hear_once_that_their_due_times_moved()
    {
        await using var host = new ApiHost();
        using var program = host.Client();
        using var li = host.Client("li");
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var task = (await program.AskAsync(await RegisterAsync(program)))["tasks"]!.AsArray().First(t => t!["state"].Text() == "open")!;
            await li.TellAsync($"/api/v1/tasks/{task["id"]}/claim", null);
        }

        await program.TellAsync(Limits + "/reply/apply", new { amount = 36, scope = "openCases", reason = "Holiday" });

        using var scope = host.Services.CreateScope();
        var notice = Assert.Single(await scope.ServiceProvider.GetRequiredService<CaseManagementDbContext>().Messages.Where(m => m.Template == OpenClocks.NoticeTemplate).ToListAsync(Token));
        Assert.Equal("inbox", notice.Channel);
        Assert.StartsWith("user:", notice.Recipient, StringComparison.Ordinal);
        Assert.Contains("3 of your cases", notice.SubjectEn, StringComparison.Ordinal);
        Assert.Contains("3 件", notice.SubjectZh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_for_new_cases_that_is_undone_stays_with_the_cases_registered_meanwhile()
    {
        await using var host = new ApiHost();
        using var program = host.Client();
        await program.TellAsync(Limits + "/reply/apply", new { amount = 2, scope = "newCases", reason = "Faster" });
        var meanwhile = await RegisterAsync(program);
        var change = (await program.AskAsync(Limits + "/changes")).AsArray()[0]!;
        Assert.True(change["mayUndo"]!.GetValue<bool>());
        Assert.Contains("24 hours → 2 hours", change["changes"]![0].Text(), StringComparison.Ordinal);

        await program.TellAsync($"{Limits}/changes/{change["id"]}/undo", new { reason = "Too fast" });

        await program.TellAsync("/api/v1/clock/advance", new { by = "PT1M" });
        Assert.Equal("2026-09-02T04:00:00+00:00", Clock(await program.AskAsync(meanwhile), "reply")["dueAt"].Text());
        Assert.Equal("2026-09-03T02:01:00+00:00", Clock(await program.AskAsync(await RegisterAsync(program)), "reply")["dueAt"].Text());
        Assert.Equal("change-not-undoable", (await program.TellAsync($"{Limits}/changes/{change["id"]}/undo", new { reason = "Again" }, 409)).Code());
    }

    private static async Task<string> RegisterAsync(HttpClient program) =>
        $"/api/v1/complaints/{(await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"]}";

    private static async Task<List<(Guid Id, DateTimeOffset DueAt)>> TimersAsync(ApiHost host)
    {
        using var scope = host.Services.CreateScope();
        var timers = await scope.ServiceProvider.GetRequiredService<CaseManagementDbContext>().Timers.AsNoTracking().Where(t => t.Kind == CaseTimers.Clock).ToListAsync(Token);
        return [.. timers.Select(t => (t.Id, t.DueAt)).OrderBy(t => t.Id)];
    }

    private static async Task<List<DateTimeOffset?>> DueAsync(ApiHost host)
    {
        using var scope = host.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<CaseManagementDbContext>().Clocks.AsNoTracking().Where(c => c.Key == "resolution")
            .OrderBy(c => c.ComplaintId).Select(c => c.DueAt).ToListAsync(Token);
    }

    private static JsonNode Clock(JsonNode complaint, string key) => complaint["clocks"]!.AsArray().Single(c => c!["key"].Text() == key)!;
}

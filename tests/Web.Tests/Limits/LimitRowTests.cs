using System.Globalization;
using System.Text.Json.Nodes;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Limits;

/// <summary>Whole limits added to a clock, taken away and moved while cases run, on either database, without another version of the process.</summary>
public sealed class LimitRowTests
{
    private const string Process = "standard-complaint";
    private const string Limits = $"/api/v1/processes/{Process}/limits";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_limit_added_before_another_takes_the_cases_its_condition_names(bool onPostgreSql)
    {
        await using var host = new ApiHost(onPostgreSql);
        using var program = host.Client();
        var (grave, other) = (await RegisterAsync(program), await RegisterAsync(program));
        await program.TellAsync(grave + "/level", new { level = "serious", reason = "in the papers" });
        var body = new { limit = Serious(3), before = "resolution", scope = "openCases", reason = "Serious ones first" };

        var preview = await program.TellAsync(Limits + "/add/preview", body);
        Assert.Equal("2026-09-09T15:59:00+00:00", await DueAsync(program, grave));
        var applied = await program.TellAsync(Limits + "/add/apply", body);

        Assert.Equal(preview["affected"]!.ToJsonString(), applied["affected"]!.ToJsonString());
        Assert.Equal((1, "resolution-2"), (applied["total"]!.GetValue<int>(), applied["limit"].Text()));
        Assert.Equal("2026-09-05T15:59:00+00:00", await DueAsync(program, grave));
        Assert.Equal("2026-09-09T15:59:00+00:00", await DueAsync(program, other));
        var order = (await program.AskAsync(Limits)).AsArray().Where(l => l!["clock"].Text() == "resolution").Select(l => l!["key"].Text()).ToList();
        Assert.Equal("resolution-2", order[0]);

        var later = await RegisterAsync(program);
        await program.TellAsync(later + "/level", new { level = "serious", reason = "in the papers" });
        Assert.Equal("2026-09-05T15:59:00+00:00", await DueAsync(program, later));
        await program.TellAsync("/api/v1/clock/advance", new { by = "P4D" });
        Assert.Equal("breached", Clock(await program.AskAsync(grave))["state"].Text());
        Assert.Equal("running", Clock(await program.AskAsync(other))["state"].Text());

        await program.TellAsync($"{Limits}/changes/{await NewestAsync(program)}/undo", new { reason = "A mistake" });
        Assert.Equal("2026-09-09T15:59:00+00:00", await DueAsync(program, grave));
        Assert.DoesNotContain((await program.AskAsync(Limits)).AsArray(), l => l!["key"].Text() == "resolution-2");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_limit_taken_away_leaves_open_cases_alone_or_lets_them_choose_again(bool onPostgreSql)
    {
        await using var host = new ApiHost(onPostgreSql);
        using var program = host.Client();
        await program.TellAsync(Limits + "/add/apply", new { limit = Serious(3), before = "resolution", scope = "openCases", reason = "Serious ones first" });
        var path = await RegisterAsync(program);
        await program.TellAsync(path + "/level", new { level = "serious", reason = "in the papers" });

        await program.TellAsync(Limits + "/resolution-2/remove/apply", new { scope = "newCases", reason = "No longer" });
        Assert.Equal("2026-09-05T15:59:00+00:00", await DueAsync(program, path));
        var later = await RegisterAsync(program);
        await program.TellAsync(later + "/level", new { level = "serious", reason = "in the papers" });
        Assert.Equal("2026-09-09T15:59:00+00:00", await DueAsync(program, later));
        await program.TellAsync($"{Limits}/changes/{await NewestAsync(program)}/undo", new { reason = "For all, then" });

        var preview = await program.TellAsync(Limits + "/resolution-2/remove/preview", new { scope = "openCases" });
        var applied = await program.TellAsync(Limits + "/resolution-2/remove/apply", new { scope = "openCases", reason = "No longer" });

        Assert.Equal(preview["affected"]!.ToJsonString(), applied["affected"]!.ToJsonString());
        Assert.Equal(0, applied["withoutDue"]!.GetValue<int>());
        Assert.Equal("2026-09-09T15:59:00+00:00", await DueAsync(program, path));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_clock_whose_last_limit_is_taken_away_runs_on_without_a_due_time_and_an_undo_brings_it_back(bool onPostgreSql)
    {
        await using var host = new ApiHost(onPostgreSql);
        using var program = host.Client();
        var open = await RegisterAsync(program);
        await program.TellAsync("/api/v1/clock/advance", new { by = "PT1H" });

        var preview = await program.TellAsync(Limits + "/reply/remove/preview", new { scope = "openCases" });
        var applied = await program.TellAsync(Limits + "/reply/remove/apply", new { scope = "openCases", reason = "No first reply any more" });

        Assert.Equal(1, preview["withoutDue"]!.GetValue<int>());
        Assert.Equal(preview["affected"]!.ToJsonString(), applied["affected"]!.ToJsonString());
        Assert.False(applied["affected"]![0]!.AsObject().TryGetPropertyValue("newDue", out var due) && due is not null);
        await program.TellAsync("/api/v1/clock/advance", new { by = "P3D" });
        var clock = Clock(await program.AskAsync(open), "reply");
        Assert.Equal("running", clock["state"].Text());
        Assert.Null(clock["dueAt"]);
        Assert.DoesNotContain((await program.AskAsync(open + "/timeline")).AsArray(), e => e!["type"].Text() is "clock.breached" or "rung.acted" && e["data"]!["clock"].Text() == "reply");
        Assert.DoesNotContain((await program.AskAsync(await RegisterAsync(program)))["clocks"]!.AsArray(), c => c!["key"].Text() == "reply");
        await program.TellAsync(open + "/notes", new { text = "still works" });

        await program.TellAsync($"{Limits}/changes/{await NewestAsync(program)}/undo", new { reason = "It was needed" });
        Assert.Equal("breached", Clock(await program.AskAsync(open), "reply")["state"].Text());
        Assert.Equal("2026-09-03T02:00:00+00:00", Clock(await program.AskAsync(open), "reply")["dueAt"].Text());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Moving_a_limit_decides_which_of_two_that_hold_counts_and_every_case_moves_as_previewed(bool onPostgreSql)
    {
        await using var host = new ApiHost(onPostgreSql);
        using var program = host.Client();
        await program.TellAsync(Limits + "/add/apply", new { limit = Serious(3, "resolution-grave"), scope = "openCases", reason = "Last for now" });
        for (var i = 0; i < 40; i++)
        {
            var path = await RegisterAsync(program);
            if (i % 2 == 0)
            {
                await program.TellAsync(path + "/level", new { level = "serious", reason = "in the papers" });
            }
        }

        var before = await DuesAsync(host);
        var preview = await program.TellAsync(Limits + "/resolution-grave/move/preview", new { before = "resolution", scope = "openCases" });
        Assert.Equal(before, await DuesAsync(host));
        var applied = await program.TellAsync(Limits + "/resolution-grave/move/apply", new { before = "resolution", scope = "openCases", reason = "First" });

        Assert.Equal(20, applied["total"]!.GetValue<int>());
        Assert.Equal(preview["affected"]!.ToJsonString(), applied["affected"]!.ToJsonString());
        var after = await DuesAsync(host);
        Assert.Equal(20, after.Count(due => due == "2026-09-05T15:59:00"));
        await program.TellAsync($"{Limits}/changes/{await NewestAsync(program)}/undo", new { reason = "As it was" });
        Assert.Equal(before, await DuesAsync(host));
        var said = (await program.AskAsync(Limits + "/changes")).AsArray();
        Assert.Contains("no. 3 → no. 1", said[1]!["changes"]![0].Text(), StringComparison.Ordinal);
        Assert.StartsWith("Whole limit: none → ", said[2]!["changes"]![0].Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_is_recorded_with_what_was_done_and_why()
    {
        await using var host = new ApiHost();
        using var program = host.Client();
        await program.TellAsync(Limits + "/add/apply", new { limit = Serious(3), scope = "newCases", reason = "Try it" });
        await program.TellAsync(Limits + "/resolution-2/move/apply", new { before = "resolution", scope = "newCases", reason = "First" });
        await program.TellAsync(Limits + "/resolution-2/remove/apply", new { scope = "newCases", reason = "No longer" });

        using var scope = host.Services.CreateScope();
        var events = await scope.ServiceProvider.GetRequiredService<CaseManagementDbContext>().ConfigurationEvents.Where(e => e.Type == LimitChanges.Applied).OrderBy(e => e.Sequence).ToListAsync(Token);
        var data = events.ConvertAll(e => JsonNode.Parse(e.Data)!);
        Assert.Equal(["Try it", "First", "No longer"], data.Select(d => d["reason"].Text()));
        Assert.Null(data[0]["before"]);
        Assert.Equal("resolution", data[1]["rows"]!["$before"].Text());
        Assert.Null(data[2]["after"]);
    }

    [Theory]
    [InlineData("""{"limit": {"clock": "weather", "name": {"zh": "某", "en": "Some"}, "amount": 1, "unit": "days", "rungs": []}}""", "clock")]
    [InlineData("""{"limit": {"key": "reply", "clock": "reply", "name": {"zh": "某", "en": "Some"}, "amount": 1, "unit": "days", "rungs": []}}""", "key")]
    [InlineData("""{"limit": {"clock": "reply", "name": {"zh": "某", "en": "Some"}, "amount": 1, "unit": "days", "rungs": []}, "before": "resolution"}""", "before")]
    [InlineData("""{"limit": {"clock": "reply", "name": {"zh": "某", "en": "Some"}, "amount": 1, "unit": "days", "rungs": []}}""", "rungs")]
    [InlineData("""{"limit": {"clock": "reply", "name": {"zh": "某", "en": "Some"}, "amount": "24:00:00", "unit": "hours", "rungs": []}}""", "amount")]
    [InlineData("""{"limit": {"clock": "reply", "name": {"zh": "某", "en": "Some"}, "when": {"colour": "red"}, "amount": 1, "unit": "days", "rungs": [{"key": "due", "at": "due", "do": []}]}}""", "when")]
    public async Task A_limit_that_cannot_be_is_refused_at_its_member_and_nothing_changes(string body, string member)
    {
        await using var host = new ApiHost();
        using var program = host.Client();
        var request = (JsonObject)JsonNode.Parse(body)!;
        (request["scope"], request["reason"]) = ("openCases", "Try it");

        var refused = await program.TellAsync(Limits + "/add/apply", request, 400);

        Assert.Contains(refused["errors"]!.AsObject(), error => error.Key.StartsWith(member, StringComparison.Ordinal));
        Assert.Empty((await program.AskAsync(Limits + "/changes")).AsArray());
    }

    [Fact]
    public async Task A_change_from_before_somebody_elses_is_refused_and_so_is_whoever_is_no_administrator()
    {
        await using var host = new ApiHost();
        using var program = host.Client();
        using var li = host.Client("li");
        var seen = (await program.AskAsync(Limits)).AsArray()[0]!["rowsSeen"].Text();
        await program.TellAsync(Limits + "/reply/apply", new { amount = 12, scope = "newCases", reason = "Faster" });

        Assert.Equal("limit-changed", (await program.TellAsync(Limits + "/reply/remove/apply", new { scope = "newCases", reason = "No longer", seen }, 409)).Code());
        await li.TellAsync(Limits + "/reply/remove/apply", new { scope = "newCases", reason = "No longer" }, 403);
        await li.TellAsync(Limits + "/add/apply", new { limit = Serious(3), scope = "newCases", reason = "Mine" }, 403);
        Assert.Equal("limit-unknown", (await program.TellAsync(Limits + "/nothing/remove/preview", new { scope = "newCases" }, 404)).Code());
        Assert.Equal("reason-required", (await program.TellAsync(Limits + "/reply/remove/apply", new { scope = "newCases" }, 400)).Code());
    }

    private static JsonNode Serious(int days, string? key = null) => JsonNode.Parse(
        (key is null ? "{" : $"{{\"key\": \"{key}\",") + $$"""
          "clock": "resolution", "name": {"zh": "严重投诉办结", "en": "Resolution of serious ones"}, "when": {"level": "serious"}, "from": "receivedAt", "to": "repliedAt",
          "amount": {{days}}, "unit": "days", "endOf": "endOfDay", "rungs": [{"key": "overdue", "at": "due", "do": [{"notify": ["supervisor"], "template": "overdue"}]}]}
        """)!;

    private static async Task<string> RegisterAsync(HttpClient program) =>
        $"/api/v1/complaints/{(await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"]}";

    private static async Task<long> NewestAsync(HttpClient program) => (await program.AskAsync(Limits + "/changes")).AsArray()[0]!["id"]!.GetValue<long>();

    private static async Task<string> DueAsync(HttpClient program, string path) => Clock(await program.AskAsync(path))["dueAt"].Text();

    private static async Task<List<string?>> DuesAsync(ApiHost host)
    {
        using var scope = host.Services.CreateScope();
        var clocks = await scope.ServiceProvider.GetRequiredService<CaseManagementDbContext>().Clocks.AsNoTracking().Where(c => c.Key == "resolution")
            .OrderBy(c => c.ComplaintId).ToListAsync(Token);
        return clocks.ConvertAll(c => c.DueAt?.UtcDateTime.ToString("s", CultureInfo.InvariantCulture));
    }

    private static JsonNode Clock(JsonNode complaint, string key = "resolution") => complaint["clocks"]!.AsArray().Single(c => c!["key"].Text() == key)!;
}

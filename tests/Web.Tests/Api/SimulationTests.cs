using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Simulations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Api;

/// <summary>Trying processes out and replaying cases through the API: what it shows, what it refuses, what it never does.</summary>
public sealed class SimulationTests : IAsyncDisposable
{
    private const string Process = "/api/v1/processes/standard-complaint";
    private const string Simulate = Process + "/simulate";
    private const string Replay = Process + "/replay";

    private readonly ApiHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_case_that_nobody_handles_shows_its_breaches_and_whom_they_reach_and_stores_nothing()
    {
        using var program = _host.Client();
        var before = await RowsAsync();

        var shown = await program.TellAsync(Simulate, new { register = Sample.Complaint() });

        var complaint = shown["cases"]![0]!["complaint"]!;
        var reply = complaint["clocks"]!.AsArray().Single(c => c!["key"].Text() == "reply")!;
        Assert.Equal(("breached", "2026-09-03T02:00:00+00:00"), (reply["state"].Text(), reply["dueAt"].Text()));
        Assert.NotEmpty(reply["explanation"].Text());
        Assert.Contains(shown["cases"]![0]!["escalations"]!.AsArray(), e => e!["data"]!["to"].Text() == "manager");
        var receipt = shown["cases"]![0]!["messages"]!.AsArray().First(m => m!["template"].Text() == "receipt")!;
        Assert.NotEqual(receipt["body"]!["zh"].Text(), receipt["body"]!["en"].Text());
        Assert.All(shown["timeline"]!.AsArray(), e => Assert.NotEmpty(e!["text"].Text()));
        Assert.Equal(before, await RowsAsync());
    }

    [Fact]
    public async Task People_who_do_everything_at_once_close_the_case()
    {
        using var program = _host.Client();

        var shown = await program.TellAsync(Simulate, new { register = Sample.Complaint(), behaviour = new { after = "PT0S" } });

        Assert.Equal("closed", shown["cases"]![0]!["complaint"]!["status"].Text());
        Assert.Null(shown["stoppedBy"]);
    }

    [Fact]
    public async Task A_draft_runs_before_it_is_published()
    {
        using var program = _host.Client();
        using var zip = await program.GetAsync(new Uri(Process + "/export", UriKind.Relative), Token);
        var changed = Rewritten(await zip.Content.ReadAsByteArrayAsync(Token), "limits.json", text => text.Replace("\"amount\": 24,", "\"amount\": 2,", StringComparison.Ordinal));
        using var content = new ByteArrayContent(changed);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        using var imported = await program.PostAsync(new Uri("/api/v1/processes/import", UriKind.Relative), content, Token);
        Assert.True(imported.IsSuccessStatusCode, await imported.Content.ReadAsStringAsync(Token));

        var draft = await program.TellAsync(Simulate, new { register = Sample.Complaint() });
        var live = await program.TellAsync(Simulate, new { register = Sample.Complaint(), version = 1 });

        Assert.Equal((2, "2026-09-02T04:00:00+00:00"), (draft["version"]!.GetValue<int>(), DueOf(draft, "reply")));
        Assert.Equal((1, "2026-09-03T02:00:00+00:00"), (live["version"]!.GetValue<int>(), DueOf(live, "reply")));
    }

    [Fact]
    public async Task A_scenario_says_what_does_not_hold()
    {
        using var program = _host.Client();
        object[] steps =
        [
            new { at = "2026-09-07T09:00", register = new { @as = "c", channel = "phone", subject = "A", description = "B", category = "speed" } },
            new { at = "2026-09-08T10:00", expect = new { complaint = "c", status = "closed" } },
        ];

        var shown = await program.TellAsync(Simulate, new { scenario = new { id = "x", process = "standard-complaint", steps } });

        Assert.Equal(2, shown["failure"]!["step"]!.GetValue<int>());
        var difference = shown["failure"]!["differences"]!.AsArray().Single()!;
        Assert.Equal(("status", "open", "closed"), (difference["what"].Text(), difference["got"].Text(), difference["expected"].Text()));
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_by_place()
    {
        using var program = _host.Client();
        using var chinese = _host.Client(language: "zh-CN");

        var scenario = await program.TellAsync(Simulate, new { scenario = new { steps = new object[] { new { dance = new { } } } } }, 400);
        var registration = await program.TellAsync(Simulate, new { register = new { channel = "pigeon", subject = "A", description = "B" } }, 400);
        var behaviour = await program.TellAsync(Simulate, new { register = Sample.Complaint(), behaviour = new { after = "soon", days = 0 } }, 400);
        var neither = await program.TellAsync(Simulate, new { version = 1 }, 400);
        var version = await program.TellAsync(Simulate, new { register = Sample.Complaint(), version = 99 }, 404);

        Assert.Equal("verb-unknown", Error(scenario, "scenario.steps[0].dance"));
        Assert.Equal("channel-unknown", Error(registration, "register.channel"));
        Assert.Equal("type-wrong", Error(behaviour, "behaviour.after"));
        Assert.Equal("out-of-range", Error(behaviour, "behaviour.days"));
        Assert.Equal("required", Error(neither, "scenario"));
        Assert.Equal("process-version-unknown", version.Code());
        Assert.Equal("process-unknown", (await program.TellAsync("/api/v1/processes/none/simulate", new { register = Sample.Complaint() }, 404)).Code());
        Assert.NotEqual(scenario["detail"].Text(), (await chinese.TellAsync(Simulate, new { version = 1 }, 400))["detail"].Text());
    }

    [Fact]
    public async Task Only_process_owners_and_administrators_try_out_and_replay()
    {
        using var handler = _host.Client("li");
        using var owner = _host.Client("owner");

        await handler.TellAsync(Simulate, new { register = Sample.Complaint() }, 403);
        await handler.TellAsync(Replay, Period(), 403);
        await owner.TellAsync(Simulate, new { register = Sample.Complaint() });
        await owner.TellAsync(Replay, Period());
    }

    [Fact]
    public async Task More_than_ten_a_minute_are_refused_until_later()
    {
        using var owner = _host.Client("owner");
        using var program = _host.Client();
        for (var run = 0; run < SimulationGate.PerMinute; run++)
        {
            await owner.TellAsync(Replay, Period());
        }

        using var refused = await owner.PostAsync(new Uri(Replay, UriKind.Relative), JsonContent.Create(Period()), Token);

        Assert.Equal(429, (int)refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal("too-many-simulations", JsonNode.Parse(await refused.Content.ReadAsStringAsync(Token))!.Code());
        await program.TellAsync(Replay, Period());
    }

    [Fact]
    public void Two_run_at_once_on_one_node_and_a_third_is_refused_until_one_is_done()
    {
        using var gate = new SimulationGate();
        var first = gate.Enter("a");
        using var second = gate.Enter("b");

        Assert.Equal("simulations-busy", Assert.Throws<SimulationRefusedException>(() => gate.Enter("c")).Code);
        first.Dispose();
        gate.Enter("c").Dispose();
    }

    [Fact]
    public async Task A_replay_without_a_change_comes_out_as_it_did_and_writes_nothing()
    {
        using var program = _host.Client();
        await HandleAsync(program, 3);
        var before = await RowsAsync();

        var shown = await program.TellAsync(Replay, Period());

        Assert.Equal((3, 3, 0), (shown["cases"]!.GetValue<int>(), shown["replayed"]!.GetValue<int>(), shown["notReplayable"]!.GetValue<int>()));
        Assert.Empty(shown["differences"]!.AsArray());
        var reply = Clock(shown, "reply");
        Assert.Equal(reply["recorded"]!.ToJsonString(), reply["replayed"]!.ToJsonString());
        Assert.Equal((1, 2, 3), (reply["recorded"]!["breached"]!.GetValue<int>(), reply["recorded"]!["met"]!.GetValue<int>(), reply["recorded"]!["base"]!.GetValue<int>()));
        Assert.Equal(before, await RowsAsync());
    }

    [Fact]
    public async Task A_replay_against_a_changed_limit_says_case_by_case_what_would_have_been()
    {
        using var program = _host.Client();
        await HandleAsync(program, 3);

        var shorter = await program.TellAsync(Replay, Period(new { limit = "reply", amount = 1, unit = "hours" }));
        var longer = await program.TellAsync(Replay, Period(new { limit = "reply", amount = "60 hours" }));

        var late = Clock(shorter, "reply");
        Assert.Equal((3, 3, 2), (late["replayed"]!["breached"]!.GetValue<int>(), late["replayed"]!["base"]!.GetValue<int>(), late["turnedLate"]!.GetValue<int>()));
        Assert.Equal(1m, late["replayed"]!["breachedShare"]!.GetValue<decimal>());
        Assert.All(shorter["differences"]!.AsArray(), d => Assert.Equal(("met", "breached"), (d!["recorded"]!["end"].Text(), d["replayed"]!["end"].Text())));
        Assert.Equal(2, shorter["differences"]!.AsArray().Count);
        Assert.Equal((0, 1), (Clock(longer, "reply")["replayed"]!["breached"]!.GetValue<int>(), Clock(longer, "reply")["turnedMet"]!.GetValue<int>()));
    }

    [Fact]
    public async Task What_the_caller_may_not_see_is_counted_only_among_enough_and_never_listed()
    {
        using var program = _host.Client();
        using var owner = _host.Client("owner");
        await HandleAsync(program, 3);
        var few = await owner.TellAsync(Replay, Period(new { limit = "reply", amount = 1, unit = "hours" }));
        await HandleAsync(program, 3);
        var many = await owner.TellAsync(Replay, Period(new { limit = "reply", amount = 1, unit = "hours" }));

        Assert.Equal((0, "fewer than 5"), (few["cases"]!.GetValue<int>(), few["restricted"].Text()));
        Assert.Empty(few["clocks"]!.AsArray());
        Assert.Equal((6, "6"), (many["cases"]!.GetValue<int>(), many["restricted"].Text()));
        Assert.Equal(6, Clock(many, "reply")["replayed"]!["base"]!.GetValue<int>());
        Assert.Empty(many["differences"]!.AsArray());
        Assert.Empty(many["stopped"]!.AsArray());
    }

    [Fact]
    public async Task A_replay_read_as_lines_tells_progress_then_cases_then_the_result()
    {
        using var program = _host.Client();
        await HandleAsync(program, 3);
        using var request = new HttpRequestMessage(HttpMethod.Post, Replay);
        request.Content = JsonContent.Create(Period(new { limit = "reply", amount = 1, unit = "hours" }));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-ndjson"));

        using var answer = await program.SendAsync(request, Token);
        var lines = (await answer.Content.ReadAsStringAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToList();

        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal((0, 3), (lines[0]["progress"]!["done"]!.GetValue<int>(), lines[0]["progress"]!["total"]!.GetValue<int>()));
        Assert.Equal(2, lines.Count(l => l["case"] is not null));
        Assert.Equal(3, lines[^1]["result"]!["replayed"]!.GetValue<int>());
        Assert.Equal(3, lines[^2]["progress"]!["done"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_replay_that_cannot_be_meant_is_refused_by_place()
    {
        using var program = _host.Client();

        Assert.Equal("limit-unknown", Error(await program.TellAsync(Replay, Period(new { limit = "moon", amount = 1 }), 400), "limits[0].limit"));
        Assert.Equal("nothing-to-change", Error(await program.TellAsync(Replay, Period(new { limit = "reply" }), 400), "limits[0].amount"));
        Assert.Equal("duration.ambiguous", Error(await program.TellAsync(Replay, Period(new { limit = "reply", amount = "24:00:00" }), 400), "limits[0].amount"));
        Assert.Equal("calendar-unknown", Error(await program.TellAsync(Replay, Period(new { limit = "reply", calendar = "mars" }), 400), "limits[0].calendar"));
        Assert.Equal("period-empty", Error(await program.TellAsync(Replay, new { from = ApiHost.Start, to = ApiHost.Start }, 400), "to"));
        Assert.Equal("process-version-unknown", (await program.TellAsync(Replay, new { from = ApiHost.Start, to = ApiHost.Start.AddDays(1), version = 9 }, 404)).Code());
    }

    [Fact]
    public async Task The_description_names_both()
    {
        using var program = _host.Client();

        var paths = (await program.AskAsync("/openapi/v1.json"))["paths"]!;

        Assert.NotNull(paths["/api/v1/processes/{key}/simulate"]);
        Assert.NotNull(paths["/api/v1/processes/{key}/replay"]);
    }

    /// <summary>Cases that are replied to, every third one late, and then withdrawn.</summary>
    private static async Task HandleAsync(HttpClient program, int cases)
    {
        for (var one = 0; one < cases; one++)
        {
            var path = $"/api/v1/complaints/{(await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"]}";
            await program.TellAsync("/api/v1/clock/advance", new { by = one % 3 == 2 ? "PT30H" : "PT2H" });
            await program.TellAsync(path + "/replies", new { kind = "first", text = "We look at it." });
            await program.TellAsync("/api/v1/clock/advance", new { by = "PT1H" });
            await program.TellAsync(path + "/withdraw", new { reason = "solved" });
        }
    }

    private static object Period(params object[] limits) => new { from = ApiHost.Start.AddDays(-1), to = ApiHost.Start.AddDays(60), limits };

    private static JsonNode Clock(JsonNode shown, string key) => shown["clocks"]!.AsArray().Single(c => c!["clock"].Text() == key)!;

    private static string DueOf(JsonNode shown, string clock) =>
        shown["cases"]![0]!["complaint"]!["clocks"]!.AsArray().Single(c => c!["key"].Text() == clock)!["dueAt"].Text();

    private static string Error(JsonNode problem, string field) => problem["errors"]![field]![0]!["code"].Text();

    private async Task<string> RowsAsync()
    {
        await using var db = await _host.Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(Token);
        return string.Join(
            ' ', await db.Cases.CountAsync(Token), await db.Cases.SumAsync(c => c.Version, Token), await db.Events.CountAsync(Token), await db.Tasks.CountAsync(Token),
            await db.ConfigurationEvents.CountAsync(Token), (await db.ConfigurationStamps.SingleAsync(Token)).Version);
    }

    private static byte[] Rewritten(byte[] zip, string file, Func<string, string> change)
    {
        using var buffer = new MemoryStream();
        buffer.Write(zip);
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = archive.GetEntry(file)!;
            string text;
            using (var reader = new StreamReader(entry.Open()))
            {
                text = reader.ReadToEnd();
            }

            entry.Delete();
            using var writer = new StreamWriter(archive.CreateEntry(file).Open());
            writer.Write(change(text));
        }

        return buffer.ToArray();
    }
}

using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CaseManagement.Workflows.Simulation;

namespace CaseManagement.Web.Tests.Api;

public sealed class ConfigurationTests : IAsyncDisposable
{
    private const string Limits = "/api/v1/processes/standard-complaint/limits";
    private static readonly string[] OtherReasons = ["holiday"];

    private readonly ApiHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_a_version_gives_away_is_told_and_published_only_with_its_digest()
    {
        using var owner = _host.Client("owner");
        var files = await FilesAsync(owner);
        var workflow = JsonNode.Parse(files["workflows/standard-complaint.json"])!;
        workflow["root"]!["activities"]!.AsArray().Single(a => a!["id"].Text() == "handle")!["who"]!["expression"]!["value"] = "[\"desk\"]";
        files["workflows/standard-complaint.json"] = workflow.ToJsonString();
        await owner.TellAsync("/api/v1/processes/import", new { files }, 201);

        var refused = await owner.TellAsync("/api/v1/processes/standard-complaint/publish", new { version = 2 }, 409);
        var wrong = await owner.TellAsync("/api/v1/processes/standard-complaint/publish", new { version = 2, confirms = "0000" }, 409);
        var told = (await owner.TellAsync("/api/v1/processes/standard-complaint/validate", new { version = 2 }))["givesAway"]!;

        Assert.Equal(("process-gives-away", "process-gives-away"), (refused["code"].Text(), wrong["code"].Text()));
        Assert.Equal(refused["givesAway"]!.ToJsonString(), told.ToJsonString());
        Assert.Equal("candidate", Assert.Single(told["powers"]!.AsArray())!["kind"].Text());
        Assert.Equal("published", (await owner.TellAsync("/api/v1/processes/standard-complaint/publish", new { version = 2, confirms = told["digest"].Text() }))["state"].Text());
        using var admin = _host.Client("admin");
        var recorded = Assert.Single((await admin.AskAsync("/api/v1/audit?entity=process:standard-complaint"))["items"]!.AsArray(), e => e!["type"].Text().StartsWith("process.power-diff", StringComparison.Ordinal))!;
        Assert.Equal(("process.power-diff-confirmed", "owner"), (recorded["type"].Text(), recorded["by"]!["id"].Text()));
        Assert.Null((await owner.TellAsync("/api/v1/processes/standard-complaint/validate", new { version = 2 }))["givesAway"]);
    }

    [Fact]
    public async Task A_changed_limit_moves_running_cases_where_it_says_so_and_is_audited()
    {
        using var program = _host.Client();
        var path = $"/api/v1/complaints/{(await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"]}";
        var change = new { amount = 30, unit = "hours", scope = "openCases", reason = "Weekend" };

        var preview = await program.TellAsync(Limits + "/reply/preview", change);
        Assert.Equal("2026-09-03T02:00:00+00:00", Reply(await program.AskAsync(path))["dueAt"].Text());
        var applied = await program.TellAsync(Limits + "/reply/apply", change);
        var moved = Reply(await program.AskAsync(path));

        Assert.Equal("2026-09-03T08:00:00+00:00", preview["affected"]![0]!["newDue"].Text());
        Assert.Null(preview["applied"]);
        Assert.Equal(preview["affected"]!.ToJsonString(), applied["affected"]!.ToJsonString());
        Assert.Equal("2026-09-03T08:00:00+00:00", moved["dueAt"].Text());
        var audit = await program.AskAsync("/api/v1/audit?entity=process:standard-complaint");
        Assert.Contains(audit["items"]!.AsArray(), e => applied["applied"].Text() == $"process:standard-complaint/{e!["seq"]}" && e["type"].Text() == "limit.applied");
        var timeline = (await program.AskAsync(path + "/timeline")).AsArray();
        Assert.Contains(timeline, e => e!["type"].Text() == "clock.recomputed" && e["data"]!["change"].Text() == applied["applied"].Text());
        var later = await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
        Assert.Equal("2026-09-03T08:00:00+00:00", Reply(later)["dueAt"].Text());
    }

    [Fact]
    public async Task A_limit_changed_for_new_cases_leaves_running_ones_alone()
    {
        using var program = _host.Client();
        var running = await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);

        var applied = await program.TellAsync(Limits + "/reply/apply", new { amount = "2 hours", scope = "newCases", reason = "Faster" }, 200, "change-1");
        var again = await program.TellAsync(Limits + "/reply/apply", new { amount = "2 hours", scope = "newCases", reason = "Faster" }, 200, "change-1");

        Assert.Empty(applied["affected"]!.AsArray());
        Assert.Equal(applied.ToJsonString(), again.ToJsonString());
        Assert.Equal("2026-09-03T02:00:00+00:00", Reply(await program.AskAsync($"/api/v1/complaints/{running["id"]}"))["dueAt"].Text());
        Assert.Equal("2026-09-02T04:00:00+00:00", Reply(await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["dueAt"].Text());
        var reply = (await program.AskAsync(Limits)).AsArray().Single(l => l!["key"].Text() == "reply")!;
        Assert.Equal(2, reply["version"]!.GetValue<int>());
        Assert.Equal(2, reply["amount"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task A_limit_change_that_cannot_be_meant_is_refused()
    {
        using var program = _host.Client();
        var apply = Limits + "/reply/apply";

        Assert.Equal("duration.ambiguous", (await program.TellAsync(apply, new { amount = "24:00:00", reason = "x" }, 400)).Code());
        Assert.Equal("duration.out-of-range", (await program.TellAsync(apply, new { amount = -1, reason = "x" }, 400)).Code());
        Assert.Equal("unit-unknown", Error(await program.TellAsync(apply, new { amount = 1, unit = "moons", reason = "x" }, 400), "unit"));
        Assert.Equal("calendar-unknown", Error(await program.TellAsync(apply, new { calendar = "mars", reason = "x" }, 400), "calendar"));
        Assert.Equal("nothing-to-change", Error(await program.TellAsync(apply, new { reason = "x" }, 400), "amount"));
        Assert.Equal("clock-without-rung", Error(await program.TellAsync(apply, new { rungs = Array.Empty<int>(), reason = "x" }, 400), "rungs"));
        Assert.Equal("duration-ambiguous", Error(await program.TellAsync(apply, new { rungs = new[] { new { key = "due", at = "due - 24:00:00", @do = Array.Empty<int>() } }, reason = "x" }, 400), "rungs[0].at"));
        Assert.Equal("pause-reason-unknown", Error(await program.TellAsync(apply, new { pause = OtherReasons, reason = "x" }, 400), "pause"));
        Assert.Equal("fact-unknown", Error(await program.TellAsync(apply, new { when = new { colour = "red" }, reason = "x" }, 400), "when.colour"));
        Assert.Equal("chain-unknown", Error(await program.TellAsync(apply, new { extend = new { times = 1, approval = "nobody" }, reason = "x" }, 400), "extend.approval"));
        Assert.Equal("limit-changed", (await program.TellAsync(apply, new { amount = 1, reason = "x", seen = "0-0" }, 409)).Code());
        Assert.Equal("reason-required", (await program.TellAsync(apply, new { amount = 1 }, 400)).Code());
        Assert.Equal("limit-unknown", (await program.TellAsync(Limits + "/none/apply", new { amount = 1, reason = "x" }, 404)).Code());
        Assert.Equal("process-unknown", (await program.TellAsync("/api/v1/processes/none/limits/reply/apply", new { amount = 1, reason = "x" }, 404)).Code());
    }

    [Fact]
    public async Task A_process_goes_out_and_comes_in_as_the_same_pack()
    {
        using var owner = _host.Client("owner");
        var zip = await owner.GetByteArrayAsync(new Uri("/api/v1/processes/standard-complaint/export", UriKind.Relative), Token);
        using var content = new ByteArrayContent(zip);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        using var form = new MultipartFormDataContent { { new ByteArrayContent(zip), "pack", "pack.zip" } };

        var imported = await owner.PostAsync(new Uri("/api/v1/processes/import", UriKind.Relative), content, Token);
        var uploaded = await owner.PostAsync(new Uri("/api/v1/processes/import", UriKind.Relative), form, Token);

        Assert.Equal(201, (int)imported.StatusCode);
        Assert.Equal(201, (int)uploaded.StatusCode);
        var versions = await owner.AskAsync("/api/v1/processes/standard-complaint/versions");
        Assert.Equal(3, versions["total"]!.GetValue<int>());
        Assert.Equal(["draft", "superseded", "published"], versions["items"]!.AsArray().Select(v => v!["state"].Text()));
        Assert.Equal("published", (await owner.TellAsync("/api/v1/processes/standard-complaint/publish", new { version = 2 }))["state"].Text());
        Assert.Equal(2, (await owner.AskAsync("/api/v1/processes/standard-complaint"))["version"]!.GetValue<int>());
        await owner.TellAsync("/api/v1/processes/standard-complaint/validate", null);
        await owner.TellAsync("/api/v1/processes/standard-complaint/retract", null);
        Assert.Equal("process-not-published", (await owner.TellAsync("/api/v1/processes/standard-complaint/retract", null, 409)).Code());
    }

    [Fact]
    public async Task One_Elsa_definition_makes_a_new_version_of_its_process()
    {
        using var owner = _host.Client("owner");
        var zip = await owner.GetByteArrayAsync(new Uri("/api/v1/processes/standard-complaint/export", UriKind.Relative), Token);
        using var archive = new ZipArchive(new MemoryStream(zip));
        await using var stream = await archive.GetEntry("workflows/standard-suggestion.json")!.OpenAsync(Token);
        var definition = (await JsonNode.ParseAsync(stream, cancellationToken: Token))!.AsObject();
        definition["name"] = "Renamed";

        var imported = await owner.TellAsync("/api/v1/processes/import", definition, 201);
        definition["definitionId"] = "nobody-knows";
        var unknown = await owner.TellAsync("/api/v1/processes/import", definition, 400);

        Assert.Equal("standard-complaint", imported["key"].Text());
        Assert.Equal(2, imported["version"]!.GetValue<int>());
        Assert.Equal("definition-unknown", unknown.Code());
    }

    [Fact]
    public async Task A_draft_makes_way_for_an_imported_one_and_comes_back_by_name_and_taken_ids_are_refused()
    {
        using var owner = _host.Client("owner");
        var files = await FilesAsync(owner);
        await owner.TellAsync("/api/v1/processes/import", new { files }, 201);

        var second = await owner.TellAsync("/api/v1/processes/import", new { files }, 201);
        var pack = JsonNode.Parse(files["pack.json"])!;
        pack["id"] = "another";
        files["pack.json"] = pack.ToJsonString();
        var taken = await owner.TellAsync("/api/v1/processes/import", new { files }, 409);

        Assert.Equal((3, 2), (second["version"]!.GetValue<int>(), second["supersedes"]!.GetValue<int>()));
        Assert.Equal(["draft", "superseded", "published"], (await owner.AskAsync("/api/v1/processes/standard-complaint/versions"))["items"]!.AsArray().Select(v => v!["state"].Text()));
        Assert.Equal("workflow-id-taken", taken.Code());
        Assert.Contains(taken["findings"]!.AsArray(), f => f!["message"].Text().Contains("standard-suggestion", StringComparison.Ordinal) && f["code"].Text() == "workflow-id-taken");
        await owner.AskAsync("/api/v1/processes/another", 404);
        Assert.Equal("migration.to-draft", (await owner.TellAsync("/api/v1/processes/standard-complaint/migrate", new { from = 1, to = 2, dryRun = true }, 409)).Code());
    }

    private static async Task<Dictionary<string, string>> FilesAsync(HttpClient owner)
    {
        var zip = await owner.GetByteArrayAsync(new Uri("/api/v1/processes/standard-complaint/export", UriKind.Relative), Token);
        return PackFiles.ReadZip(new MemoryStream(zip));
    }

    [Fact]
    public async Task A_pack_that_cannot_be_read_is_refused_with_findings()
    {
        using var owner = _host.Client("owner");

        var problem = await owner.TellAsync("/api/v1/processes/import", new { files = new Dictionary<string, string> { ["pack.json"] = "{}" } }, 400);

        Assert.Equal("pack-unreadable", problem.Code());
        Assert.NotEmpty(problem["findings"]!.AsArray());
        Assert.Equal("pack-unreadable", (await owner.TellAsync("/api/v1/processes/import", new { hello = 1 }, 400)).Code());
    }

    [Fact]
    public async Task A_calendar_is_replaced_by_a_valid_one_only()
    {
        using var program = _host.Client();
        var calendar = (await program.AskAsync("/api/v1/calendars/office")).AsObject();
        var holidays = calendar["holidays"]!.AsArray().Count;
        calendar["holidays"]!.AsArray().Add("2026-12-24");

        var put = await PutAsync(program, "/api/v1/calendars/office", calendar, 200);
        calendar["zone"] = "Moon/Crater";
        var refused = await PutAsync(program, "/api/v1/calendars/office", calendar, 400);

        Assert.Equal(2, put["version"]!.GetValue<int>());
        Assert.Equal(holidays + 1, put["holidays"]!.AsArray().Count);
        Assert.Equal("calendar.zone-unknown", refused.Code());
        Assert.Equal(2, (await program.AskAsync("/api/v1/calendars/office"))["version"]!.GetValue<int>());
        Assert.Equal(1, (await program.AskAsync("/api/v1/audit?entity=calendar:office"))["total"]!.GetValue<int>());
        await program.AskAsync("/api/v1/calendars/none", 404);
    }

    [Fact]
    public async Task A_limit_is_explained_without_a_case()
    {
        using var program = _host.Client();

        var answer = await program.TellAsync("/api/v1/time-limits/explain", new
        {
            amount = 3,
            unit = "workingDays",
            calendar = "office",
            startedAt = "2026-09-02T02:00:00Z",
            pauses = new[] { new { from = "2026-09-03T00:00:00+08:00", to = "2026-09-04T00:00:00+08:00" } },
        });

        Assert.False(answer["provisional"]!.GetValue<bool>());
        Assert.Contains("3 working days", answer["explanation"].Text(), StringComparison.Ordinal);
        Assert.True(answer["dueAt"]!.GetValue<DateTimeOffset>() > ApiHost.Start.AddDays(3));
        Assert.Equal("duration.ambiguous", (await program.TellAsync(
            "/api/v1/time-limits/explain", new { amount = "24:00:00", unit = "hours", calendar = "office", startedAt = "2026-09-02T02:00:00Z" }, 400)).Code());
    }

    [Fact]
    public async Task The_simulated_clock_goes_forward_only()
    {
        using var program = _host.Client();

        Assert.Equal("invalid-input", (await program.TellAsync("/api/v1/clock/advance", new { to = "2026-09-01T00:00:00Z" }, 400)).Code());
        Assert.Equal("invalid-input", (await program.TellAsync("/api/v1/clock/advance", new { by = "1.00:00:00" }, 400)).Code());
        Assert.Equal("invalid-input", (await program.TellAsync("/api/v1/clock/advance", new { by = "P9999D" }, 400)).Code());
        Assert.Equal("2026-09-09T00:00:00+00:00", (await program.TellAsync("/api/v1/clock/advance", new { to = "2026-09-09T00:00:00Z" }))["now"].Text());
    }

    [Fact]
    public async Task The_API_describes_itself()
    {
        using var program = _host.Client();

        var document = await program.AskAsync("/openapi/v1.json");

        var paths = document["paths"]!.AsObject().Select(p => p.Key).ToList();
        Assert.Contains("/api/v1/complaints/{id}/clocks/{key}/extend", paths);
        Assert.Contains("/api/v1/processes/{key}/limits/{limit}/apply", paths);
        Assert.All(paths, p => Assert.StartsWith("/api/v1/", p, StringComparison.Ordinal));
    }

    private static JsonNode Reply(JsonNode complaint) => complaint["clocks"]!.AsArray().Single(c => c!["key"].Text() == "reply")!;

    private static string Error(JsonNode problem, string field) => problem["errors"]![field]![0]!["code"].Text();

    private static async Task<JsonNode> PutAsync(HttpClient client, string path, JsonNode body, int status)
    {
        using var content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        var response = await client.PutAsync(new Uri(path, UriKind.Relative), content, Token);
        Assert.Equal(status, (int)response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!;
    }
}

using System.Text.Json.Nodes;
using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Simulation;

namespace CaseManagement.Web.Tests.Api;

/// <summary>Programs and process owners move running cases over the API.</summary>
public sealed class MigrationTests : IAsyncDisposable
{
    private const string Path = "/api/v1/processes/standard-complaint/migrate";

    private readonly ApiHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_dry_run_tells_old_and_new_due_times_and_the_move_does_what_it_told()
    {
        using var program = _host.Client();
        var registered = await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
        await PublishAsync(program, files => files["limits.json"] = files["limits.json"].Replace("\"amount\": 24,", "\"amount\": 48,", StringComparison.Ordinal));

        var would = await program.TellAsync(Path, new { from = 1, to = 2, dryRun = true });
        var before = await program.AskAsync($"/api/v1/complaints/{registered["id"]}");
        var did = await program.TellAsync(Path, new { from = 1, to = 2, reason = "more time" }, idempotencyKey: "move");
        var again = await program.TellAsync(Path, new { from = 1, to = 2, reason = "more time" }, idempotencyKey: "move");
        var later = await program.TellAsync(Path, new { from = 1, to = 2, reason = "more time" });
        var after = await program.AskAsync($"/api/v1/complaints/{registered["id"]}");

        var row = Assert.Single(would["results"]!.AsArray())!;
        Assert.Equal((registered["number"].Text(), "moved"), (row["number"].Text(), row["outcome"].Text()));
        var reply = row["clocks"]!.AsArray().Single(c => c!["clock"].Text() == "reply")!;
        Assert.Equal(TimeSpan.FromHours(24), reply["newDue"]!.GetValue<DateTimeOffset>() - reply["oldDue"]!.GetValue<DateTimeOffset>());
        Assert.Equal(1, before["process"]!["version"]!.GetValue<int>());
        Assert.Equal(row.ToJsonString(), did["results"]![0]!.ToJsonString());
        Assert.Equal(did.ToJsonString(), again.ToJsonString());
        Assert.Empty(later["results"]!.AsArray());
        Assert.Equal(2, after["process"]!["version"]!.GetValue<int>());
        Assert.Equal(reply["newDue"]!.GetValue<DateTimeOffset>(), after["clocks"]!.AsArray().Single(c => c!["key"].Text() == "reply")!["dueAt"]!.GetValue<DateTimeOffset>());
        var timeline = (await program.AskAsync($"/api/v1/complaints/{registered["id"]}/timeline")).AsArray();
        Assert.Single(timeline, e => e!["type"].Text() == "process.migrated" && e["text"].Text().Contains("more time", StringComparison.Ordinal));
        Assert.Single((await program.AskAsync("/api/v1/audit?entity=process:standard-complaint"))["items"]!.AsArray(), e => e!["type"].Text() == "process.migrating");
    }

    [Fact]
    public async Task A_case_that_cannot_go_says_at_which_step_and_goes_once_the_step_is_named()
    {
        using var program = _host.Client();
        using var chinese = _host.Client(language: "zh-CN");
        await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
        await PublishAsync(program, RenameFirst);

        var refused = await program.TellAsync(Path, new { from = 1, to = 2, dryRun = true });
        var inChinese = await chinese.TellAsync(Path, new { from = 1, to = 2, dryRun = true });
        var named = await program.TellAsync(Path, new { from = 1, to = 2, dryRun = true, map = new { first = "hello" } });

        var reason = refused["results"]![0]!["reasons"]![0]!;
        Assert.Equal(("migration.no-counterpart", "first"), (reason["code"].Text(), reason["activity"].Text()));
        Assert.Contains("First reply", reason["message"].Text(), StringComparison.Ordinal);
        Assert.Contains("新版没有对应步骤", inChinese["results"]![0]!["reasons"]![0]!["message"].Text(), StringComparison.Ordinal);
        Assert.Equal("first", Assert.Single(refused["unmapped"]!.AsArray())!["activity"].Text());
        Assert.Equal("moved", named["results"]![0]!["outcome"].Text());
        Assert.Empty(named["unmapped"]!.AsArray());
    }

    [Fact]
    public async Task A_process_owner_is_told_how_cases_fare_but_not_which()
    {
        using var program = _host.Client();
        using var owner = _host.Client("owner");
        for (var i = 0; i < 6; i++)
        {
            await program.TellAsync("/api/v1/complaints", Sample.Complaint($"Case {i}"), 201);
        }

        await PublishAsync(program, _ => { });

        var seen = await owner.TellAsync(Path, new { from = 1, to = 2, dryRun = true });
        var few = await owner.TellAsync(Path, new { from = 1, to = 2, dryRun = true, limit = 3 });

        Assert.Empty(seen["results"]!.AsArray());
        var group = Assert.Single(seen["restricted"]!.AsArray())!;
        Assert.Equal(("moved", 6), (group["outcome"].Text(), group["count"]!.GetValue<int>()));
        Assert.Null(Assert.Single(few["restricted"]!.AsArray())!["count"]);
        Assert.Equal(3, few["left"]!.GetValue<int>());
        Assert.NotNull(few["next"]);
    }

    [Fact]
    public async Task What_cannot_be_asked_for_is_refused_by_name()
    {
        using var program = _host.Client();
        using var staff = _host.Client("li");
        await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
        await ImportAsync(program, _ => { });

        Assert.Equal("forbidden", (await staff.TellAsync(Path, new { from = 1, to = 2, dryRun = true }, 403)).Code());
        Assert.Equal("invalid-input", (await program.TellAsync(Path, new { to = 2, dryRun = true }, 400)).Code());
        Assert.Equal("invalid-input", (await program.TellAsync(Path, new { from = 1, to = 2, dryRun = true, limit = 501 }, 400)).Code());
        Assert.Equal("invalid-input", (await program.TellAsync(Path, new { from = 1, to = 2, dryRun = true, map = new { first = (string?)null } }, 400)).Code());
        Assert.Equal("migration.to-draft", (await program.TellAsync(Path, new { from = 1, to = 2, dryRun = true }, 409)).Code());
        Assert.Equal("migration.same-version", (await program.TellAsync(Path, new { from = 1, to = 1, dryRun = true }, 409)).Code());
        Assert.Equal("process-version-unknown", (await program.TellAsync(Path, new { from = 1, to = 9, dryRun = true }, 404)).Code());
        await program.TellAsync("/api/v1/processes/standard-complaint/publish", new { version = 2, note = "next" });
        Assert.Equal("reason-required", (await program.TellAsync(Path, new { from = 1, to = 2 }, 400)).Code());
        var unknown = await program.TellAsync(Path, new { from = 1, to = 2, dryRun = true, map = new { nobody = "hello" } }, 400);
        Assert.Equal("activity-unknown", unknown["errors"]!["map.nobody"]![0]!["code"].Text());
        var twice = await program.TellAsync(Path, new { from = 1, to = 2, dryRun = true, map = new { first = "answer", handle = "answer" } }, 400);
        Assert.Equal("activity-named-twice", twice["errors"]!.AsObject().Single().Value![0]!["code"].Text());
    }

    [Fact]
    public async Task The_description_of_the_API_has_it()
    {
        using var program = _host.Client();

        var description = await program.AskAsync("/openapi/v1.json");

        var operation = description["paths"]!["/api/v1/processes/{key}/migrate"]!["post"]!;
        Assert.NotNull(operation["requestBody"]);
        Assert.NotNull(operation["responses"]!["200"]);
    }

    private static async Task PublishAsync(HttpClient program, Action<Dictionary<string, string>> change)
    {
        await ImportAsync(program, change);
        await program.TellAsync("/api/v1/processes/standard-complaint/publish", new { version = 2, note = "next" });
    }

    private static async Task ImportAsync(HttpClient program, Action<Dictionary<string, string>> change)
    {
        var files = PackFiles.ReadFolder(System.IO.Path.Combine(FirstRun.ShippedFolder, "standard-complaint"));
        change(files);
        await program.TellAsync("/api/v1/processes/import", new { files }, 201);
    }

    /// <summary>The first reply is called otherwise; the scenarios, which speak of it, are left out.</summary>
    private static void RenameFirst(Dictionary<string, string> files)
    {
        var root = JsonNode.Parse(files["workflows/standard-complaint.json"])!;
        foreach (var activity in root["root"]!["activities"]!.AsArray().Where(a => (string?)a!["id"] == "first"))
        {
            activity!["id"] = "hello";
            activity["nodeId"] = "Workflow1:Flowchart1:hello";
        }

        foreach (var end in root["root"]!["connections"]!.AsArray().SelectMany(c => new[] { c!["source"]!, c["target"]! }).Where(e => (string?)e["activity"] == "first"))
        {
            end["activity"] = "hello";
        }

        files["workflows/standard-complaint.json"] = root.ToJsonString();
        foreach (var scenario in files.Keys.Where(f => f.StartsWith("scenarios/", StringComparison.Ordinal)).ToList())
        {
            files.Remove(scenario);
        }
    }
}

using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace CaseManagement.Web.Tests.Api;

/// <summary>What the customer asked for in so many words, over the API.</summary>
public sealed class AcceptanceTests : IAsyncDisposable
{
    private readonly ApiHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_unanswered_complaint_escalates_at_24_hours_to_the_supervisor_and_at_48_to_the_manager()
    {
        using var program = _host.Client();
        await program.TellAsync("/api/v1/clock/advance", new { to = "2026-09-30T16:00:00+08:00" });
        var registered = await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
        var path = $"/api/v1/complaints/{registered["id"]}";

        await program.TellAsync("/api/v1/clock/advance", new { by = "PT24H" });
        var breached = await program.AskAsync(path);
        var first = await EscalationsAsync(program, path);
        await program.TellAsync("/api/v1/clock/advance", new { by = "PT24H" });
        var second = await EscalationsAsync(program, path);
        await CompleteAsync(program, path, "first", new { replyForm = "oral" });
        var late = await program.AskAsync(path);

        Assert.Equal("breached", Clock(breached, "reply")["state"].Text());
        Assert.Equal(Shanghai(10, 1, 16), At(Clock(breached, "reply")["breachedAt"]));
        Assert.Equal([("supervisor", Shanghai(10, 1, 16))], first);
        Assert.Equal([("supervisor", Shanghai(10, 1, 16)), ("manager", Shanghai(10, 2, 16))], second);
        Assert.Equal(Shanghai(10, 2, 16), At(Clock(late, "reply")["metAt"]));
        var met = (await TimelineAsync(program, path)).Single(e => e["type"].Text() == "clock.met" && e["data"]!["clock"].Text() == "reply");
        Assert.True(met["data"]!["late"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_complaint_resolved_on_the_sixth_day_is_not_escalated_for_its_resolution()
    {
        using var program = _host.Client();
        await program.TellAsync("/api/v1/clock/advance", new { to = "2026-09-30T16:00:00+08:00" });
        var registered = await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
        var path = $"/api/v1/complaints/{registered["id"]}";
        await CompleteAsync(program, path, "first", new { replyForm = "oral" });

        await program.TellAsync("/api/v1/clock/advance", new { by = "P6D" });
        await CompleteAsync(program, path, "handle", new { cause = "No technician", proposal = "Visit today", validity = "valid", amountProposed = 0 });
        var closed = await CloseAsync(program, path);
        await program.TellAsync("/api/v1/clock/advance", new { by = "P30D" });

        Assert.Equal("met", Clock(closed, "resolution")["state"].Text());
        Assert.Empty(await EscalationsAsync(program, path));
        var timeline = await TimelineAsync(program, path);
        Assert.All(timeline, e => Assert.False(string.IsNullOrEmpty(e["by"]!["name"].Text())));
        Assert.Equal(timeline.Select(e => At(e["at"])).Order(), timeline.Select(e => At(e["at"])));
    }

    [Fact]
    public async Task Of_two_who_complete_one_task_at_the_same_moment_one_wins_and_the_other_is_told()
    {
        using var li = _host.Client("li");
        using var zhang = _host.Client("zhang");
        var registered = await li.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
        var path = $"/api/v1/complaints/{registered["id"]}";
        var task = $"/api/v1/tasks/{Open(registered, "first")["id"]}/complete";
        var done = new { outcome = "Done", data = new { replyForm = "oral" } };

        var answers = await Task.WhenAll(li.PostAsJsonAsync(task, done, Token), zhang.PostAsJsonAsync(task, done, Token));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(a => a.StatusCode).Order());
        var refused = await answers.Single(a => a.StatusCode == HttpStatusCode.Conflict).Content.ReadFromJsonAsync<JsonNode>(Token);
        Assert.Equal("already-done", refused!.Code());
        Assert.Single(await TimelineAsync(li, path), e => e["type"].Text() == "task.completed");
    }

    [Fact]
    public async Task Two_hundred_tasks_completed_at_once_all_succeed()
    {
        using var program = _host.Client();
        var registered = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => program.TellAsync("/api/v1/complaints", Sample.Complaint($"Case {n}"), 201)));

        var answers = await Task.WhenAll(registered.Select(r => program.PostAsJsonAsync(
            $"/api/v1/tasks/{Open(r, "first")["id"]}/complete", new { outcome = "Done", data = new { replyForm = "oral" } }, Token)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(200, (await program.AskAsync("/api/v1/tasks?state=done&pageSize=1"))["total"]!.GetValue<int>());
        Assert.Equal(200, registered.Select(r => r["number"].Text()).Distinct().Count());
    }

    [Fact]
    public async Task A_second_approval_is_a_change_of_data_that_leaves_running_cases_as_they_are()
    {
        using var owner = _host.Client("owner");
        using var program = _host.Client();
        var running = await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);

        var imported = await owner.TellAsync("/api/v1/processes/import", new { files = await WithSecondApprovalAsync(owner) }, 201);
        await owner.TellAsync("/api/v1/processes/standard-complaint/publish", new { version = imported["version"]!.GetValue<int>(), note = "The manager signs too" });
        var begun = await program.TellAsync("/api/v1/complaints", Sample.Complaint("Another"), 201);

        Assert.Empty(imported["findings"]!.AsArray());
        Assert.Equal(["supervisor"], await ApproversAsync(program, running));
        Assert.Equal(["supervisor", "manager"], await ApproversAsync(program, begun));
        Assert.Equal(1, (await program.AskAsync($"/api/v1/complaints/{running["id"]}"))["process"]!["version"]!.GetValue<int>());
        Assert.Equal(2, (await program.AskAsync($"/api/v1/complaints/{begun["id"]}"))["process"]!["version"]!.GetValue<int>());
    }

    /// <summary>The shipped pack, with the manager asked for every amount.</summary>
    private static async Task<Dictionary<string, string>> WithSecondApprovalAsync(HttpClient owner)
    {
        using var archive = new ZipArchive(new MemoryStream(await owner.GetByteArrayAsync(new Uri("/api/v1/processes/standard-complaint/export", UriKind.Relative), Token)));
        var files = new Dictionary<string, string>();
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(Token), Encoding.UTF8);
            files[entry.FullName] = await reader.ReadToEndAsync(Token);
        }

        var approvals = JsonNode.Parse(files["approvals.json"])!;
        approvals["chains"]![0]!["steps"]![1]!["when"]!["amountProposed"] = "> 0";
        files["approvals.json"] = approvals.ToJsonString();
        return files;
    }

    /// <summary>Takes a case through an approval of 500 and answers which steps it asked for.</summary>
    private static async Task<List<string>> ApproversAsync(HttpClient program, JsonNode registered)
    {
        var path = $"/api/v1/complaints/{registered["id"]}";
        await CompleteAsync(program, path, "first", new { replyForm = "oral" });
        await CompleteAsync(program, path, "handle", new { cause = "No technician", proposal = "Visit today", validity = "valid", amountProposed = 500 });
        var asked = new List<string>();
        while (Approval(await program.AskAsync(path)) is { } task)
        {
            asked.Add(task["key"].Text().Split('.')[1]);
            await program.TellAsync($"/api/v1/tasks/{task["id"]}/complete", new { outcome = "Approved", reason = "Agreed" });
        }

        return asked;
    }

    private static async Task<JsonNode> CloseAsync(HttpClient program, string path)
    {
        var current = await program.AskAsync(path);
        for (var step = 0; step < 10 && current["status"].Text() == "open"; step++)
        {
            if (current["tasks"]!.AsArray().FirstOrDefault(t => t!["state"].Text() is "open" or "claimed") is { } task)
            {
                object data = task["key"].Text() == "visit" ? new { satisfaction = "satisfied" } : new { };
                await program.TellAsync($"/api/v1/tasks/{task["id"]}/complete", new { outcome = task["outcomes"]![0].Text(), data, reason = "Agreed" });
            }
            else
            {
                await program.TellAsync(path + "/answers", new { outcome = "Agreed" });
            }

            current = await program.AskAsync(path);
        }

        Assert.Equal("closed", current["status"].Text());
        return current;
    }

    private static async Task CompleteAsync(HttpClient client, string path, string key, object data) =>
        await client.TellAsync($"/api/v1/tasks/{Open(await client.AskAsync(path), key)["id"]}/complete", new { outcome = "Done", data });

    private static async Task<List<(string To, DateTimeOffset At)>> EscalationsAsync(HttpClient client, string path) =>
        [.. (await TimelineAsync(client, path)).Where(e => e["type"].Text() == "escalated").Select(e => (e["data"]!["to"].Text(), At(e["at"])))];

    private static async Task<List<JsonNode>> TimelineAsync(HttpClient client, string path) =>
        [.. (await client.AskAsync(path + "/timeline")).AsArray().Select(e => e!)];

    private static JsonNode Open(JsonNode complaint, string key) =>
        complaint["tasks"]!.AsArray().Single(t => t!["key"].Text() == key && t["state"].Text() is "open" or "claimed")!;

    private static JsonNode? Approval(JsonNode complaint) =>
        complaint["tasks"]!.AsArray().SingleOrDefault(t => t!["key"].Text().Contains('.', StringComparison.Ordinal) && t["state"].Text() is "open" or "claimed");

    private static JsonNode Clock(JsonNode complaint, string key) => complaint["clocks"]!.AsArray().Single(c => c!["key"].Text() == key)!;

    private static DateTimeOffset At(JsonNode? moment) => moment!.GetValue<DateTimeOffset>();

    private static DateTimeOffset Shanghai(int month, int day, int hour) => new(2026, month, day, hour, 0, 0, TimeSpan.FromHours(8));
}

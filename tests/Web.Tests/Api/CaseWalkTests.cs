using System.Text.Json.Nodes;

namespace CaseManagement.Web.Tests.Api;

public class CaseWalkTests : IAsyncDisposable
{
    private readonly ApiHost _host;

    public CaseWalkTests()
        : this(new ApiHost())
    {
    }

    protected CaseWalkTests(ApiHost host) => _host = host;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _host.DisposeAsync();
    }

    [Fact]
    public async Task A_complaint_goes_from_registration_to_its_closing()
    {
        using var program = _host.Client();
        var registered = await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
        var path = $"/api/v1/complaints/{registered["id"]}";

        Assert.Matches("^[0-9A-Z*~$=-]{20,}$", registered["trackingCode"].Text());
        Assert.Equal("general", registered["level"].Text());
        Assert.Equal("2026-09-03T02:00:00+00:00", Clock(registered, "reply")["dueAt"].Text());

        await CompleteAsync(program, path, "first", "Done", new { replyForm = "oral" });
        var met = await program.AskAsync(path);
        Assert.Equal("met", Clock(met, "reply")["state"].Text());
        Assert.Null(met["trackingCode"]);

        await CompleteAsync(program, path, "handle", "Done", new { cause = "No technician", proposal = "Visit today", validity = "valid", amountProposed = 0 });
        var current = await program.AskAsync(path);
        for (var step = 0; step < 10 && current["status"].Text() == "open"; step++)
        {
            current = await GoOnAsync(program, path, current);
        }

        Assert.Equal("closed", current["status"].Text());
        Assert.DoesNotContain(current["tasks"]!.AsArray(), t => t!["state"].Text() is "open" or "claimed");
        var timeline = (await program.AskAsync(path + "/timeline")).AsArray();
        Assert.Equal("received", timeline[0]!["type"].Text());
        Assert.Contains(timeline, e => e!["type"].Text() == "closed");
    }

    [Fact]
    public async Task A_clock_that_nobody_meets_is_breached_when_the_time_has_passed()
    {
        using var program = _host.Client();
        var registered = await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);

        var advanced = await program.TellAsync("/api/v1/clock/advance", new { by = "P2D" });

        var late = await program.AskAsync($"/api/v1/complaints/{registered["id"]}");
        Assert.Equal(ApiHost.Start.AddDays(2), advanced["now"]!.GetValue<DateTimeOffset>());
        Assert.True(advanced["fired"]!.GetValue<int>() > 0);
        Assert.Equal("breached", Clock(late, "reply")["state"].Text());
        Assert.Equal(1, (await program.AskAsync("/api/v1/complaints?overdue=true"))["total"]!.GetValue<int>());
        Assert.Equal(0, (await program.AskAsync("/api/v1/complaints?overdue=false"))["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_task_completed_twice_is_refused_with_who_did_it_and_when()
    {
        using var program = _host.Client();
        using var li = _host.Client("li");
        var registered = await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
        var task = $"/api/v1/tasks/{Open(registered, "first")["id"]}/complete";
        var done = new { outcome = "Done", data = new { replyForm = "oral" } };

        await li.TellAsync(task, done);
        var refused = await li.TellAsync(task, done, 409);

        Assert.Equal("already-done", refused.Code());
        Assert.Equal("li", refused["by"].Text());
        Assert.Equal(ApiHost.Start, refused["at"]!.GetValue<DateTimeOffset>());
    }

    [Fact]
    public async Task A_person_claims_releases_and_hands_on_a_task()
    {
        using var program = _host.Client();
        using var li = _host.Client("li");
        using var finance = _host.Client("zhao");
        var registered = await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
        var task = $"/api/v1/tasks/{Open(registered, "first")["id"]}";

        Assert.Equal("no-such-task", (await finance.TellAsync(task + "/claim", null, 404)).Code());
        Assert.Equal("li", (await li.TellAsync(task + "/claim", null))["assignee"].Text());
        Assert.Equal(1, (await li.AskAsync("/api/v1/tasks?assignee=me"))["total"]!.GetValue<int>());
        Assert.Equal("open", (await li.TellAsync(task + "/release", null))["state"].Text());
        Assert.Equal("forbidden", (await li.TellAsync(task + "/assign", new { to = "zhang" }, 403)).Code());
        await li.TellAsync(task + "/claim", null);
        Assert.Equal("zhang", (await li.TellAsync(task + "/assign", new { to = "zhang" }))["assignee"].Text());
        Assert.Equal("task.held-by-another", (await li.TellAsync(task + "/claim", null, 409)).Code());
    }

    [Fact]
    public async Task Tasks_are_found_by_who_may_take_them_and_when_they_are_due()
    {
        using var program = _host.Client();
        await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);

        Assert.Equal(1, await CountAsync("role=staff&department=service"));
        Assert.Equal(0, await CountAsync("role=staff&department=quality"));
        Assert.Equal(0, await CountAsync("role=manager"));
        Assert.Equal(1, await CountAsync("assignee=none&due=today"));
        Assert.Equal(0, await CountAsync("due=overdue"));
        Assert.Equal(0, await CountAsync("state=done"));

        async Task<int> CountAsync(string query) => (await program.AskAsync("/api/v1/tasks?" + query))["total"]!.GetValue<int>();
    }

    [Fact]
    public async Task A_request_that_comes_twice_under_one_key_is_done_once()
    {
        using var program = _host.Client();

        var first = await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201, "once");
        var again = await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201, "once");
        var other = await program.TellAsync("/api/v1/complaints", Sample.Complaint("Another"), 409, "once");

        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.Equal("idempotency-key-reused", other.Code());
        Assert.Equal(1, (await program.AskAsync("/api/v1/complaints"))["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_external_id_comes_in_once()
    {
        using var program = _host.Client();

        await program.TellAsync("/api/v1/complaints", Sample.Complaint(externalId: "crm-1"), 201);

        Assert.Equal("external-id-known", (await program.TellAsync("/api/v1/complaints", Sample.Complaint(externalId: "crm-1"), 409)).Code());
    }

    [Fact]
    public async Task Deeds_on_a_case_stand_in_its_timeline_in_both_languages()
    {
        using var li = _host.Client("li");
        using var chinese = _host.Client("li", "zh-CN");
        var path = $"/api/v1/complaints/{(await li.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"]}";
        var other = await li.TellAsync("/api/v1/complaints", Sample.Complaint("Another"), 201);

        await li.TellAsync(path + "/notes", new { text = "Called back." });
        await li.TellAsync(path + "/level", new { level = "serious", reason = "Press is asking" });
        await li.TellAsync(path + "/facts", new Dictionary<string, object> { ["injury"] = true, ["reason"] = "Read again" });
        await li.TellAsync(path + "/links", new { to = other["number"].Text() });
        await li.TellAsync(path + "/replies", new { kind = "progress", text = "We are on it." });
        await li.TellAsync(path + "/withdraw", new { reason = "Settled" });
        var english = (await li.AskAsync(path + "/timeline")).AsArray();
        var zh = (await chinese.AskAsync(path + "/timeline")).AsArray();

        Assert.Contains(english, e => e!["text"].Text().StartsWith("New task: ", StringComparison.Ordinal) && e["by"]!["name"].Text() == "Process");
        Assert.Contains(english, e => e!["text"].Text().Contains("Someone was hurt: yes", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(english, e => e!["type"].Text() == "noted" && e["by"]!["name"].Text() == "李敏");
        Assert.Contains(zh, e => e!["text"].Text().Contains("有人受伤：是", StringComparison.Ordinal));
        Assert.Contains(zh, e => e!["text"].Text() == "投诉人撤回；Settled");
        Assert.Contains(zh, e => e!["type"].Text() == "message.queued" && e["text"].Text().Contains("短信", StringComparison.Ordinal));
        Assert.Equal("withdrawn", (await li.AskAsync(path))["status"].Text());
    }

    [Fact]
    public async Task An_answer_that_nothing_waits_for_is_refused()
    {
        using var program = _host.Client();
        var path = $"/api/v1/complaints/{(await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"]}";

        Assert.Equal("nothing-awaited", (await program.TellAsync(path + "/answers", new { outcome = "Agreed" }, 409)).Code());
        Assert.Equal("answer-unknown", (await program.TellAsync(path + "/answers", new { outcome = "Perhaps" }, 400)).Code());
    }

    [Fact]
    public async Task A_clock_is_paused_for_its_own_reasons_only()
    {
        using var program = _host.Client();
        var path = $"/api/v1/complaints/{(await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"]}";
        var clock = path + "/clocks/resolution";

        Assert.Equal("clock.pause-reason-unknown", (await program.TellAsync(clock + "/pause", new { reason = "lunch" }, 400)).Code());
        Assert.Equal("paused", Clock(await program.TellAsync(clock + "/pause", new { reason = "awaiting-material" }), "resolution")["state"].Text());
        await program.TellAsync("/api/v1/clock/advance", new { by = "PT24H" });
        var resumed = Clock(await program.TellAsync(clock + "/resume", null), "resolution");
        Assert.Equal("running", resumed["state"].Text());
        Assert.Equal("2026-09-10T15:59:00+00:00", resumed["dueAt"].Text());
        Assert.Equal("not-extendable", (await program.TellAsync(path + "/clocks/reply/extend", new { reason = "Parts", amount = "PT4H" }, 409)).Code());
        Assert.Equal("clock.not-promised", (await program.TellAsync(clock + "/promise", new { reason = "Asked", until = "2026-09-20" }, 409)).Code());
        Assert.Equal("clock-unknown", (await program.TellAsync(path + "/clocks/none/resume", null, 404)).Code());
    }

    private static JsonNode Clock(JsonNode complaint, string key) => complaint["clocks"]!.AsArray().Single(c => c!["key"].Text() == key)!;

    private static JsonNode Open(JsonNode complaint, string key) =>
        complaint["tasks"]!.AsArray().Single(t => t!["key"].Text() == key && t["state"].Text() is "open" or "claimed")!;

    private static async Task CompleteAsync(HttpClient client, string path, string key, string outcome, object data)
    {
        var task = Open(await client.AskAsync(path), key);
        await client.TellAsync($"/api/v1/tasks/{task["id"]}/complete", new { outcome, data });
    }

    /// <summary>Answers for the complainant, or finishes the next open task, or lets the objection period pass.</summary>
    private static async Task<JsonNode> GoOnAsync(HttpClient client, string path, JsonNode current)
    {
        var task = current["tasks"]!.AsArray().FirstOrDefault(t => t!["state"].Text() is "open" or "claimed");
        if (task is null)
        {
            await client.TellAsync(path + "/answers", new { outcome = "Agreed" });
        }
        else
        {
            var outcome = task["outcomes"]![0].Text();
            await client.TellAsync($"/api/v1/tasks/{task["id"]}/complete", new { outcome, data = DataOf(task["key"].Text()), reason = "Agreed" });
        }

        return await client.AskAsync(path);
    }

    private static object DataOf(string task) => task switch
    {
        "visit" => new { satisfaction = "satisfied" },
        _ => new { },
    };
}

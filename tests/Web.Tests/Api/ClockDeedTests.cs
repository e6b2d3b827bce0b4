using System.Text.Json.Nodes;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Api;

/// <summary>Clocks of a case are paused, extended and promised as their limits say, and the ledger tells it. Each test on a host of its own.</summary>
public sealed class ClockDeedTests : IDisposable
{
    private const string Limits = "/api/v1/processes/standard-complaint/limits";

    private static readonly object[] DueOnly = [new { key = "overdue", at = "due", @do = new object[] { new { notify = new[] { "supervisor" }, template = "overdue" } } }];

    private readonly ApiHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task More_time_is_asked_for_by_a_task_and_granted_by_its_completion()
    {
        using var program = _host.Client();
        var path = await RegisterAsync(program);

        var asked = Clock(await program.TellAsync(path + "/clocks/resolution/extend", new { reason = "Parts", amount = "P3D" }), "resolution");
        Assert.Equal("2026-09-09T15:59:00+00:00", asked["dueAt"].Text());
        Assert.Equal("2026-09-12T15:59:00+00:00", asked["asked"]!["dueAt"].Text());
        Assert.Equal("clock.extension-pending", (await program.TellAsync(path + "/clocks/resolution/extend", new { reason = "More", amount = "P1D" }, 409)).Code());
        var task = Open(await program.AskAsync(path), "extend:resolution.supervisor");
        Assert.Equal("Approve more time: Resolution until Sat 12 Sep 23:59 (Parts)", task["title"].Text());
        Assert.Contains(task["candidates"]!["roles"]!.AsArray(), role => role.Text() == "supervisor");
        await program.TellAsync($"/api/v1/tasks/{task["id"]}/complete", new { outcome = "Approved" });

        var granted = Clock(await program.AskAsync(path), "resolution");
        Assert.Equal("2026-09-12T15:59:00+00:00", granted["dueAt"].Text());
        Assert.Null(granted["asked"]);
        Assert.Equal("Parts", granted["extensions"]![0]!["reason"].Text());
        Assert.Equal("2026-09-09T15:59:00+00:00", granted["extensions"]![0]!["oldDueAt"].Text());
        Assert.Equal(["clock.extension-asked", "clock.extended"], (await TypesAsync(program, path)).Where(type => type.StartsWith("clock.exten", StringComparison.Ordinal)));
        Assert.Equal("clock.extensions-used-up", (await program.TellAsync(path + "/clocks/resolution/extend", new { reason = "More", amount = "P1D" }, 409)).Code());
    }

    [Fact]
    public async Task A_refused_wish_leaves_the_due_time_and_may_be_asked_again()
    {
        using var program = _host.Client();
        var path = await RegisterAsync(program);
        await program.TellAsync(path + "/clocks/resolution/extend", new { reason = "Parts", amount = "P3D" });
        var task = Open(await program.AskAsync(path), "extend:resolution.supervisor");

        await program.TellAsync($"/api/v1/tasks/{task["id"]}/complete", new { outcome = "Refused", reason = "not needed" });

        Assert.Equal("2026-09-09T15:59:00+00:00", Clock(await program.AskAsync(path), "resolution")["dueAt"].Text());
        Assert.Contains("clock.extension-refused", await TypesAsync(program, path));
        Assert.NotNull(Clock(await program.TellAsync(path + "/clocks/resolution/extend", new { reason = "Parts after all", amount = "P2D" }), "resolution")["asked"]);
    }

    [Fact]
    public async Task A_case_that_is_over_leaves_no_wish_behind()
    {
        using var program = _host.Client();
        var path = await RegisterAsync(program);
        await program.TellAsync(path + "/clocks/resolution/extend", new { reason = "Parts", amount = "P3D" });

        await program.TellAsync(path + "/withdraw", new { reason = "settled" });

        var over = await program.AskAsync(path);
        Assert.DoesNotContain(over["tasks"]!.AsArray(), t => t!["state"].Text() is "open" or "claimed");
        Assert.Null(Clock(over, "resolution")["asked"]);
    }

    [Fact]
    public async Task More_time_is_asked_for_before_the_limit_says_it_is_too_late()
    {
        using var program = _host.Client();
        var path = await RegisterAsync(program);
        await program.TellAsync("/api/v1/clock/advance", new { to = "2026-09-09T16:30:00Z" });

        Assert.Equal("clock.extension-too-late", (await program.TellAsync(path + "/clocks/resolution/extend", new { reason = "Parts", amount = "P3D" }, 409)).Code());
    }

    [Fact]
    public async Task A_pause_entered_afterwards_moves_the_due_time_by_its_length_and_says_when_it_was_entered()
    {
        using var program = _host.Client();
        var path = await RegisterAsync(program);
        await program.TellAsync("/api/v1/clock/advance", new { by = "PT48H" });
        var pause = path + "/clocks/resolution/pause";
        var span = new { reason = "awaiting-material", from = "2026-09-02T03:00:00Z", to = "2026-09-03T03:00:00Z", note = "the desk forgot" };

        Assert.Equal("reason-required", (await program.TellAsync(pause, new { span.reason, span.from, span.to }, 400)).Code());
        Assert.Equal("clock.pause-in-future", (await program.TellAsync(pause, new { span.reason, from = "2026-09-20T03:00:00Z", span.note }, 400)).Code());
        Assert.Equal("clock.time-goes-back", (await program.TellAsync(pause, new { span.reason, from = "2026-08-20T03:00:00Z", span.note }, 409)).Code());
        var clock = Clock(await program.TellAsync(pause, span), "resolution");

        Assert.Equal("running", clock["state"].Text());
        Assert.Equal("2026-09-10T15:59:00+00:00", clock["dueAt"].Text());
        Assert.Equal("2026-09-04T02:00:00+00:00", clock["pauses"]![0]!["enteredAt"].Text());
        var paused = (await program.AskAsync(path + "/timeline")).AsArray().Single(e => e!["type"].Text() == "clock.paused")!;
        Assert.Equal("the desk forgot", paused["data"]!["note"].Text());
        Assert.Equal("2026-09-04T02:00:00+00:00", paused["at"].Text());
        Assert.Equal("clock.time-goes-back", (await program.TellAsync(pause, new { span.reason, from = "2026-09-02T12:00:00Z", span.note }, 409)).Code());
    }

    [Fact]
    public async Task A_promised_date_moves_its_clock_and_the_complainant_is_told_where_the_limit_says_so()
    {
        using var program = _host.Client();
        await program.TellAsync(
            Limits + "/resolution/apply", new { unit = "promised", promised = "promisedOn", notice = "ask", rungs = DueOnly, scope = "newCases", reason = "As promised" });
        var path = await RegisterAsync(program);
        Assert.Null(Clock(await program.AskAsync(path), "resolution")["dueAt"]);

        Assert.Equal("clock.promise-in-past", (await program.TellAsync(path + "/clocks/resolution/promise", new { reason = "Asked", until = "2026-09-01" }, 400)).Code());
        var promised = Clock(await program.TellAsync(path + "/clocks/resolution/promise", new { reason = "Budget first", until = "2026-09-20" }), "resolution");

        Assert.Equal("2026-09-20T15:59:00+00:00", promised["dueAt"].Text());
        Assert.Contains("clock.promised", await TypesAsync(program, path));
        using var scope = _host.Services.CreateScope();
        var message = await scope.ServiceProvider.GetRequiredService<CaseManagementDbContext>().Messages.SingleAsync(m => m.Template == "ask", Token);
        Assert.Equal(("complainant", "resolution"), (message.Recipient, message.Clock));
        Assert.Contains("Budget first", message.BodyEn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "The reason: Budget first", true)]
    [InlineData("zh-CN", "原因：Budget first", true)]
    [InlineData(null, "The reason: Budget first", false)]
    public async Task A_promised_date_without_a_notice_of_its_limit_is_told_in_the_products_words_and_the_complainants_language(string? language, string says, bool inOne)
    {
        using var program = _host.Client();
        await program.TellAsync(Limits + "/resolution/apply", new { unit = "promised", promised = "promisedOn", notice = (string?)null, rungs = DueOnly, scope = "newCases", reason = "As promised" });
        var body = Sample.Complaint("A lamp at the crossing");
        body["complainant"] = new { name = "Wang", email = "wang@example.org", language };
        var path = $"/api/v1/complaints/{(await program.TellAsync("/api/v1/complaints", body, 201))["id"]}";

        await program.TellAsync(path + "/clocks/resolution/promise", new { reason = "Budget first", until = "2026-09-20" });
        await program.TellAsync(path + "/clocks/resolution/promise", new { reason = "Later", until = "2026-09-27" });

        using var scope = _host.Services.CreateScope();
        var mails = await scope.ServiceProvider.GetRequiredService<CaseManagementDbContext>().Messages.Where(m => m.Template == "@date-moved").ToListAsync(Token);
        Assert.Equal(2, mails.Count);
        Assert.All(mails, mail => Assert.Equal(("complainant", "email", "wang@example.org", "resolution"), (mail.Recipient, mail.Channel, mail.Address, mail.Clock)));
        var first = Assert.Single(mails, mail => mail.BodyEn.Contains(says, StringComparison.Ordinal));
        Assert.Equal(inOne, first.BodyZh == first.BodyEn);
        Assert.Single(mails, mail => mail.BodyEn.Contains(language == "zh-CN" ? "9 月 27 日" : "27 Sep", StringComparison.Ordinal));
        Assert.Contains("message.queued", await TypesAsync(program, path));
    }

    [Fact]
    public async Task A_limit_of_the_last_occurrence_starts_afresh()
    {
        using var program = _host.Client();
        await program.TellAsync(Limits + "/resolution/apply", new { from = "levelChangedAt", reset = true, scope = "openCases", reason = "From the last change of level" });
        var path = await RegisterAsync(program);
        await program.TellAsync("/api/v1/clock/advance", new { by = "PT48H" });

        var again = Clock(await program.TellAsync(path + "/level", new { level = "serious", reason = "in the papers" }), "resolution");

        Assert.Equal("2026-09-04T02:00:00+00:00", again["startedAt"].Text());
        Assert.Equal("2026-09-11T15:59:00+00:00", again["dueAt"].Text());
    }

    [Fact]
    public async Task A_limit_says_who_may_pause_resume_and_extend_and_whoever_is_not_meant_is_told_so()
    {
        using var program = _host.Client();
        using var wang = _host.Client("wang");
        using var zhou = _host.Client("zhou");
        await program.TellAsync(
            Limits + "/resolution/apply",
            new { may = JsonNode.Parse("""{"pause": {"who": ["supervisor"]}, "resume": {"who": ["manager", "supervisor"]}, "extend": {"who": ["manager"]}}"""), scope = "openCases", reason = "Supervisors decide" });
        var path = await RegisterAsync(program, "goods") + "/clocks/resolution/";

        Assert.Equal("clock.pause-not-yours", (await wang.TellAsync(path + "pause", new { reason = "awaiting-material" }, 403)).Code());
        Assert.Equal("paused", Clock(await zhou.TellAsync(path + "pause", new { reason = "awaiting-material" }), "resolution")["state"].Text());
        Assert.Equal("clock.resume-not-yours", (await wang.TellAsync(path + "resume", new { }, 403)).Code());
        Assert.Equal("running", Clock(await zhou.TellAsync(path + "resume", new { }), "resolution")["state"].Text());
        Assert.Equal("clock.extend-not-yours", (await zhou.TellAsync(path + "extend", new { reason = "Parts", amount = "P1D" }, 403)).Code());
        var limit = (await program.AskAsync(Limits)).AsArray().Single(l => l!["key"].Text() == "resolution")!;
        Assert.Equal("supervisor", limit["may"]!["pause"]!["who"]![0].Text());
        Assert.Contains("Who may", (await program.AskAsync(Limits + "/changes")).AsArray()[0]!["changes"]![0].Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_says_until_when_it_may_be_paused_and_a_date_promised()
    {
        using var program = _host.Client();
        await program.TellAsync(Limits + "/resolution/apply", new { may = new { pause = new { before = "due - 2 days" } }, scope = "openCases", reason = "Not at the last moment" });
        await program.TellAsync(
            Limits + "/reply/apply",
            new { unit = "promised", promised = "promisedOn", rungs = DueOnly, may = new { promise = new { before = "start + 1 days" } }, scope = "openCases", reason = "At once or not at all" });
        var path = await RegisterAsync(program);

        await program.TellAsync(path + "/clocks/resolution/pause", new { reason = "awaiting-material" });
        await program.TellAsync(path + "/clocks/resolution/resume", new { });
        await program.TellAsync("/api/v1/clock/advance", new { by = "P6D" });

        Assert.Equal("clock.pause-too-late", (await program.TellAsync(path + "/clocks/resolution/pause", new { reason = "awaiting-material" }, 409)).Code());
        Assert.Equal("clock.promise-too-late", (await program.TellAsync(path + "/clocks/reply/promise", new { reason = "Asked", until = "2026-09-20" }, 409)).Code());
    }

    [Theory]
    [InlineData("""{"pause": {"who": ["pope"]}}""", "may")]
    [InlineData("""{"pause": {"who": ["head:lead"]}}""", "may")]
    [InlineData("""{"resume": {"before": "due"}}""", "may")]
    [InlineData("""{"pause": {"before": "24:00:00"}}""", "may")]
    public async Task Who_may_what_is_checked_before_it_holds(string may, string member)
    {
        using var program = _host.Client();

        var refused = await program.TellAsync(Limits + "/resolution/apply", new { may = JsonNode.Parse(may), scope = "openCases", reason = "Try" }, 400);

        Assert.Contains(refused["errors"]!.AsObject(), error => error.Key.StartsWith(member, StringComparison.Ordinal));
    }

    private static async Task<string> RegisterAsync(HttpClient program, string category)
    {
        var body = Sample.Complaint();
        body["category"] = category;
        return $"/api/v1/complaints/{(await program.TellAsync("/api/v1/complaints", body, 201))["id"]}";
    }

    private static async Task<string> RegisterAsync(HttpClient program) =>
        $"/api/v1/complaints/{(await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"]}";

    private static async Task<IEnumerable<string>> TypesAsync(HttpClient program, string path) =>
        (await program.AskAsync(path + "/timeline")).AsArray().Select(e => e!["type"].Text());

    private static JsonNode Clock(JsonNode complaint, string key) => complaint["clocks"]!.AsArray().Single(c => c!["key"].Text() == key)!;

    private static JsonNode Open(JsonNode complaint, string key) =>
        complaint["tasks"]!.AsArray().Single(t => t!["key"].Text() == key && t["state"].Text() is "open" or "claimed")!;
}

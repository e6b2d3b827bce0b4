using System.Text.Json.Nodes;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Api;

/// <summary>What one does for another: under both names, on cases both may see, and never what either is barred from.</summary>
public sealed class ActingForOthersTests : IAsyncDisposable
{
    private readonly ApiHost _host = new() { Settings = { ["Security:SeparationOfDuties"] = "Enforce", ["Security:KeysMayApprove"] = "true" } };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateOnly Today => new(2026, 9, 2);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Nobody_gives_the_approval_they_asked_for_by_none_of_three_ways()
    {
        using var program = _host.Client();
        using var li = _host.Client("li");
        using var zhang = _host.Client("zhang");
        using var zhou = _host.Client("zhou");
        await WriteAsync(db => db.Memberships.Add(new Membership { UserId = "li", Role = "supervisor", Department = "service" }));
        await SetAsync("li", "zhang");
        var path = $"/api/v1/complaints/{(await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"]}";
        await li.TellAsync(await OpenAsync(path, "first") + "/complete", new { outcome = "Done", data = new { replyForm = "oral" } });
        await li.TellAsync(
            await OpenAsync(path, "handle") + "/complete", new { outcome = "Done", data = new { cause = "No technician", proposal = "Pay", validity = "valid", amountProposed = 500 } });
        var approval = await OpenAsync(path, "approve.supervisor") + "/complete";
        using var key = await PersonalKeyAsync("li");

        Assert.Equal("approval.own", (await li.TellAsync(approval, new { outcome = "Approved" }, 409)).Code());
        Assert.Equal("approval.own", (await zhang.TellAsync(approval, new { outcome = "Approved", onBehalfOf = "li" }, 409)).Code());
        Assert.Equal("approval.own", (await key.TellAsync(approval, new { outcome = "Approved" }, 409)).Code());

        Assert.Equal(
            [("li", "approval.own"), ("zhang", "approval.own")],
            (await AskAsync(db => db.ConfigurationEvents.Where(e => e.Type == "task.refused").OrderBy(e => e.Sequence).Select(e => new { e.ActorId, e.Data }).ToListAsync(Token)))
                .Select(e => (e.ActorId!, JsonNode.Parse(e.Data)!["why"].Text())));

        // whoever drew it up for somebody else did it as well
        await zhou.TellAsync(approval, new { outcome = "Approved" });

        // what was approved is another sum now
        await program.TellAsync(path + "/facts", new { amountProposed = 900, reason = "Counted again" });
        await program.TellAsync(path + "/facts", new { amountProposed = 950, reason = "Counted again" });
        var voided = JsonNode.Parse(await AskAsync(db => db.Events.Where(e => e.Type == "approval.voided").Select(e => e.Data).SingleAsync(Token)))!;
        Assert.Equal(("amount", "amountProposed"), (voided["chain"].Text(), voided["changed"]![0].Text()));
    }

    [Fact]
    public async Task A_deputy_does_a_task_under_both_names_and_the_audit_says_so()
    {
        using var program = _host.Client();
        using var li = _host.Client("li");
        using var zhang = _host.Client("zhang");
        using var zhao = _host.Client("zhao");
        var id = (await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"].Text();
        var task = await OpenAsync($"/api/v1/complaints/{id}", "first");
        await li.TellAsync(task + "/claim", null);
        var done = new { outcome = "Done", data = new { replyForm = "oral" }, onBehalfOf = "li" };
        Assert.Equal("delegation.none", (await zhang.TellAsync(task + "/complete", done, 403)).Code());
        await SetAsync("li", "zhang");
        await SetAsync("zhang", "zhao");

        Assert.Equal(1, (await zhang.AskAsync("/api/v1/tasks?onBehalfOf=li"))["total"]!.GetValue<int>());
        Assert.Equal(0, (await zhao.AskAsync("/api/v1/tasks?onBehalfOf=zhang"))["total"]!.GetValue<int>());
        Assert.Equal("no-such-task", (await zhao.TellAsync(task + "/complete", done, 404)).Code());
        Assert.Equal("delegation.none", (await program.TellAsync(task + "/complete", done, 403)).Code());
        Assert.Equal("li", (await zhang.TellAsync(task + "/complete", done))["assignee"].Text());

        var told = (await program.AskAsync($"/api/v1/complaints/{id}/timeline")).AsArray().Single(e => e!["type"].Text() == "task.completed")!["by"]!;
        Assert.Equal(("zhang", "li", "张强 for 李敏"), (told["id"].Text(), told["onBehalfOf"].Text(), told["name"].Text()));
        var body = JsonNode.Parse(await AskAsync(db => db.Events.Where(e => e.Type == "task.completed").Select(e => e.Body).SingleAsync(Token)))!["actor"]!;
        Assert.Equal(("zhang", "li", "delegation"), (body["id"].Text(), body["onBehalfOf"].Text(), body["via"].Text()));
        Assert.True((await program.TellAsync("/api/v1/audit/verify", new { @case = id }))["ok"]!.GetValue<bool>());
        Assert.Equal(["delegation.set"], await AskAsync(db => db.ConfigurationEvents.Where(e => e.Stream == "access:li").Select(e => e.Type).ToListAsync(Token)));
    }

    [Fact]
    public async Task Who_acts_for_the_one_complained_of_is_kept_out_from_the_first_day_to_the_last()
    {
        using var program = _host.Client();
        using var zhang = _host.Client("zhang");
        var body = Sample.Complaint();
        body["respondent"] = new { person = "li" };
        var path = $"/api/v1/complaints/{(await program.TellAsync("/api/v1/complaints", body, 201))["id"]}";
        await SetAsync("li", "zhang", 1, 2);

        await zhang.AskAsync(path);
        await program.TellAsync("/api/v1/clock/advance", new { by = "P1D" });
        await zhang.AskAsync(path, 404);
        await program.TellAsync("/api/v1/clock/advance", new { by = "P2D" });
        await zhang.AskAsync(path);

        Assert.Equal(
            ["delegation.set", "delegation.begun", "delegation.ended"],
            await AskAsync(db => db.ConfigurationEvents.Where(e => e.Stream == "access:li").OrderBy(e => e.Sequence).Select(e => e.Type).ToListAsync(Token)));
        Assert.Equal(5, await AskAsync(db => db.Messages.CountAsync(m => m.Template == "@delegation", Token)));
    }

    [Fact]
    public async Task One_task_is_delegated_to_somebody_who_sees_the_case()
    {
        using var program = _host.Client();
        using var li = _host.Client("li");
        using var zhang = _host.Client("zhang");
        var path = $"/api/v1/complaints/{(await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"]}";
        var task = await OpenAsync(path, "first");
        await li.TellAsync(task + "/claim", null);

        Assert.Equal("not-a-candidate", (await li.TellAsync(task + "/delegate", new { to = "zhao" }, 403)).Code());
        Assert.Equal("delegation.not-your-task", (await zhang.TellAsync(task + "/delegate", new { to = "chen" }, 403)).Code());
        Assert.Equal("zhang", (await li.TellAsync(task + "/delegate", new { to = "zhang", note = "Please call back" }))["delegatedTo"].Text());
        Assert.Equal(1, (await zhang.AskAsync("/api/v1/tasks?onBehalfOf=li"))["total"]!.GetValue<int>());
        await zhang.TellAsync(task + "/complete", new { outcome = "Done", data = new { replyForm = "oral" }, onBehalfOf = "li" });
        Assert.Equal(0, (await zhang.AskAsync("/api/v1/tasks?onBehalfOf=li"))["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task Delegations_are_listed_set_once_and_ended_by_the_API_as_on_the_page()
    {
        const string path = "/api/v1/delegations";
        using var program = _host.Client();
        using var li = _host.Client("li");
        using var zhang = _host.Client("zhang");
        using var wang = _host.Client("wang");
        object Wanted(string to, string last = "2026-09-05", string? from = null) => new { from, to, first = "2026-09-03", last, kinds = new[] { "work" }, reason = "On leave" };

        Assert.Equal("delegation.days-wrong", (await li.TellAsync(path, Wanted("zhang", "2026-09-01"), 400)).Code());
        Assert.Equal("person-unknown", (await li.TellAsync(path, Wanted("gone"), 400))["errors"]!["to"]![0]!["code"].Text());
        Assert.Equal("delegation.not-yours", (await wang.TellAsync(path, Wanted("wang", from: "li"), 403)).Code());
        Assert.Equal("forbidden", (await program.TellAsync(path, Wanted("zhang", from: "li"), 403)).Code());

        li.DefaultRequestHeaders.Add("Idempotency-Key", "leave-1");
        var set = await li.TellAsync(path, Wanted("zhang"), 201);
        Assert.Equal(set["id"].Text(), (await li.TellAsync(path, Wanted("zhang"), 201))["id"].Text());
        li.DefaultRequestHeaders.Remove("Idempotency-Key");
        Assert.Equal("delegation.overlaps", (await li.TellAsync(path, Wanted("zhou"), 409)).Code());
        Assert.Equal(("li", "zhang", "2026-09-03", "2026-09-05", "ahead"), (set["from"].Text(), set["to"].Text(), set["first"].Text(), set["last"].Text(), set["state"].Text()));

        await program.TellAsync("/api/v1/clock/advance", new { by = "P1D" });
        Assert.Equal("work", Assert.Single((await zhang.AskAsync(path + "?state=inForce"))["items"]!.AsArray())!["kinds"]![0].Text());
        Assert.Equal(0, (await wang.AskAsync(path))["total"]!.GetValue<int>());
        Assert.Equal("delegation-unknown", (await wang.TellAsync($"{path}/{set["id"]}/end", null, 404)).Code());
        Assert.Equal(("over", "zhang"), await zhang.TellAsync($"{path}/{set["id"]}/end", null) is { } ended ? (ended["state"].Text(), ended["endedBy"].Text()) : default);
        Assert.Equal("delegation.over", (await li.TellAsync($"{path}/{set["id"]}/end", null, 409)).Code());
        Assert.Equal(
            ["delegation.set", "delegation.begun", "delegation.ended"],
            await AskAsync(db => db.ConfigurationEvents.Where(e => e.Stream == "access:li").OrderBy(e => e.Sequence).Select(e => e.Type).ToListAsync(Token)));
    }

    private async Task<string> OpenAsync(string path, string key)
    {
        using var program = _host.Client();
        var task = (await program.AskAsync(path))["tasks"]!.AsArray().Single(t => t!["key"].Text() == key && t["state"].Text() is "open" or "claimed");
        return $"/api/v1/tasks/{task!["id"]}";
    }

    private async Task SetAsync(string from, string to, int first = 0, int last = 5)
    {
        var by = await _host.Services.GetRequiredService<People>().FindAsync(from, Token);
        await _host.Services.GetRequiredService<Delegating>().SetAsync(new DelegationOrder(from, to, Today.AddDays(first), Today.AddDays(last), "On leave"), by!, Token);
    }

    private async Task<HttpClient> PersonalKeyAsync(string owner)
    {
        var now = _host.Services.GetRequiredKeyedService<TimeProvider>(Clocks.Wall).GetUtcNow();
        var made = ApiKeys.Create(new KeyOrder("own", [ApiScopes.TasksWrite]) { OwnerId = owner }, now, now.AddDays(30));
        await WriteAsync(db => db.ApiKeys.Add(made.Row));
        var client = _host.CreateClient();
        client.DefaultRequestHeaders.Add("X-Api-Key", made.Text);
        return client;
    }

    private Task<int> WriteAsync(Action<CaseManagementDbContext> change) => AskAsync(db =>
    {
        change(db);
        return db.SaveChangesAsync(Token);
    });

    private async Task<T> AskAsync<T>(Func<CaseManagementDbContext, Task<T>> question)
    {
        await using var db = await _host.Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(Token);
        return await question(db);
    }
}

using System.Net;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using CaseManagement.Workflows.Simulation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages.Processes;

/// <summary>The process owner moves running cases to another version; each test has a database of its own.</summary>
public sealed class MoveTests : IAsyncDisposable
{
    private const string Page = $"/processes/{OwnerHost.Process}";
    private static readonly string Folder = Path.Combine(FirstRun.ShippedFolder, OwnerHost.Process);
    private static readonly Dictionary<string, string> NoNames = [];

    private readonly OwnerHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cases_at_different_steps_go_on_from_there_on_the_new_version_and_finish_as_usual()
    {
        var owner = await _host.SignInAsync("owner");
        var early = await _host.RegisterAsync();
        var late = await _host.RegisterAsync();
        await _host.CompleteAsync(late, "first", "li", "Done", new() { ["replyForm"] = "oral" });
        var (start, done) = (late.Clocks.All["resolution"].StartedAt, await CompletedAsync(late));
        await PublishAsync(owner, Rename);

        var moved = await Migration.RunAsync(Order(new() { ["handle"] = "work" }), dryRun: false, null, 500, Owner, Token);

        Assert.All(moved.Results, r => Assert.Equal(MigrationEnd.Moved, r.End));
        Assert.Equal(2, moved.Results.Count);
        Assert.Equal([2, 2], await _host.QueryAsync(db => db.Instances.Select(i => i.DefinitionVersion).ToListAsync()));
        Assert.Equal(start, (await _host.ReadAsync(late)).Clocks.All["resolution"].StartedAt);
        await _host.CompleteAsync(early, "first", "li", "Done", new() { ["replyForm"] = "oral" });
        foreach (var complaint in new[] { early, late })
        {
            await _host.CompleteAsync(complaint, "work", "li", "Done", new() { ["cause"] = "late", ["proposal"] = "pay", ["validity"] = "valid", ["amountProposed"] = 0 });
            await _host.CompleteAsync(complaint, "answer", "li", "Done");
            Assert.Equal(["answer", "first", "work"], (await _host.ReadAsync(complaint)).Tasks.All.Where(t => t.DoneAt is not null).Select(t => t.Key).Order());
        }

        var after = await CompletedAsync(late);
        Assert.Equal(done, after.Take(done.Count));
        Assert.Equal(after.Count, after.Distinct().Count());
    }

    [Fact]
    public async Task Stopped_between_two_cases_those_that_moved_stay_moved_and_the_rest_move_next_time()
    {
        var owner = await _host.SignInAsync("owner");
        for (var i = 0; i < 3; i++)
        {
            await _host.RegisterAsync();
        }

        await PublishAsync(owner, LongerResolution);
        using var stop = new CancellationTokenSource();
        _host.Services.GetRequiredService<ITimerQueue>().TimersWritten += (_, _) => stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Migration.RunAsync(Order(NoNames), dryRun: false, null, 500, Owner, stop.Token));
        var stopped = await VersionsAsync();
        var again = await Migration.RunAsync(Order(NoNames), dryRun: false, null, 500, Owner, Token);
        var onceMore = await Migration.RunAsync(Order(NoNames), dryRun: false, null, 500, Owner, Token);

        Assert.Equal([1, 1, 2], stopped.Order());
        Assert.Equal(2, again.Results.Count);
        Assert.Empty(onceMore.Results);
        Assert.Equal([2, 2, 2], await VersionsAsync());
        Assert.Equal([1, 1, 1], await _host.QueryAsync(db => db.Cases.Select(c => db.Events.Count(e => e.ComplaintId == c.Id && e.Type == CaseEvents.Migrated)).ToListAsync()));
    }

    [Fact]
    public async Task A_batch_ends_at_its_limit_and_says_where_the_next_begins()
    {
        var owner = await _host.SignInAsync("owner");
        for (var i = 0; i < 3; i++)
        {
            await _host.RegisterAsync();
        }

        await PublishAsync(owner, LongerResolution);

        var first = await Migration.RunAsync(Order(NoNames), dryRun: true, null, 2, Owner, Token);
        var second = await Migration.RunAsync(Order(NoNames), dryRun: true, first.Next, 2, Owner, Token);

        Assert.Equal((2, 1), (first.Results.Count, first.Left));
        Assert.Equal((1, 0, null), (second.Results.Count, second.Left, second.Next));
        Assert.Equal(3, first.Results.Concat(second.Results).Select(r => r.Complaint).Distinct().Count());
    }

    [Theory]
    [InlineData("en", "Steps that are called otherwise", "would move", "moved", "Missing: a reason", "fewer than 5")]
    [InlineData("zh-CN", "改了名的步骤", "可以迁移", "已迁移", "还缺：原因", "不到 5 件")]
    public async Task The_owner_compares_tries_and_moves_and_sees_no_case_that_is_not_theirs(
        string language, string steps, string would, string moved, string missing, string few)
    {
        var owner = await _host.SignInAsync("owner", language);
        var complaint = await _host.RegisterAsync();
        await _host.CompleteAsync(complaint, "first", "li", "Done", new() { ["replyForm"] = "oral" });
        await PublishAsync(owner, Rename);
        var named = new Dictionary<string, string?> { ["From"] = "1", ["To"] = "2", ["map.handle"] = "work" };

        var link = await owner.ReadAsync(Page);
        var compared = await owner.ReadAsync($"{Page}/migrate?from=1&to=2");
        var refused = await OwnerHost.TextOf(await owner.PostAsync($"{Page}/migrate", $"{Page}/migrate/preview", new() { ["From"] = "1", ["To"] = "2" }));
        var tried = await OwnerHost.TextOf(await owner.PostAsync($"{Page}/migrate", $"{Page}/migrate/preview", named));
        var unsaid = await owner.PostAsync($"{Page}/migrate", $"{Page}/migrate/apply", new(named) { ["Reason"] = " " });
        var before = (await _host.ReadAsync(complaint)).ProcessVersion;
        var done = await OwnerHost.TextOf(await owner.PostAsync($"{Page}/migrate", $"{Page}/migrate/apply", new(named) { ["Reason"] = "names" }));

        Assert.Contains($"{Page}/migrate", link, StringComparison.Ordinal);
        Assert.Contains(steps, compared, StringComparison.Ordinal);
        Assert.Contains("name=\"map.handle\"", compared, StringComparison.Ordinal);
        Assert.Contains("value=\"work\"", compared, StringComparison.Ordinal);
        Assert.DoesNotContain(would, refused, StringComparison.Ordinal);
        Assert.Contains(would, tried, StringComparison.Ordinal);
        Assert.Contains(few, tried, StringComparison.Ordinal);
        Assert.DoesNotContain(complaint.Number, tried + done, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, unsaid.StatusCode);
        Assert.Contains(missing, await OwnerHost.TextOf(unsaid), StringComparison.Ordinal);
        Assert.Equal(1, before);
        Assert.Contains(moved, done, StringComparison.Ordinal);
        Assert.Equal(2, (await _host.ReadAsync(complaint)).ProcessVersion);
    }

    [Fact]
    public async Task The_case_page_says_that_the_case_moved_and_shows_what_was_done_under_its_new_name()
    {
        var owner = await _host.SignInAsync("owner");
        var complaint = await _host.RegisterAsync();
        await _host.CompleteAsync(complaint, "first", "li", "Done", new() { ["replyForm"] = "oral" });
        await _host.CompleteAsync(complaint, "handle", "li", "Done", new() { ["cause"] = "late", ["proposal"] = "pay", ["validity"] = "valid", ["amountProposed"] = 800 });
        await PublishAsync(owner, Rename);

        await Migration.RunAsync(Order(new() { ["handle"] = "work" }), dryRun: false, null, 500, Owner, Token);
        var page = await (await _host.SignInAsync("li")).ReadAsync($"/cases/{complaint.Id}");

        Assert.Contains("Moved from version 1 of the process to version 2", page, StringComparison.Ordinal);
        Assert.Matches(@"<b>Work on it</b>\s*<span class=""tag"">done</span>", page);
    }

    [Theory]
    [InlineData("li")]
    [InlineData("admin")]
    public async Task Whoever_owns_no_process_moves_nothing(string person)
    {
        var reader = await _host.SignInAsync(person);

        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"{Page}/migrate")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.PostAsync(Page, $"{Page}/migrate/apply", new() { ["From"] = "1", ["To"] = "2", ["Reason"] = "x" })).StatusCode);
    }

    private ProcessMigration Migration => _host.Services.GetRequiredService<ProcessMigration>();

    private static Performer Owner { get; } = new() { Actor = new Actor(ActorKind.Person, "owner", "何流程") };

    private static MigrationOrder Order(Dictionary<string, string> names) => new(OwnerHost.Process, 1, 2, names, "better");

    private static void LongerResolution(Dictionary<string, string> files) =>
        files["limits.json"] = files["limits.json"].Replace("\"amount\": 7", "\"amount\": 10", StringComparison.Ordinal);

    /// <summary>The handling is called otherwise; the scenarios, which speak of it, are left out.</summary>
    private static void Rename(Dictionary<string, string> files)
    {
        var workflow = files["workflows/standard-complaint.json"];
        var json = JsonNode.Parse(workflow.Replace("\"handle\"", "\"work\"", StringComparison.Ordinal).Replace(":handle\"", ":work\"", StringComparison.Ordinal)
            .Replace("\\\"handle\\\"", "\\\"work\\\"", StringComparison.Ordinal))!;
        json["root"]!["activities"]!.AsArray().Single(a => (string?)a!["id"] == "work")!["metadata"]!["description"] = "Work on it";
        files["workflows/standard-complaint.json"] = json.ToJsonString();
        foreach (var scenario in files.Keys.Where(f => f.StartsWith("scenarios/", StringComparison.Ordinal)).ToList())
        {
            files.Remove(scenario);
        }
    }

    private static async Task PublishAsync(OwnerHost.Browser owner, Action<Dictionary<string, string>> change)
    {
        var files = PackFiles.ReadFolder(Folder);
        change(files);
        Assert.Equal(HttpStatusCode.Redirect, (await owner.ImportAsync(PackFiles.WriteZip(files))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await owner.PostAsync($"{Page}?version=2", $"{Page}/versions/2/publish", new() { ["f.note"] = "next", ["f.confirm"] = "yes" })).StatusCode);
    }

    private Task<List<int>> VersionsAsync() => _host.QueryAsync(db => db.Cases.Select(c => c.ProcessVersion).ToListAsync());

    private Task<List<string>> CompletedAsync(Complaint complaint)
    {
        var instance = complaint.Instances[^1];
        return _host.QueryAsync(db => db.Journal.Where(j => j.InstanceId == instance && j.Event == JournalEvent.Completed).OrderBy(j => j.Sequence).Select(j => j.ActivityId).ToListAsync());
    }
}

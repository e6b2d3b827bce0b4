using System.Net;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Simulation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Processes;

/// <summary>The process owner brings versions of a process in and puts them to work.</summary>
public sealed class ProcessPageTests(OwnerHost host) : IClassFixture<OwnerHost>
{
    private const string Page = $"/processes/{OwnerHost.Process}";
    private static readonly string Folder = Path.Combine(FirstRun.ShippedFolder, OwnerHost.Process);

    [Fact]
    public async Task A_case_stays_on_its_version_and_a_new_one_runs_the_approval_that_was_added()
    {
        var owner = await host.SignInAsync("owner");
        var running = await host.RegisterAsync();

        var imported = await owner.ImportAsync(Zip(WithSecondApproval()), "second approval");
        var version = await NewestAsync();
        var published = await owner.PostAsync($"{Page}?version={version}", $"{Page}/versions/{version}/publish", new() { ["f.note"] = "managers sign too" });
        var later = await host.RegisterAsync();

        Assert.Equal(HttpStatusCode.Redirect, imported.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, published.StatusCode);
        Assert.Equal([], await OpenApprovalsAfterTheFirstAsync(running));
        Assert.Equal(["manager"], await OpenApprovalsAfterTheFirstAsync(later));
        Assert.Equal((1, version), ((await host.ReadAsync(running)).ProcessVersion, (await host.ReadAsync(later)).ProcessVersion));
        Assert.Contains("managers sign too", await owner.ReadAsync($"{Page}?version={version}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_is_published_only_with_a_note()
    {
        var owner = await host.SignInAsync("owner");
        await owner.ImportAsync(Zip(Shipped()));
        var version = await NewestAsync();

        var answer = await owner.PostAsync($"{Page}?version={version}", $"{Page}/versions/{version}/publish", new() { ["f.note"] = " " });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Missing: a note", await OwnerHost.TextOf(answer), StringComparison.Ordinal);
        Assert.Equal(ProcessVersionState.Draft, await StateAsync(version));
    }

    [Fact]
    public async Task A_version_with_errors_lists_them_and_is_not_published()
    {
        var owner = await host.SignInAsync("owner");
        var files = Shipped();
        files["limits.json"] = files["limits.json"].Replace("\"template\": \"nearly-due\"", "\"template\": \"no-such-template\"", StringComparison.Ordinal);

        await owner.ImportAsync(Zip(files));
        var version = await NewestAsync();
        var findings = await owner.ReadAsync($"{Page}?version={version}&tab=findings");
        var answer = await owner.PostAsync($"{Page}?version={version}", $"{Page}/versions/{version}/publish", new() { ["f.note"] = "try" });

        Assert.Contains("no-such-template", findings, StringComparison.Ordinal);
        Assert.Contains("Time limits: First reply", findings, StringComparison.Ordinal);
        Assert.Contains("Make the template, or choose one there is.", findings, StringComparison.Ordinal);
        Assert.Contains("tab=content#p-limits-json-limits-reply", findings, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(ProcessVersionState.Draft, await StateAsync(version));
    }

    [Fact]
    public async Task What_is_no_pack_is_refused_with_its_findings_and_stores_nothing()
    {
        var owner = await host.SignInAsync("owner");
        var before = await NewestAsync();
        var files = Shipped();
        files["pack.json"] = "{\"id\": 5}";

        var noZip = await owner.ImportAsync([1, 2, 3]);
        var noPack = await owner.ImportAsync(Zip(files));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (noZip.StatusCode, noPack.StatusCode));
        Assert.Contains("no zip of a process pack", await OwnerHost.TextOf(noZip), StringComparison.Ordinal);
        Assert.Contains("pack.json, $", await OwnerHost.TextOf(noPack), StringComparison.Ordinal);
        Assert.Equal(before, await NewestAsync());
    }

    [Fact]
    public async Task A_pack_may_not_take_the_workflows_of_another_process()
    {
        var owner = await host.SignInAsync("owner");
        var files = Shipped();
        files["pack.json"] = files["pack.json"].Replace($"\"id\": \"{OwnerHost.Process}\"", "\"id\": \"other\"", StringComparison.Ordinal);

        var answer = await owner.ImportAsync(Zip(files));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("belongs to another process", await OwnerHost.TextOf(answer), StringComparison.Ordinal);
        Assert.False(await host.QueryAsync(db => db.ProcessVersions.AnyAsync(p => p.ProcessKey == "other")));
    }

    [Fact]
    public async Task An_exported_pack_is_what_was_taken_in()
    {
        var owner = await host.SignInAsync("owner");

        var answer = await owner.GetAsync($"{Page}/versions/1/export");

        Assert.Equal("application/zip", answer.Content.Headers.ContentType?.MediaType);
        using var zip = new MemoryStream(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Shipped().OrderBy(f => f.Key, StringComparer.Ordinal), PackFiles.ReadZip(zip).OrderBy(f => f.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_retired_process_takes_no_new_cases_while_open_ones_go_on()
    {
        await using var own = new OwnerHost();
        var owner = await own.SignInAsync("owner");
        var running = await own.RegisterAsync();

        var answer = await owner.PostAsync(Page, $"{Page}/versions/1/retract", []);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var refused = await Assert.ThrowsAsync<InvalidInputException>(own.RegisterAsync);
        Assert.Contains(refused.Problems, problem => problem.Code == CaseRuntime.NoProcess.Code);
        await own.CompleteAsync(running, "first", "li", "Done", new() { ["replyForm"] = "oral" });
        Assert.Contains((await own.ReadAsync(running)).Tasks.Open, task => task.Key == "handle");
        Assert.Contains("retired", await owner.ReadAsync(Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_is_not_published_cannot_be_retired()
    {
        var owner = await host.SignInAsync("owner");
        await owner.ImportAsync(Zip(Shipped()));
        var version = await NewestAsync();

        var answer = await owner.PostAsync(Page, $"{Page}/versions/{version}/retract", []);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(ProcessVersionState.Draft, await StateAsync(version));
    }

    [Theory]
    [InlineData("li")]
    [InlineData("admin")]
    public async Task Whoever_owns_no_process_reads_it_and_changes_nothing(string person)
    {
        var reader = await host.SignInAsync(person);
        var before = await NewestAsync();

        var page = await reader.ReadAsync(Page);
        var imported = await reader.PostAsync("/processes", "/gallery", [], Zip(Shipped()));
        var published = await reader.PostAsync(Page, $"{Page}/versions/1/publish", new() { ["f.note"] = "mine" });
        var retired = await reader.PostAsync(Page, $"{Page}/versions/1/retract", []);

        Assert.DoesNotContain("/export\"", page, StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound),
            (imported.StatusCode, published.StatusCode, retired.StatusCode, (await reader.GetAsync($"{Page}/versions/1/export")).StatusCode));
        Assert.Equal(before, await NewestAsync());
    }

    [Theory]
    [InlineData("en", "24 hours after it is due", "Material needed", "Clause", "First reply within a day")]
    [InlineData("zh-CN", "到期后 24 小时", "需补材料", "条款", "一日内首次答复")]
    public async Task Diagram_and_clauses_speak_the_readers_language(string language, string step, string way, string head, string clause)
    {
        var reader = await host.SignInAsync("li", language);

        var diagram = await reader.ReadAsync($"{Page}?version=1");
        var clauses = await reader.ReadAsync($"{Page}?version=1&tab=clauses");

        Assert.Contains(step, diagram, StringComparison.Ordinal);
        Assert.Contains(way, diagram, StringComparison.Ordinal);
        Assert.Contains(head, clauses, StringComparison.Ordinal);
        Assert.Contains(clause, clauses, StringComparison.Ordinal);
        Assert.Contains(OwnerHost.Process, await reader.ReadAsync("/processes"), StringComparison.Ordinal);
    }

    private async Task<List<string>> OpenApprovalsAfterTheFirstAsync(Complaint complaint)
    {
        await host.CompleteAsync(complaint, "first", "li", "Done", new() { ["replyForm"] = "oral" });
        await host.CompleteAsync(complaint, "handle", "li", "Done", new() { ["cause"] = "late", ["proposal"] = "pay", ["validity"] = "valid", ["amountProposed"] = 800 });
        await host.CompleteAsync(complaint, null, "zhou", "Approved");
        return [.. (await host.ReadAsync(complaint)).Tasks.Open.Where(task => task.Chain is not null).Select(task => task.Who[0])];
    }

    private static Dictionary<string, string> Shipped() => PackFiles.ReadFolder(Folder);

    private static Dictionary<string, string> WithSecondApproval()
    {
        var files = Shipped();
        var approvals = JsonNode.Parse(files["approvals.json"])!;
        approvals["chains"]![0]!["steps"]!.AsArray().Insert(1, new JsonObject
        {
            ["key"] = "second",
            ["who"] = "manager",
            ["when"] = new JsonObject { ["amountProposed"] = "> 0" },
        });
        files["approvals.json"] = approvals.ToJsonString();
        return files;
    }

    private static byte[] Zip(Dictionary<string, string> files) => PackFiles.WriteZip(files);

    private Task<int> NewestAsync() => host.QueryAsync(db => db.ProcessVersions.Where(p => p.ProcessKey == OwnerHost.Process).MaxAsync(p => p.Version));

    private Task<ProcessVersionState> StateAsync(int version) =>
        host.QueryAsync(db => db.ProcessVersions.Where(p => p.ProcessKey == OwnerHost.Process && p.Version == version).Select(p => p.State).SingleAsync());
}

using System.Net;
using System.Text.Json.Nodes;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Elsa;

public sealed class LifeTests : IAsyncDisposable
{
    private readonly ElsaHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_process_is_created_drawn_published_and_a_complaint_runs_on_it()
    {
        var owner = await _host.AsAsync();

        var created = await owner.CreateAsync("Refunds");
        Assert.Equal(("refunds", 1, false), ((string?)created["definitionId"], (int)created["version"]!, (bool)created["isPublished"]!));
        Assert.Equal("Workflow1:1c7031983d340158", (string?)created["root"]!["nodeId"]);

        var drawn = await owner.SaveAsync(created.DrawProcess());
        Assert.Equal("Workflow1:1c7031983d340158:work", (string?)drawn["root"]!["activities"]![2]!["nodeId"]);
        var published = await owner.SaveAsync(drawn, publish: true);
        Assert.True((bool)published["isPublished"]!);

        var complaint = await _host.RegisterAsync("refunds");
        Assert.Equal(("refunds", 1), (complaint.Process, complaint.ProcessVersion));
        Assert.Equal("work", Assert.Single(complaint.Tasks.Open).Key);
        Assert.Equal(["reply", "resolution"], complaint.Clocks.All.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_change_of_a_published_process_is_a_new_draft_while_its_cases_run_on()
    {
        var owner = await _host.AsAsync();
        await owner.SaveAsync((await owner.CreateAsync("Refunds")).DrawProcess(), publish: true);
        var complaint = await _host.RegisterAsync("refunds");

        var opened = await owner.OpenAsync("refunds");
        opened["root"]!["activities"]![2]!["id"] = "second";
        opened["root"]!["connections"] = new JsonArray(
            Studio.Connect("received", "clock"), Studio.Connect("clock", "second"), Studio.Connect("second", "close"), Studio.Connect("close", "end"));
        var draft = await owner.SaveAsync(opened);
        Assert.Equal((2, false, true), ((int)draft["version"]!, (bool)draft["isPublished"]!, (bool)draft["isLatest"]!));
        Assert.Equal(1, (await _host.RegisterAsync("refunds")).ProcessVersion);

        await owner.PostJsonAsync("workflow-definitions/refunds/publish", new JsonObject { ["note"] = "second try" });
        var later = await _host.RegisterAsync("refunds");

        Assert.Equal("second", Assert.Single(later.Tasks.Open).Key);
        var before = (await _host.Get<CaseRuntime>().ReadAsync(complaint.Id.Value, ElsaHost.Token))!.Complaint;
        Assert.Equal(("work", 1), (Assert.Single(before.Tasks.Open).Key, before.ProcessVersion));
        Assert.Equal("second try", await _host.QueryAsync(db => db.ProcessVersions.Where(p => p.ProcessKey == "refunds" && p.Version == 2).Select(p => p.Note).SingleAsync()));
    }

    [Theory]
    [InlineData("en", "Not published: version 2 gives away 1 more")]
    [InlineData("zh-CN", "没有发布：第 2 版比在用的版本多放出 1 项权限")]
    public async Task What_gives_more_away_than_the_version_in_use_is_not_published_from_the_designer_but_where_it_is_confirmed(string language, string words)
    {
        var owner = await _host.AsAsync(language: language);
        await owner.SaveAsync((await owner.CreateAsync("Refunds")).DrawProcess(), publish: true);
        var opened = await owner.OpenAsync("refunds");
        opened["root"]!["activities"]![2]!["who"] = Studio.List("staff", "supervisor");

        var refused = await owner.SaveAsync(opened, publish: true, HttpStatusCode.BadRequest);
        var again = await owner.PostJsonAsync("workflow-definitions/refunds/publish", null, HttpStatusCode.BadRequest);
        var many = await owner.PostJsonAsync("bulk-actions/publish/workflow-definitions/by-definition-ids", new JsonObject { ["definitionIds"] = new JsonArray("refunds") });

        Assert.Contains(words, refused.Said(), StringComparison.Ordinal);
        Assert.Contains("/processes/refunds?version=2#publish", refused.Said(), StringComparison.Ordinal);
        Assert.Equal("/processes/refunds?version=2#publish", (string?)again["confirmAt"]);
        Assert.Equal("refunds", (string?)Assert.Single(many["failed"]!.AsArray()));
        Assert.Equal(1, (await _host.RegisterAsync("refunds")).ProcessVersion);
        Assert.Contains("supervisor", (await owner.OpenAsync("refunds"))["root"]!["activities"]![2]!["who"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_published_from_the_designer_by_somebody_who_has_not_proved_lately_who_they_are()
    {
        var drawn = (await (await _host.AsAsync()).CreateAsync("Refunds")).DrawProcess();
        var late = await _host.AsAsync(provedAt: _host.Api.Services.GetRequiredKeyedService<TimeProvider>(Clocks.Wall).GetUtcNow().AddMinutes(-6));

        var refused = await late.SaveAsync(drawn, publish: true, HttpStatusCode.BadRequest);
        var again = await late.PostJsonAsync("workflow-definitions/refunds/publish", null, HttpStatusCode.BadRequest);
        var many = await late.PostJsonAsync("bulk-actions/publish/workflow-definitions/by-definition-ids", new JsonObject { ["definitionIds"] = new JsonArray("refunds") }, HttpStatusCode.BadRequest);

        foreach (var refusal in new[] { refused, again, many })
        {
            Assert.Equal("/sign-in/again?returnUrl=%2Fstudio%2Fdefinitions%2Frefunds", (string?)refusal["proveAt"]);
            Assert.Contains("prove once more", refusal.Said(), StringComparison.Ordinal);
        }

        var kept = await late.OpenAsync("refunds");
        Assert.Equal((false, 5), ((bool)kept["isPublished"]!, kept["root"]!["activities"]!.AsArray().Count));
        Assert.True((bool)(await (await _host.AsAsync()).SaveAsync(kept, publish: true))["isPublished"]!);
    }

    [Fact]
    public async Task Opening_and_saving_a_published_definition_without_a_change_stores_nothing()
    {
        var owner = await _host.AsAsync();
        var before = await StoredAsync();

        var opened = await owner.OpenAsync(ElsaHost.Standard);
        var saved = await owner.SaveAsync(opened);

        Assert.Equal((1, true), ((int)saved["version"]!, (bool)saved["isPublished"]!));
        Assert.Equal(before, await StoredAsync());
    }

    [Fact]
    public async Task Publishing_what_cannot_run_is_refused_with_what_is_wrong_and_the_draft_is_kept()
    {
        var owner = await _host.AsAsync(language: "zh-CN");
        var drawn = (await owner.CreateAsync("退款")).DrawProcess();
        drawn["root"]!["activities"]![2]!["who"] = Studio.List("no-such-role");
        drawn["root"]!["activities"]!.AsArray().Add(Studio.Shape("strange", "Somebody.Elses", 5));

        var said = (await owner.SaveAsync(drawn, publish: true, HttpStatusCode.BadRequest)).Said();

        Assert.Contains("no-such-role", said, StringComparison.Ordinal);
        Assert.Contains("Somebody.Elses", said, StringComparison.Ordinal);
        Assert.Matches("[\u4e00-\u9fff]", said);
        var kept = await owner.OpenAsync((string)drawn["definitionId"]!);
        Assert.False((bool)kept["isPublished"]!);
        Assert.Equal("Somebody.Elses", (string?)kept["root"]!["activities"]![5]!["type"]);
    }

    [Fact]
    public async Task A_retracted_process_starts_nothing_and_is_edited_as_a_new_version()
    {
        var owner = await _host.AsAsync();
        await owner.SaveAsync((await owner.CreateAsync("Refunds")).DrawProcess(), publish: true);

        var retracted = await owner.PostJsonAsync("workflow-definitions/refunds/retract", null);
        Assert.False((bool)retracted["isPublished"]!);
        await Assert.ThrowsAsync<CaseManagement.Domain.InvalidInputException>(() => _host.RegisterAsync("refunds"));
        Assert.Contains("No version", (await owner.PostJsonAsync("workflow-definitions/refunds/retract", null, HttpStatusCode.BadRequest)).Said(), StringComparison.Ordinal);

        var opened = await owner.OpenAsync("refunds");
        opened["name"] = "Refunds and returns";
        Assert.Equal(2, (int)(await owner.SaveAsync(opened))["version"]!);
    }

    [Fact]
    public async Task An_earlier_version_comes_back_as_the_draft()
    {
        var owner = await _host.AsAsync();
        var first = await owner.SaveAsync((await owner.CreateAsync("Refunds")).DrawProcess(), publish: true);
        first["name"] = "Renamed";
        await owner.SaveAsync(first, publish: true);

        var draft = await owner.PostJsonAsync("workflow-definitions/refunds/revert/1", null, HttpStatusCode.Created);

        Assert.Equal((3, "Refunds"), ((int)draft["version"]!, (string?)draft["name"]));
        var versions = await owner.GetJsonAsync("workflow-definitions?versionOptions=AllVersions&Page=0&PageSize=10&DefinitionIds=refunds&OrderBy=Version&OrderDirection=Descending");
        Assert.Equal([3, 2, 1], versions["items"]!.AsArray().Select(v => (int)v!["version"]!));
        Assert.Equal([false, true, false], versions["items"]!.AsArray().Select(v => (bool)v!["isPublished"]!));
        Assert.Equal("Renamed", (string?)(await owner.GetJsonAsync($"workflow-definitions/by-id/{Uri.EscapeDataString("refunds@2/refunds")}"))["name"]);
        Assert.Equal("Renamed", (string?)(await owner.GetJsonAsync("workflow-definitions/by-definition-id/refunds?versionOptions=2"))["name"]);
    }

    [Fact]
    public async Task Only_what_was_never_published_can_be_deleted()
    {
        var owner = await _host.AsAsync();
        await owner.CreateAsync("Scratch");
        await owner.DeleteJsonAsync("workflow-definitions/scratch");
        await owner.GetJsonAsync("workflow-definitions/by-definition-id/scratch", HttpStatusCode.NotFound);
        Assert.False(await _host.QueryAsync(db => db.ProcessVersions.AnyAsync(p => p.ProcessKey == "scratch")));

        var said = (await owner.DeleteJsonAsync($"workflow-definitions/{ElsaHost.Standard}", HttpStatusCode.BadRequest)).Said();
        Assert.Contains("retract", said, StringComparison.Ordinal);

        var opened = await owner.OpenAsync(ElsaHost.Standard);
        opened["description"] = "changed";
        var draft = await owner.SaveAsync(opened);
        await owner.DeleteJsonAsync($"workflow-definition-versions/{Uri.EscapeDataString((string)draft["id"]!)}");
        Assert.Equal((1, true), ((int)(await owner.OpenAsync(ElsaHost.Standard))["version"]!, (bool)(await owner.OpenAsync(ElsaHost.Standard))["isLatest"]!));
    }

    [Fact]
    public async Task A_draft_and_its_process_page_speak_of_the_same_version()
    {
        var owner = await _host.AsAsync();
        var opened = await owner.OpenAsync(ElsaHost.Standard);
        opened["description"] = "changed";
        await owner.SaveAsync(opened);
        var again = await owner.OpenAsync(ElsaHost.Standard);
        again["description"] = "changed again";
        var saved = await owner.SaveAsync(again);

        var versions = await _host.QueryAsync(db => db.ProcessVersions.AsNoTracking().Where(p => p.ProcessKey == ElsaHost.Standard).OrderBy(p => p.Version).ToListAsync());
        Assert.Equal([ProcessVersionState.Published, ProcessVersionState.Draft], versions.Select(v => v.State));
        Assert.Contains("changed again", versions[1].PackJson, StringComparison.Ordinal);
        Assert.Equal($"{ElsaHost.Standard}@2/{ElsaHost.Standard}", (string?)saved["id"]);
        Assert.Equal(2, (int)(await owner.OpenAsync("standard-consultation"))["version"]!);
    }

    [Fact]
    public async Task Every_change_is_in_the_audit_a_busy_author_once_an_hour()
    {
        var owner = await _host.AsAsync();
        var definition = (await owner.CreateAsync("Refunds")).DrawProcess();
        for (var i = 0; i < 3; i++)
        {
            definition["description"] = $"step {i}";
            definition = await owner.SaveAsync(definition);
        }

        await owner.SaveAsync(definition, publish: true);
        await owner.PostJsonAsync("workflow-definitions/refunds/retract", null);

        var events = await _host.QueryAsync(db => db.ConfigurationEvents.Where(e => e.Stream == "process:refunds").OrderBy(e => e.Sequence).ToListAsync());
        Assert.Equal(["process.created", "draft.saved", "process.power-diff-unconfirmed", "process.published", "process.retracted"], events.Select(e => e.Type));
        Assert.All(events, e => Assert.Equal("owner", e.ActorId));
    }

    [Fact]
    public async Task A_workflow_drawn_to_be_used_in_others_leaves_its_process_and_runs_inside_one()
    {
        var owner = await _host.AsAsync();
        var child = await owner.CreateAsync("Greeting");
        child["options"] = new JsonObject { ["usableAsActivity"] = true };
        child["root"]!["activities"] = new JsonArray(Studio.Shape("line", "Elsa.WriteLine", 0, ("text", Studio.Text("hello"))));
        child = await owner.SaveAsync(child);
        Assert.False(await _host.QueryAsync(db => db.ProcessVersions.AnyAsync(p => p.ProcessKey == "greeting")));

        var parent = (await owner.CreateAsync("Refunds")).DrawProcess();
        parent["root"]!["activities"]!.AsArray().Insert(1, Studio.Shape("greet", "Greeting", 5, ("workflowDefinitionId", "greeting"), ("workflowDefinitionVersionId", (string)child["id"]!)));
        parent["root"]!["connections"] = new JsonArray(
            Studio.Connect("received", "greet"), Studio.Connect("greet", "clock"), Studio.Connect("clock", "work"), Studio.Connect("work", "close"), Studio.Connect("close", "end"));
        Assert.Contains("not published", (await owner.SaveAsync(parent, publish: true, HttpStatusCode.BadRequest)).Said(), StringComparison.Ordinal);

        await owner.SaveAsync(child, publish: true);
        await owner.PostJsonAsync("workflow-definitions/refunds/publish", null);

        Assert.Equal("work", Assert.Single((await _host.RegisterAsync("refunds")).Tasks.Open).Key);
    }

    [Fact]
    public async Task A_definition_of_three_hundred_activities_is_saved_opened_and_published()
    {
        var owner = await _host.AsAsync();
        var definition = (await owner.CreateAsync("Long")).DrawProcess();
        var (activities, connections) = (definition["root"]!["activities"]!.AsArray(), definition["root"]!["connections"]!.AsArray());
        connections.RemoveAt(2);
        var before = "work";
        for (var i = 5; i < 300; i++)
        {
            activities.Add(Studio.Shape($"t{i}", "CaseManagement.Task", i, ("who", Studio.List("staff")), ("form", Studio.Text("handling")), ("outcomes", Studio.List("Done"))));
            connections.Add(Studio.Connect(before, $"t{i}"));
            before = $"t{i}";
        }

        connections.Add(Studio.Connect(before, "close"));
        await owner.SaveAsync(definition);
        var opened = await owner.OpenAsync("long");
        Assert.Equal(300, opened["root"]!["activities"]!.AsArray().Count);

        Assert.True((bool)(await owner.SaveAsync(opened, publish: true))["isPublished"]!);
    }

    private Task<string> StoredAsync() => _host.QueryAsync(async db => string.Join('|', await db.ProcessVersions.OrderBy(p => p.ProcessKey).ThenBy(p => p.Version).Select(p => p.PackJson).ToListAsync())
        + string.Join('|', await db.WorkflowDefinitions.OrderBy(d => d.Id).Select(d => d.Id + d.Json + d.SavedIn).ToListAsync()) + await db.ConfigurationEvents.CountAsync());
}

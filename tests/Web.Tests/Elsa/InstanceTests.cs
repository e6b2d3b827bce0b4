using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Elsa;

public sealed class InstanceTests : IAsyncDisposable
{
    private static readonly JsonObject All = new() { ["page"] = 0, ["pageSize"] = 10, ["searchTerm"] = "", ["orderDirection"] = "Descending" };

    private readonly ElsaHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_owner_sees_where_a_case_is_and_nothing_it_holds()
    {
        var complaint = await _host.RegisterAsync();
        var owner = await _host.AsAsync();
        var id = complaint.Instances[^1];

        var answers = new List<JsonNode> { await owner.PostJsonAsync("workflow-instances", All) };
        Assert.Equal((1, "Suspended"), ((int)answers[0]["totalCount"]!, (string?)answers[0]["items"]![0]!["subStatus"]));
        answers.Add(await owner.GetJsonAsync($"workflow-instances/{id}"));
        Assert.NotEmpty(answers[1]["workflowState"]!["bookmarks"]!.AsArray());
        answers.Add(await owner.PostJsonAsync($"workflow-instances/{id}/journal?skip=0&take=110", new JsonObject { ["filter"] = new JsonObject { ["excludedActivityTypes"] = new JsonArray("Elsa.Workflow", "Elsa.Flowchart") } }));
        Assert.Contains("CaseManagement.Acknowledge", answers[2]["items"]!.AsArray().Select(e => (string)e!["activityType"]!));
        answers.Add(await owner.PostJsonAsync("activity-executions/report", new JsonObject { ["workflowInstanceId"] = id.ToString() }));
        Assert.Contains(answers[3]["stats"]!.AsArray(), s => (bool)s!["isBlocked"]!);
        answers.Add(await owner.GetJsonAsync($"activity-executions/list?WorkflowInstanceId={id}"));
        foreach (var execution in answers[4]["items"]!.AsArray())
        {
            answers.Add(await owner.GetJsonAsync($"activity-executions/by-id?id={(string)execution!["id"]!}"));
            answers.Add(await owner.GetJsonAsync($"activity-executions/{(string)execution["id"]!}/call-stack"));
        }

        answers.Add(await owner.GetJsonAsync($"workflow-instances/{id}/variables"));
        Assert.Empty(answers[^1]["items"]!.AsArray());
        answers.Add(await owner.GetJsonAsync($"workflow-instances/{id}/execution-state"));
        foreach (var planted in new[] { "4711", complaint.Number, complaint.Id.ToString() })
        {
            Assert.All(answers, a => Assert.DoesNotContain(planted, a.ToJsonString(), StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task What_is_not_seen_cannot_be_searched_for_either()
    {
        var complaint = await _host.RegisterAsync();
        var owner = await _host.AsAsync();

        foreach (var (name, value) in new[] { ("searchTerm", complaint.Number), ("correlationId", complaint.Id.ToString()), ("searchTerm", complaint.Id.ToString()) })
        {
            Assert.Equal(0, (int)(await owner.PostJsonAsync("workflow-instances", new JsonObject { [name] = value }))["totalCount"]!);
        }

        Assert.Equal(1, (int)(await owner.PostJsonAsync("workflow-instances", new JsonObject { ["searchTerm"] = ElsaHost.Standard }))["totalCount"]!);
        Assert.Equal(0, (int)(await owner.PostJsonAsync("workflow-instances", new JsonObject { ["statuses"] = new JsonArray("Finished") }))["totalCount"]!);
        Assert.Equal(1, (int)(await owner.PostJsonAsync("workflow-instances", new JsonObject { ["hasIncidents"] = false, ["definitionIds"] = new JsonArray(ElsaHost.Standard) }))["totalCount"]!);
    }

    [Fact]
    public async Task A_case_against_the_reader_and_cases_that_are_kept_closely_are_not_there()
    {
        var against = (await _host.RegisterAsync(respondent: new Respondent(null, "owner"))).Instances[^1];
        var owner = await _host.AsAsync();
        Assert.Equal(0, (int)(await owner.PostJsonAsync("workflow-instances", All))["totalCount"]!);
        await owner.GetJsonAsync($"workflow-instances/{against}", HttpStatusCode.NotFound);
        Assert.Equal(1, (int)(await (await _host.AsAsync("auditor")).PostJsonAsync("workflow-instances", All))["totalCount"]!);

        await HideAsync();
        var hidden = (await _host.RegisterAsync()).Instances[^1];
        foreach (var person in new[] { "owner", "admin", "auditor" })
        {
            var client = await _host.AsAsync(person);
            var listed = await client.PostJsonAsync("workflow-instances", All);
            Assert.True((int)listed["totalCount"]! == (person == "owner" ? 0 : 1), $"{person}: {listed}");
            Assert.DoesNotContain(hidden.ToString(), listed.ToJsonString(), StringComparison.Ordinal);
            foreach (var path in new[] { $"workflow-instances/{hidden}", $"workflow-instances/{hidden}/variables", $"activity-executions/list?WorkflowInstanceId={hidden}", $"activity-executions/by-id?id={hidden:N}-1" })
            {
                await client.GetJsonAsync(path, HttpStatusCode.NotFound);
            }

            await client.PostJsonAsync($"workflow-instances/{hidden}/journal", null, HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Who_may_see_the_case_sees_its_name_too()
    {
        var complaint = await _host.RegisterAsync();
        var supervisor = await _host.AsAsync("zhou");

        var listed = (await supervisor.PostJsonAsync("workflow-instances", new JsonObject { ["searchTerm"] = complaint.Number }))["items"]!.AsArray();

        Assert.Equal(complaint.Number, (string?)Assert.Single(listed)!["name"]);
        Assert.Equal(complaint.Id.ToString(), (string?)(await supervisor.GetJsonAsync($"workflow-instances/{complaint.Instances[^1]}"))["correlationId"]);
    }

    [Fact]
    public async Task An_instance_of_a_case_is_neither_cancelled_nor_deleted_from_here()
    {
        var id = (await _host.RegisterAsync()).Instances[^1];
        var owner = await _host.AsAsync();
        var ids = new JsonObject { ["ids"] = new JsonArray(id.ToString()) };

        foreach (var said in new[]
        {
            (await owner.PostJsonAsync($"cancel/workflow-instances/{id}", null, HttpStatusCode.BadRequest)).Said(),
            (await owner.DeleteJsonAsync($"workflow-instances/{id}", HttpStatusCode.BadRequest)).Said(),
            (await owner.PostJsonAsync("bulk-actions/cancel/workflow-instances", ids.DeepClone(), HttpStatusCode.BadRequest)).Said(),
            (await owner.PostJsonAsync("bulk-actions/delete/workflow-instances/by-id", ids.DeepClone(), HttpStatusCode.BadRequest)).Said(),
        })
        {
            Assert.Contains("belongs to a case", said, StringComparison.Ordinal);
        }

        Assert.Equal("Suspended", (string?)(await owner.GetJsonAsync($"workflow-instances/{id}"))["subStatus"]);
    }

    [Fact]
    public async Task An_instance_that_runs_no_case_is_seen_whole_and_can_be_cancelled()
    {
        var owner = await _host.AsAsync();
        var definition = RoundTripTests.Line("waits", "before 815");
        definition["variables"] = new JsonArray(new JsonObject { ["id"] = "v", ["name"] = "Amount", ["typeName"] = "Int32", ["value"] = "500" });
        definition["root"]!["activities"]!.AsArray().Add(Studio.Shape("ev", "Elsa.Event", 1, ("eventName", Studio.Text("Go"))));
        definition["root"]!["connections"] = new JsonArray(Studio.Connect("line", "ev"));
        await owner.PostJsonAsync("workflow-definitions/import", definition);
        await owner.PostJsonAsync("workflow-definitions/waits/publish", null);
        var id = await StartAsync("waits");

        Assert.Equal(500, (int)(await owner.GetJsonAsync($"workflow-instances/{id}/variables"))["items"]![0]!["value"]!);
        var journal = await owner.PostJsonAsync($"workflow-instances/{id}/journal", new JsonObject { ["filter"] = new JsonObject { ["activityNodeIds"] = new JsonArray("Workflow1:Flowchart1:line", "Workflow1:Flowchart1:ev") } });
        Assert.Equal(["Started", "Completed", "Started", "Suspended"], journal["items"]!.AsArray().Select(e => (string)e!["eventName"]!));
        Assert.Contains("before 815", journal.ToJsonString(), StringComparison.Ordinal);

        await owner.PostJsonAsync($"cancel/workflow-instances/{id}", null);
        Assert.Equal("Cancelled", (string?)(await owner.GetJsonAsync($"workflow-instances/{id}"))["subStatus"]);
    }

    [Fact]
    public async Task Running_from_the_designer_is_a_trial_that_only_its_author_sees_and_nothing_comes_of()
    {
        var owner = await _host.AsAsync();
        await owner.SaveAsync((await owner.CreateAsync("Refunds")).DrawProcess());

        using var content = JsonContent.Create(new JsonObject { ["versionOptions"] = "Latest" });
        var answer = await owner.PostAsync("/elsa/api/workflow-definitions/refunds/execute", content, ElsaHost.Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("False", answer.Headers.GetValues("x-elsa-workflow-cannot-start").Single());
        var id = answer.Headers.GetValues("x-elsa-workflow-instance-id").Single();

        Assert.Equal("Suspended", (string?)(await owner.GetJsonAsync($"workflow-instances/{id}"))["subStatus"]);
        var report = await owner.PostJsonAsync("activity-executions/report", new JsonObject { ["workflowInstanceId"] = id });
        Assert.Contains(report["stats"]!.AsArray(), s => (string?)s!["activityId"] == "work" && (bool)s["isBlocked"]!);
        await (await _host.AsAsync("admin")).GetJsonAsync($"workflow-instances/{id}", HttpStatusCode.NotFound);
        Assert.Equal((0, 0, 0), await _host.QueryAsync(async db => (await db.Cases.CountAsync(), await db.Instances.CountAsync(), await db.Messages.CountAsync())));
    }

    [Fact]
    public async Task A_run_that_fails_answers_500_with_its_incident_and_one_that_cannot_start_says_why()
    {
        var owner = await _host.AsAsync();
        var failing = RoundTripTests.Line("failing");
        failing["root"]!["activities"] = new JsonArray(Studio.Shape("f", "Elsa.Fault", 0, ("message", Studio.Text("on purpose"))));
        await owner.PostJsonAsync("workflow-definitions/import", failing);
        var run = await owner.PostJsonAsync("workflow-definitions/failing/execute", new JsonObject(), HttpStatusCode.InternalServerError);
        Assert.Equal(("Faulted", "on purpose"), ((string?)run["workflowState"]!["subStatus"], (string?)run["workflowState"]!["incidents"]![0]!["message"]));

        var strange = RoundTripTests.Line("strange");
        strange["root"]!["activities"]!.AsArray().Add(Studio.Shape("x", "Somebody.Elses", 1));
        await owner.PostJsonAsync("workflow-definitions/import", strange);
        Assert.Contains("“x”", (await owner.PostJsonAsync("workflow-definitions/strange/execute", new JsonObject(), HttpStatusCode.BadRequest)).Said(), StringComparison.Ordinal);
        Assert.Contains("case", (await owner.PostJsonAsync("tests/activities", new JsonObject
        {
            ["workflowDefinitionHandle"] = new JsonObject { ["definitionVersionId"] = $"{ElsaHost.Standard}@1/standard-suggestion" },
            ["activityHandle"] = new JsonObject { ["activityId"] = "instruct" },
        }, HttpStatusCode.BadRequest)).Said(), StringComparison.Ordinal);
        await owner.PostJsonAsync("workflow-definitions/import", RoundTripTests.Line("one"));
        var tested = await owner.PostJsonAsync("tests/activities", new JsonObject
        {
            ["workflowDefinitionHandle"] = new JsonObject { ["definitionVersionId"] = "@1/one" },
            ["activityHandle"] = new JsonObject { ["activityId"] = "line" },
        });
        Assert.Equal(("Completed", "hello"), ((string?)tested["status"], (string?)tested["activityState"]!["Text"]));
    }

    private async Task<Guid> StartAsync(string definitionId)
    {
        var runtime = new WorkflowRuntime(_host.Get<IBurstStore>(), _host.Get<IPlanSource>(), _host.Get<IScriptEngine>(), _host.Get<TimeProvider>());
        return (await runtime.StartAsync(new StartRequest { DefinitionId = definitionId }, ElsaHost.Token)).Instance!.Id;
    }

    // the next version of the standard process keeps serious cases from all but its manager
    private async Task HideAsync()
    {
        var files = StoredConfigurations.FilesOf(await _host.QueryAsync(db => db.ProcessVersions.Where(p => p.ProcessKey == ElsaHost.Standard).Select(p => p.PackJson).SingleAsync()));
        var records = (JsonObject)JsonNode.Parse(files["records.json"])!;
        records["confidentiality"] = new JsonArray(new JsonObject
        {
            ["key"] = "serious",
            ["when"] = new JsonObject { ["status"] = "open" },
            ["hide"] = new JsonArray("case"),
            ["visibleTo"] = new JsonArray("manager"),
        });
        files["records.json"] = records.ToJsonString();
        var by = new Actor(ActorKind.System, "test");
        var installer = _host.Get<ProcessInstaller>();
        var imported = await installer.ImportAsync(files, null, by, ElsaHost.Token);
        await installer.PublishAsync(imported.Key, imported.Version!.Value, null, by, confirms: null, ElsaHost.Token);
    }
}

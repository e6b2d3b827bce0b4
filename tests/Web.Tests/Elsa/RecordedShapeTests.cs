using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Tests;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Web.Tests.Elsa;

/// <summary>What the product answers has every member, of the same kind, that Elsa's answers to Studio had when they were recorded.</summary>
public sealed class RecordedShapeTests : IAsyncDisposable
{
    // what Elsa tells of itself and Studio does not read, and what depends on the very instance that was recorded
    private static readonly HashSet<string> NotCompared = new(StringComparer.Ordinal)
    {
        "clrType", "tenantId", "hash", "callbackMethodName", "stackTrace", "notFoundConnections", "properties", "outputs", "activityState", "activityName",
        "dynamicVariables", "schedulingActivityExecutionId", "schedulingActivityId", "callStackDepth", "VariableTestValues", "parentContextId", "ownerActivityNodeId", "Type", "Variables",
        "completionCallbacks", "completedAt", "finishedAt", "description", "value", "defaultValue", "metadata", "expression", "payload", "toolVersion", "updatedAt",
    };

    private readonly ElsaHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Definitions_have_the_recorded_shapes()
    {
        var owner = await _host.AsAsync();
        await ImportAsync(owner, "example-cx-linear.json", "example-cx-fork.json", "example-cx-pfe.json");
        var opened = await owner.OpenAsync("cx-linear");
        opened["description"] = "changed";

        await CompareAsync("GET-workflow-definitions", await owner.GetJsonAsync("workflow-definitions?versionOptions=Latest&Page=0&PageSize=10&SearchTerm=&IsSystem=False&OrderDirection=Ascending"));
        await CompareAsync("GET-workflow-definitions-by-definition-id-id", await owner.OpenAsync("cx-linear"));
        await CompareAsync("GET-workflow-definitions-by-id-id", await owner.GetJsonAsync($"workflow-definitions/by-id/{Uri.EscapeDataString((string)opened["id"]!)}"));
        await CompareAsync("GET-workflow-definitions-validation-is-name-unique", await owner.GetJsonAsync("workflow-definitions/validation/is-name-unique?name=Workflow%201"));
        await CompareAsync("POST-workflow-definitions", await owner.PostJsonAsync("workflow-definitions", new JsonObject { ["model"] = opened, ["publish"] = false }));
        await CompareAsync("POST-workflow-definitions-definitionId-publish", await owner.PostJsonAsync("workflow-definitions/cx-fork/publish", null));
        await CompareAsync("POST-workflow-definitions-definitionId-retract", await owner.PostJsonAsync("workflow-definitions/cx-fork/retract", null));
        await CompareAsync("POST-workflow-definitions-definitionId-revert-version", await owner.PostJsonAsync("workflow-definitions/cx-fork/revert/1", null, System.Net.HttpStatusCode.Created));
        await CompareAsync(
            "POST-bulk-actions-publish-workflow-definitions-by-definition-ids",
            await owner.PostJsonAsync("bulk-actions/publish/workflow-definitions/by-definition-ids", new JsonObject { ["definitionIds"] = new JsonArray("cx-pfe", "nobody") }));
        await CompareAsync("POST-workflow-definitions-import", await owner.PostJsonAsync("workflow-definitions/import", (await RecordedAsync("POST-workflow-definitions-import"))["reqBody"]));
        await CompareAsync("GET-workflow-definitions-definitionId-export", await owner.GetJsonAsync("workflow-definitions/cx-linear/export?versionOptions=Latest&includeConsumingWorkflows=False"));
        await CompareAsync(
            await DirectAsync("subgraph/segments"),
            await owner.GetJsonAsync($"workflow-definitions/subgraph/segments/{Uri.EscapeDataString("@1/cx-pfe")}?childNodeId=Workflow1:Flowchart1:pfe:BodyFlow"));
        await CompareAsync(await DirectAsync("consumers"), await owner.GetJsonAsync("workflow-definitions/cx-pfe/consumers"));
        await CompareAsync(await DirectAsync("many-by-id"), await owner.GetJsonAsync($"workflow-definitions/many-by-id?ids={Uri.EscapeDataString("@1/cx-pfe")}"));
        await CompareAsync(await DirectAsync("query/count"), await owner.GetJsonAsync("workflow-definitions/query/count"));
        await CompareAsync(
            await DirectAsync("bulk-actions/retract"), await owner.PostJsonAsync("bulk-actions/retract/workflow-definitions/by-definition-ids", new JsonObject { ["definitionIds"] = new JsonArray("cx-pfe") }));
        await CompareAsync(
            await DirectAsync("delete/workflow-definitions"), await owner.PostJsonAsync("bulk-actions/delete/workflow-definitions/by-definition-id", new JsonObject { ["definitionIds"] = new JsonArray("cx-linear") }));
    }

    [Fact]
    public async Task Descriptors_have_the_recorded_shapes()
    {
        var owner = await _host.AsAsync();
        foreach (var (file, path) in new[]
        {
            ("GET-descriptors-activities", "descriptors/activities?Refresh=True"), ("GET-descriptors-expression-descriptors", "descriptors/expression-descriptors"),
            ("GET-descriptors-workflow-activation-strategies", "descriptors/workflow-activation-strategies"), ("GET-descriptors-incident-strategies", "descriptors/incident-strategies"),
            ("GET-descriptors-storage-drivers", "descriptors/storage-drivers"), ("GET-descriptors-variables", "descriptors/variables"),
            ("GET-descriptors-commit-strategies-workflows", "descriptors/commit-strategies/workflows"),
        })
        {
            await CompareAsync(file, await owner.GetJsonAsync(path));
        }

        var ours = (await owner.GetJsonAsync("descriptors/activities"))["items"]!.AsArray().ToDictionary(d => (string)d!["typeName"]!, d => d!, StringComparer.Ordinal);
        foreach (var recorded in (await RecordedAsync("GET-descriptors-activities"))["resBody"]!["items"]!.AsArray().Where(d => ours.ContainsKey((string)d!["typeName"]!)))
        {
            var mine = ours[(string)recorded!["typeName"]!];
            Assert.True(((string)recorded["kind"]! == "Trigger") == ((string)mine["kind"]! == "Trigger"), (string)recorded["typeName"]!);
            foreach (var input in recorded["inputs"]!.AsArray())
            {
                Assert.Contains((string)input!["name"]!, mine["inputs"]!.AsArray().Select(i => (string)i!["name"]!));
            }
        }
    }

    [Fact]
    public async Task Instances_have_the_recorded_shapes()
    {
        var owner = await _host.AsAsync();
        await ImportAsync(owner, "example-cx-event.json");
        await owner.PostJsonAsync("workflow-definitions/cx-event/publish", null);
        var runtime = new WorkflowRuntime(_host.Get<IBurstStore>(), _host.Get<IPlanSource>(), _host.Get<IScriptEngine>(), _host.Get<TimeProvider>());
        var id = (await runtime.StartAsync(new StartRequest { DefinitionId = "cx-event" }, ElsaHost.Token)).Instance!.Id;
        var executions = await owner.GetJsonAsync($"activity-executions/list?WorkflowInstanceId={id}&ActivityNodeId=Workflow1");

        await CompareAsync("POST-workflow-instances", await owner.PostJsonAsync("workflow-instances", (await RecordedAsync("POST-workflow-instances"))["reqBody"]));
        await CompareAsync("GET-workflow-instances-id", await owner.GetJsonAsync($"workflow-instances/{id}"));
        await CompareAsync("POST-workflow-instances-id-journal", await owner.PostJsonAsync($"workflow-instances/{id}/journal?skip=0&take=110", new JsonObject { ["filter"] = new JsonObject() }));
        await CompareAsync("GET-activity-executions-list", executions);
        await CompareAsync("GET-activity-execution-summaries-list", await owner.GetJsonAsync($"activity-execution-summaries/list?WorkflowInstanceId={id}&ActivityNodeId=Workflow1%3AFlowchart1"));
        await CompareAsync("GET-activity-executions-by-id", await owner.GetJsonAsync($"activity-executions/by-id?id={(string)executions["items"]![0]!["id"]!}"));
        await CompareAsync("GET-workflow-instances-id-variables", await owner.GetJsonAsync($"workflow-instances/{id}/variables"));
        await CompareAsync("POST-activity-executions-report", await owner.PostJsonAsync("activity-executions/report", new JsonObject { ["workflowInstanceId"] = id.ToString() }));
        await CompareAsync(await DirectAsync("execution-state"), await owner.GetJsonAsync($"workflow-instances/{id}/execution-state"));
        await CompareAsync(await DirectAsync("call-stack"), await owner.GetJsonAsync($"activity-executions/{(string)executions["items"]![0]!["id"]!}/call-stack"));
        await CompareAsync("POST-workflow-definitions-definitionId-execute", await owner.PostJsonAsync("workflow-definitions/cx-event/execute", new JsonObject { ["versionOptions"] = "Latest" }));
    }

    private static async Task ImportAsync(HttpClient owner, params string[] files)
    {
        foreach (var file in files)
        {
            await owner.PostJsonAsync("workflow-definitions/import", JsonNode.Parse(await File.ReadAllTextAsync(SharedMaterial.Path("elsa", file), ElsaHost.Token)));
        }
    }

    private static async Task<JsonNode> RecordedAsync(string file) =>
        JsonNode.Parse(await File.ReadAllTextAsync(SharedMaterial.Path("elsa", "traffic", file + ".json"), ElsaHost.Token)) switch
        {
            JsonArray calls => calls[0]!,
            var call => call!,
        };

    private static async Task<JsonNode> DirectAsync(string path) =>
        JsonNode.Parse(await File.ReadAllTextAsync(SharedMaterial.Path("elsa", "traffic", "direct-calls.json"), ElsaHost.Token))!.AsArray()
            .First(c => ((string?)c!["path"])?.Contains(path, StringComparison.Ordinal) == true)!["resBody"]!;

    private static async Task CompareAsync(string file, JsonNode ours) => await CompareAsync((await RecordedAsync(file))["resBody"]!, ours, file);

    private static Task CompareAsync(JsonNode recorded, JsonNode ours, string? name = null)
    {
        var missing = new List<string>();
        Compare(recorded, ours, name ?? "$", missing);
        Assert.True(missing.Count == 0, string.Join('\n', missing) + "\n" + ours);
        return Task.CompletedTask;
    }

    private static void Compare(JsonNode? recorded, JsonNode? ours, string path, List<string> missing)
    {
        switch (recorded, ours)
        {
            case (null, _):
                return;
            case (_, null):
                missing.Add($"{path} is not there");
                return;
            case (JsonObject expected, JsonObject actual):
                foreach (var (name, value) in expected.Where(m => m.Value is not null && !NotCompared.Contains(m.Key)))
                {
                    // an activity's own inputs differ from activity to activity
                    if (!(actual["nodeId"] is not null && actual["type"] is not null && !actual.ContainsKey(name)))
                    {
                        Compare(value, actual[name], $"{path}.{name}", missing);
                    }
                }

                return;
            case (JsonArray { Count: > 0 } expected, JsonArray { Count: > 0 } actual):
                Compare(expected[0], actual[0], path + "[0]", missing);
                return;
            case (JsonArray, JsonArray):
                return;
            default:
                var (one, other) = (Kind(recorded!), Kind(ours!));
                if (one != other)
                {
                    missing.Add($"{path} is {other}, was {one}");
                }

                return;
        }
    }

    private static JsonValueKind Kind(JsonNode node) => node.GetValueKind() is JsonValueKind.False ? JsonValueKind.True : node.GetValueKind();
}

using System.Net;
using System.Text.Json.Nodes;
using CaseManagement.Tests;

namespace CaseManagement.Web.Tests.Elsa;

public sealed class RoundTripTests : IAsyncDisposable
{
    private static readonly string[] Volatile = ["$schema", "id", "version", "isLatest", "isPublished", "createdAt", "links"];

    private readonly ElsaHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Every_example_definition_comes_out_as_it_went_in()
    {
        var owner = await _host.AsAsync();
        var files = Directory.GetFiles(SharedMaterial.Path("elsa"), "example-*.json");
        Assert.True(files.Length >= 6);
        foreach (var file in files)
        {
            await AssertSameAsync(owner, (JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(file, ElsaHost.Token))!, Path.GetFileName(file));
        }
    }

    [Fact]
    public async Task Every_definition_of_the_conformance_suite_comes_out_as_it_went_in()
    {
        var owner = await _host.AsAsync();
        var count = 0;
        foreach (var file in Directory.GetFiles(SharedMaterial.Path("elsa", "conformance"), "*.json"))
        {
            var cases = (JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(file, ElsaHost.Token))!;
            foreach (var definition in cases["definitions"]!.AsArray())
            {
                await AssertSameAsync(owner, (JsonObject)definition!["model"]!, Path.GetFileName(file));
                count++;
            }
        }

        Assert.True(count >= 73);
    }

    [Fact]
    public async Task What_the_product_and_studio_do_not_know_survives_import_a_save_from_the_editor_and_export()
    {
        var owner = await _host.AsAsync();
        var file = new JsonObject
        {
            ["definitionId"] = "strange-things",
            ["name"] = "Strange things",
            ["madeBy"] = new JsonObject { ["tool"] = "another", ["notes"] = new JsonArray(1, "two", null) },
            ["variables"] = new JsonArray(new JsonObject { ["id"] = "v", ["name"] = "V", ["typeName"] = "Somebody.Type", ["isArray"] = false, ["hint"] = "kept" }),
            ["options"] = new JsonObject { ["usableAsActivity"] = false, ["newOption"] = 5 },
            ["root"] = new JsonObject
            {
                ["id"] = "Flowchart1",
                ["type"] = "Elsa.Flowchart",
                ["version"] = 1,
                ["activities"] = new JsonArray(new JsonObject
                {
                    ["id"] = "x",
                    ["name"] = "x",
                    ["type"] = "Somebody.Elses.Activity",
                    ["version"] = 3,
                    ["input"] = new JsonObject { ["typeName"] = "Somebody.Type", ["expression"] = new JsonObject { ["type"] = "Liquid", ["value"] = "{{ a }}" }, ["more"] = true },
                    ["text"] = null,
                    ["metadata"] = new JsonObject { ["anything"] = 1.50 },
                }),
                ["variables"] = new JsonArray(),
                ["connections"] = new JsonArray(),
            },
        };
        await owner.PostJsonAsync("workflow-definitions/import", file);

        // Studio sends back what its own model has members for
        var opened = await owner.OpenAsync("strange-things");
        opened.Remove("madeBy");
        opened["variables"]![0]!.AsObject().Remove("hint");
        opened["options"]!.AsObject().Remove("newOption");
        opened["description"] = "edited";
        await owner.SaveAsync(opened);

        file["description"] = "edited";
        Assert.Equal("", Difference(Comparable(file), Comparable((JsonObject)await owner.GetJsonAsync("workflow-definitions/strange-things/export?versionOptions=Latest"))));
        Assert.Contains("Somebody.Elses.Activity", (await owner.GetJsonAsync("descriptors/activities"))["items"]!.AsArray().Select(d => (string)d!["typeName"]!));
        Assert.Contains("“x”", (await owner.PostJsonAsync("workflow-definitions/strange-things/publish", null, HttpStatusCode.BadRequest)).Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_of_the_editor_is_in_no_stored_definition_and_no_file()
    {
        var owner = await _host.AsAsync();
        var saved = await owner.SaveAsync((await owner.CreateAsync("Refunds")).DrawProcess());
        Assert.Contains("caseManagement.draft", saved.ToJsonString(), StringComparison.Ordinal);

        Assert.DoesNotContain("caseManagement.draft", (await owner.GetJsonAsync("workflow-definitions/refunds/export")).ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "caseManagement.draft",
            await _host.QueryAsync(db => Task.FromResult(string.Concat(db.WorkflowDefinitions.Select(d => d.Json)) + string.Concat(db.ProcessVersions.Select(p => p.PackJson)))),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_a_complaint_received_becomes_a_process_another_a_definition_of_its_own()
    {
        var owner = await _host.AsAsync();
        var drawn = new JsonObject
        {
            ["definitionId"] = "from-elsewhere",
            ["name"] = "From elsewhere",
            ["root"] = new JsonObject { ["id"] = "Flowchart1", ["type"] = "Elsa.Flowchart", ["version"] = 1 },
        }.DrawProcess();
        await owner.PostJsonAsync("workflow-definitions/import", drawn);
        await owner.PostJsonAsync("workflow-definitions/from-elsewhere/publish", null);
        Assert.Equal("from-elsewhere", (await _host.RegisterAsync("from-elsewhere")).Process);

        var plain = await owner.PostJsonAsync("workflow-definitions/import", Line("plain"));
        Assert.Null(await _host.QueryAsync(db => Task.FromResult(db.WorkflowDefinitions.Single(d => d.DefinitionId == "plain").ProcessKey)));
        await owner.PostJsonAsync("workflow-definitions/plain/publish", null);
        plain["name"] = "Plain, again";
        Assert.Equal(2, (int)(await owner.SaveAsync((JsonObject)plain))["version"]!);
        await owner.PostJsonAsync("workflow-definitions/plain/retract", null);
        Assert.Contains("retract", (await owner.DeleteJsonAsync("workflow-definitions/plain", HttpStatusCode.BadRequest)).Said(), StringComparison.Ordinal);
    }

    /// <summary>A definition of one line.</summary>
    internal static JsonObject Line(string id, string text = "hello") => new()
    {
        ["definitionId"] = id,
        ["name"] = id,
        ["root"] = new JsonObject
        {
            ["id"] = "Flowchart1",
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["activities"] = new JsonArray(Studio.Shape("line", "Elsa.WriteLine", 0, ("text", Studio.Text(text)))),
            ["variables"] = new JsonArray(),
            ["connections"] = new JsonArray(),
        },
    };

    private static async Task AssertSameAsync(HttpClient owner, JsonObject file, string name)
    {
        var imported = await owner.PostJsonAsync("workflow-definitions/import", file.DeepClone());
        var exported = (JsonObject)await owner.GetJsonAsync($"workflow-definitions/{(string)imported["definitionId"]!}/export?versionOptions=Latest&includeConsumingWorkflows=False");
        var difference = Difference(Comparable(file), Comparable(exported));
        Assert.True(difference.Length == 0, $"{name}: {difference}");
    }

    // absent and empty are one at the top and in the root; node ids are worked out
    private static JsonObject Comparable(JsonObject definition)
    {
        var json = (JsonObject)definition.DeepClone();
        foreach (var name in Volatile)
        {
            json.Remove(name);
        }

        foreach (var one in (JsonObject[])[json, (JsonObject)json["root"]!])
        {
            foreach (var name in one.Where(m => m.Value is null or JsonArray { Count: 0 } or JsonObject { Count: 0 } || m.Key is "isReadonly" or "isSystem").Select(m => m.Key).ToList())
            {
                one.Remove(name);
            }
        }

        if (json["root"]!["customProperties"] is JsonObject custom && custom.All(c => c.Value is JsonValue flag && flag.TryGetValue<bool>(out var on) && !on))
        {
            json["root"]!.AsObject().Remove("customProperties");
        }

        WithoutNodeIds(json);
        return json;
    }

    private static void WithoutNodeIds(JsonNode? node)
    {
        if (node is JsonObject json)
        {
            json.Remove("nodeId");
            json.ToList().ForEach(m => WithoutNodeIds(m.Value));
        }
        else if (node is JsonArray array)
        {
            array.ToList().ForEach(WithoutNodeIds);
        }
    }

    private static string Difference(JsonObject expected, JsonObject actual) =>
        JsonNode.DeepEquals(expected, actual) ? "" : $"went in\n{expected}\ncame out\n{actual}";
}

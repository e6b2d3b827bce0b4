using System.Text;
using System.Text.Json.Nodes;
using CaseManagement.Workflows.Definitions;

namespace CaseManagement.Workflows.Tests;

public class DefinitionFormat
{
    public static TheoryData<string> Examples()
    {
        var files = new TheoryData<string>();
        foreach (var file in SharedFolder.Files("elsa", "example-*.json").Concat(SharedFolder.Workflows()))
        {
            files.Add(file);
        }

        if (!files.Any())
        {
            files.Add("");
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_definition_survives_a_round_trip(string file)
    {
        SharedFolder.Require();
        var text = File.ReadAllText(file);

        var written = WorkflowDefinition.Parse(WorkflowDefinition.Parse(text).ToUtf8()).ToUtf8();

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(written)));
    }

    [Fact]
    public void Definitions_of_the_conformance_suite_survive_a_round_trip()
    {
        SharedFolder.Require();
        var models = SharedFolder.Files("elsa/conformance", "*.json")
            .SelectMany(f => JsonNode.Parse(File.ReadAllText(f))!["definitions"]!.AsArray())
            .Select(d => d!["model"]!)
            .ToList();

        Assert.NotEmpty(models);
        Assert.All(models, model => Assert.True(
            JsonNode.DeepEquals(model, JsonNode.Parse(WorkflowDefinition.Parse(model.ToJsonString()).ToUtf8()))));
    }

    [Fact]
    public void What_this_product_does_not_know_is_kept_when_the_version_changes()
    {
        var definition = WorkflowDefinition.Parse(
            """{"x-new":{"a":[1.50,null]},"root":{"id":"r","type":"Acme.Later","secret":{"deep":true}}}""");

        var json = definition.With(id: "v1", version: 2, isPublished: true).ToJson();

        Assert.Equal("""{"a":[1.50,null]}""", json["x-new"]!.ToJsonString());
        Assert.Equal("""{"id":"r","type":"Acme.Later","secret":{"deep":true}}""", json["root"]!.ToJsonString());
        Assert.Equal(2, (int)json["version"]!);
    }

    [Fact]
    public void A_brand_new_definition_has_an_empty_root_and_defaults()
    {
        var definition = WorkflowDefinition.Parse("""{"id":null,"root":{"id":"Flowchart1","type":"Elsa.Flowchart","version":1}}""");

        Assert.Equal("", definition.Id);
        Assert.Equal(1, definition.Version);
        Assert.Empty(definition.Variables);
        Assert.Equal(IncidentStrategy.Fault, definition.Options.IncidentStrategy);
    }

    [Theory]
    [InlineData("ContinueWithIncidentsStrategy")]
    [InlineData("Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core")]
    [InlineData("ContinueWithIncidents")]
    public void A_strategy_is_known_by_alias_and_by_name(string name)
    {
        var definition = WorkflowDefinition.From(new JsonObject { ["options"] = new JsonObject { ["incidentStrategyType"] = name } });

        Assert.Equal(IncidentStrategy.ContinueWithIncidents, definition.Options.IncidentStrategy);
    }

    [Theory]
    [InlineData("[]", "not-an-object")]
    [InlineData("{", "not-json")]
    [InlineData("""{"name":"a","name":"b"}""", "not-json")]
    [InlineData("""{"version":"two"}""", "bad-value")]
    [InlineData("""{"variables":{}}""", "bad-value")]
    [InlineData("""{"inputs":[1]}""", "bad-value")]
    public void What_is_no_definition_is_refused(string text, string code)
    {
        var exception = Assert.Throws<DefinitionFormatException>(() => WorkflowDefinition.Parse(text));

        Assert.Equal(code, exception.Code);
    }

    [Fact]
    public void Size_depth_and_number_of_activities_are_limited()
    {
        var large = Encoding.UTF8.GetBytes("{\"x\":\"" + new string('a', DefinitionLimits.MaxBytes) + "\"}");
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 70)) + "1" + new string('}', 70);
        var many = new JsonArray([.. Enumerable.Range(0, DefinitionLimits.MaxActivities).Select(i => new JsonObject { ["id"] = $"a{i}", ["type"] = "T" })]);
        var crowded = new JsonObject { ["root"] = new JsonObject { ["id"] = "r", ["type"] = "F", ["activities"] = many } };

        Assert.Equal("too-large", Assert.Throws<DefinitionFormatException>(() => WorkflowDefinition.Parse(large)).Code);
        Assert.Equal("not-json", Assert.Throws<DefinitionFormatException>(() => WorkflowDefinition.Parse(deep)).Code);
        Assert.Equal("too-many-activities", Assert.Throws<DefinitionFormatException>(() => WorkflowDefinition.From(crowded)).Code);
    }
}

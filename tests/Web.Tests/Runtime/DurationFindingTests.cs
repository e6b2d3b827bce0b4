using System.Text.Json.Nodes;
using CaseManagement.Domain.Packs;
using CaseManagement.Tests;
using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Simulation;

namespace CaseManagement.Web.Tests.Runtime;

public sealed class DurationFindingTests
{
    [Fact]
    public void Twenty_four_hours_written_as_a_clock_time_are_explained_in_both_languages_when_a_process_is_checked()
    {
        var files = PackFiles.ReadFolder(Path.Combine(SharedMaterial.Root, "Workflows", "Processes", "standard-complaint"))
            .ToDictionary(f => f.Key, f => f.Value);
        var (name, text) = files.First(f => f.Key.StartsWith("workflows/", StringComparison.Ordinal));
        var workflow = JsonNode.Parse(text)!;
        workflow["root"]!["activities"]!.AsArray().Add(new JsonObject
        {
            ["id"] = "pause",
            ["nodeId"] = $"Workflow1:{workflow["root"]!["id"]}:pause",
            ["type"] = "Elsa.Delay",
            ["timeSpan"] = new JsonObject
            {
                ["typeName"] = "TimeSpan",
                ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "24:00:00" },
            },
        });
        files[name] = workflow.ToJsonString();

        var finding = Assert.Single(ProcessInstaller.Check(PackReader.Read(files).Pack!), f => f.Code == "ambiguous-duration");

        Assert.Contains("24 天", finding.Message.Zh, StringComparison.Ordinal);
        Assert.Contains("24 days", finding.Message.En, StringComparison.Ordinal);
        Assert.Equal(("pause", FindingSeverity.Warning), (finding.JsonPath, finding.Severity));
    }
}

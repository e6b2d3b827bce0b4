using CaseManagement.Domain.Packs;
using CaseManagement.Tests.Stores;
using CaseManagement.Workflows.Simulation.Scenarios;

namespace CaseManagement.Workflows.Tests.Scenarios;

/// <summary>Examples of decision tables say the same in a scenario, in the editor and before publishing.</summary>
public sealed class TableExampleTests
{
    private const string File = "scenarios/tried.json";

    [Theory, MemberData(nameof(ShippedPacks.Ids), MemberType = typeof(ShippedPacks))]
    public void Every_table_of_a_shipped_pack_is_tried_by_examples_that_hold(string id)
    {
        var pack = PackReader.Read(ShippedPacks.Files(id)).Pack!;

        var examples = TableExamples.Of(pack);

        Assert.Equal(pack.Tables.Keys.Order(StringComparer.Ordinal), examples.Select(e => e.Table).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Empty(examples.Where(e => !e.IsGood).Select(e => $"{e.File} {e.Table}: expected {e.Expected}, got {e.Got}"));
    }

    [Theory]
    [InlineData("{\"outputs\": {}}", false)]
    [InlineData("{\"outputs\": {\"lead\": \"quality\"}}", true)]
    [InlineData("{\"outputs\": {\"lead\": \"finance\"}}", false)]
    public async Task An_example_that_expects_nothing_fails_where_the_table_gives_something(string expected, bool holds)
    {
        var pack = With("standard-complaint", """{"id": "tried", "process": "standard-complaint", "steps": [{"calculate": {"table": "routing", "facts": {"category": "goods"}}, "expect": EXPECTED}]}"""
            .Replace("EXPECTED", expected, StringComparison.Ordinal));

        Assert.Equal(holds, Assert.Single(TableExamples.Of(pack)).IsGood);
        Assert.Equal(holds, await ShippedPacks.FailuresAsync(pack, null, TestContext.Current.CancellationToken) == "");
    }

    [Theory]
    [InlineData("", "{}", true)]
    [InlineData("\"settings\": {\"several\": 2},", "{\"level\": \"serious\"}", true)]
    [InlineData("\"settings\": {\"several\": 2},", "{}", false)]
    public async Task Readings_of_the_scenario_hold_for_what_it_works_out(string settings, string outputs, bool holds)
    {
        var pack = With("tax-terminal-service-complaints", """{"id": "tried", "process": "tax-terminal-service-complaints", SETTINGS "steps": [{"calculate": {"table": "level", "facts": {"counts": {"general": 2}}}, "expect": {"outputs": OUTPUTS}}]}"""
            .Replace("SETTINGS", settings, StringComparison.Ordinal).Replace("OUTPUTS", outputs, StringComparison.Ordinal));

        Assert.Equal(holds, Assert.Single(TableExamples.Of(pack)).IsGood);
        Assert.Equal(holds, await ShippedPacks.FailuresAsync(pack, null, TestContext.Current.CancellationToken) == "");
    }

    private static ProcessPack With(string id, string scenario)
    {
        var files = ShippedPacks.Files(id).Where(file => !file.Key.StartsWith("scenarios/", StringComparison.Ordinal)).Append(KeyValuePair.Create(File, scenario))
            .ToDictionary(file => file.Key, file => file.Value, StringComparer.Ordinal);
        var read = PackReader.Read(files);
        Assert.Empty(read.Findings);
        return read.Pack!;
    }
}

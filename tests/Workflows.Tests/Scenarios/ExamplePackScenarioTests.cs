using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Packs;
using CaseManagement.Tests;
using CaseManagement.Workflows.Simulation;
using CaseManagement.Workflows.Simulation.Scenarios;

namespace CaseManagement.Workflows.Tests.Scenarios;

/// <summary>The packs worked out in the reference material run on the real runtime.</summary>
public class ExamplePackScenarioTests
{
    public static TheoryData<string, string> Scenarios { get; } = Find();

    [Theory, MemberData(nameof(Scenarios))]
    public async Task A_scenario_of_an_example_pack_holds(string pack, string scenario)
    {
        var folder = SharedMaterial.Path("packs", "examples", pack);
        var calendar = WorkCalendarDocument.Parse(await File.ReadAllTextAsync(
            SharedMaterial.Path("packs", "examples", "_calendars", "golden-2026.json"), TestContext.Current.CancellationToken));
        var read = PackReader.Read(PackFiles.ReadFolder(folder)).Pack!;
        var runner = new ScenarioRunner(read, new Dictionary<string, WorkCalendarDocument> { ["golden-2026"] = calendar });

        var results = await runner.RunFileAsync(scenario, read.Scenarios[scenario], TestContext.Current.CancellationToken);

        Assert.Equal("", string.Concat(results.Select(r => r.Failure)));
    }

    private static TheoryData<string, string> Find()
    {
        var found = new TheoryData<string, string>();
        var root = Path.Combine(SharedMaterial.Root, "..", "shared", "packs", "examples");
        if (!Directory.Exists(root))
        {
            // one that skips and says why
            found.Add("any", "any");
            return found;
        }

        foreach (var file in Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories).Where(f => Path.GetFileName(Path.GetDirectoryName(f)) == "scenarios").Order(StringComparer.Ordinal))
        {
            found.Add(Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file)))!, Path.GetFileNameWithoutExtension(file));
        }

        return found;
    }
}

using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Packs;
using CaseManagement.Tests;
using CaseManagement.Workflows.Simulation;
using CaseManagement.Workflows.Simulation.Scenarios;

namespace CaseManagement.Workflows.Tests.Scenarios;

/// <summary>The packs worked out in the reference material run on the real runtime.</summary>
public class ExamplePackScenarioTests
{
    public static TheoryData<string> StandardScenarios => new(
        "consultation-and-suggestion", "happy-path", "late-twice", "limit-moved", "material-amount-rejection", "reclassified-and-reopened", "who-may");

    [Theory, MemberData(nameof(StandardScenarios))]
    public async Task A_scenario_of_the_standard_process_holds(string scenario)
    {
        var folder = SharedMaterial.Path("packs", "examples", "standard-complaint");
        var calendar = WorkCalendarDocument.Parse(await File.ReadAllTextAsync(
            SharedMaterial.Path("packs", "examples", "_calendars", "golden-2026.json"), TestContext.Current.CancellationToken));
        var pack = PackReader.Read(PackFiles.ReadFolder(folder)).Pack!;
        var runner = new ScenarioRunner(pack, new Dictionary<string, WorkCalendarDocument> { ["golden-2026"] = calendar });

        var results = await runner.RunFileAsync(scenario, pack.Scenarios[scenario], TestContext.Current.CancellationToken);

        Assert.All(results, r => Assert.Null(r.Failure));
    }
}

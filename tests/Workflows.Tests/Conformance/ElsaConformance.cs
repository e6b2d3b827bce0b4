using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Simulation;
using CaseManagement.Workflows.Simulation.Conformance;

namespace CaseManagement.Workflows.Tests.Conformance;

/// <summary>Every case of the suite recorded from Elsa 3.8. The store keeps documents only, so each stimulus reads the instance anew.</summary>
public class ElsaConformance
{
    public static TheoryData<string> Cases()
    {
        var cases = new TheoryData<string>();
        foreach (var file in SharedFolder.Files("elsa/conformance", "*.json"))
        {
            cases.Add(Path.GetFileNameWithoutExtension(file));
        }

        if (!cases.Any())
        {
            cases.Add("");
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_recorded_case_ends_as_Elsa_ended_it_or_as_it_should_have(string name)
    {
        SharedFolder.Require();
        var runner = new ConformanceRunner(() => new InMemoryBurstStore(), new JavaScriptEngine());

        var result = await runner.RunAsync(
            name, SharedFolder.Text($"elsa/conformance/{name}.json"), TestContext.Current.CancellationToken);

        Assert.True(result.Passed, string.Join('\n', result.Differences));
    }
}

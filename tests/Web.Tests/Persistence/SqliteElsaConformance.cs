using CaseManagement.Tests;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Simulation.Conformance;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>Every case of the suite recorded from Elsa 3.8, on the product's own database.</summary>
public sealed class SqliteElsaConformance
{
    public static TheoryData<string> Cases()
    {
        var folder = Path.Combine(SharedMaterial.Root, "..", "shared", "elsa", "conformance");
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        var cases = new TheoryData<string>(files.Select(f => Path.GetFileNameWithoutExtension(f)));
        if (!cases.Any())
        {
            cases.Add("");
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_recorded_case_ends_on_SQLite_as_Elsa_ended_it_or_as_it_should_have(string name)
    {
        var file = SharedMaterial.Path("elsa", "conformance", name + ".json");
        var runner = new ConformanceRunner(() => new SqliteSimulationStore(), new JavaScriptEngine());

        var result = await runner.RunAsync(
            name, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Assert.True(result.Passed, string.Join('\n', result.Differences));
    }
}

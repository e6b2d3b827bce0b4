using CaseManagement.Workflows.Expressions.JavaScript;

namespace CaseManagement.Workflows.Tests.JavaScript;

/// <summary>The evaluator against Node: the same value, or an error of the same name.</summary>
public class NodeComparisonTests
{
    [Fact]
    public Task Generated_expressions_give_what_Node_gives()
    {
        var generator = new ScriptGenerator(20260301);
        return CompareAsync(Enumerable.Range(0, 3000).Select(_ => (generator.Expression(), ScriptKind.Expression)));
    }

    [Fact]
    public Task Generated_programs_give_what_Node_gives()
    {
        var generator = new ScriptGenerator(20260302);
        return CompareAsync(Enumerable.Range(0, 2000).Select(_ => (generator.Program(), ScriptKind.Program)));
    }

    [Fact]
    public Task The_hand_written_expressions_hold_in_Node_too() =>
        CompareAsync(LanguageTests.Expressions.Select(row => (row.Data.Item1, ScriptKind.Expression)));

    [Fact]
    public Task The_hand_written_programs_hold_in_Node_too() =>
        CompareAsync(LanguageTests.Programs.Select(row => (row.Data.Item1, ScriptKind.Program)));

    private static async Task CompareAsync(IEnumerable<(string Source, ScriptKind Kind)> generated)
    {
        var all = generated.Select(script => (script.Source, script.Kind, Ours: Show.Outcome(script.Source, script.Kind)))
            .ToArray();

        // what spends our budget, such as an array that came to contain itself, would take Node long
        var scripts = all.Where(script => !script.Ours.StartsWith("!Max", StringComparison.Ordinal)).ToArray();
        Assert.InRange(scripts.Length, all.Length - (all.Length / 50), all.Length);

        var expected = await NodeProcess.EvaluateAsync(
            scripts.Select(script => (script.Source, script.Kind)), TestContext.Current.CancellationToken);
        if (expected is null)
        {
            Assert.Skip("There is no node on the PATH to compare with.");
        }

        Assert.Equal(scripts.Length, expected.Length);
        var differences = scripts.Zip(expected)
            .Where(pair => pair.First.Ours != pair.Second)
            .Select(pair => $"{pair.First.Source}\n  Node: {pair.Second}\n  ours: {pair.First.Ours}")
            .ToArray();
        Assert.True(differences.Length == 0, $"{differences.Length} differ:\n{string.Join('\n', differences.Take(20))}");
    }
}

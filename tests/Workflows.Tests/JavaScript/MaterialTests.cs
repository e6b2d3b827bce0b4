using System.Text.Json;
using CaseManagement.Workflows.Expressions.JavaScript;

namespace CaseManagement.Workflows.Tests.JavaScript;

/// <summary>The scripts of the reference material are in the subset.</summary>
public class MaterialTests
{
    [Fact]
    public void The_value_expressions_of_the_policy_packs_compile()
    {
        var scripts = Files(Path.Combine("packs", "examples"))
            .Where(file => Path.GetFileName(file) is "facts.json" or "calculators.json")
            .SelectMany(file => Objects(file))
            .Where(one => one.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String)
            .Select(one => one.GetProperty("value").GetString()!)
            .ToArray();

        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Script.Compile(script, ScriptKind.Expression));
    }

    [Fact]
    public void The_scripts_of_the_conformance_workflows_compile()
    {
        var all = Files(Path.Combine("elsa", "conformance")).SelectMany(file => Objects(file)).ToArray();
        var expressions = all
            .Where(one => IsText(one, "type", out var type) && type == "JavaScript" && IsText(one, "value", out _))
            .Select(one => one.GetProperty("value").GetString()!)
            .ToArray();
        var programs = all
            .Where(one => IsText(one, "type", out var type) && type == "Elsa.RunJavaScript")
            .Select(one => one.GetProperty("script").GetProperty("expression").GetProperty("value").GetString()!)
            .ToArray();

        Assert.NotEmpty(expressions);
        Assert.NotEmpty(programs);
        Assert.All(expressions, script => Script.Compile(script, ScriptKind.Expression));
        Assert.All(programs, script => Script.Compile(script, ScriptKind.Program));
    }

    [Fact]
    public void A_policy_s_calculation_runs_with_the_functions_of_its_host()
    {
        var scope = new Names
        {
            ["livingCost"] = 30_000,
            ["dependants"] = ScriptJson.FromElement(JsonSerializer.Deserialize<JsonElement>(
                """[{"age": 8}, {"age": 30}, {"age": 70, "unableToWork": true}]""")),
            ["max"] = new ScriptFunction(arguments => arguments.Max(value => (double)value!)),
            ["sum"] = new ScriptFunction(arguments =>
                ((List<object?>)arguments[0]!).Sum(item => (double)((ScriptFunction)arguments[1]!)([item])!)),
        };
        var script = Script.Compile(
            "sum(dependants, d => (d.unableToWork ? 20 : max(0, 18 - d.age)) * livingCost)", ScriptKind.Expression);

        Assert.Equal(900_000d, script.Evaluate(scope, ScriptBudget.Default));
    }

    private static bool IsText(JsonElement one, string name, out string? text)
    {
        text = one.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is not null;
    }

    private static string[] Files(string folder)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CaseManagement.sln")))
        {
            root = root.Parent;
        }

        var path = Path.Combine(root?.Parent?.FullName ?? string.Empty, "shared", folder);
        if (!Directory.Exists(path))
        {
            Assert.Skip($"The reference material ({folder}) is not beside the repository.");
        }

        return Directory.GetFiles(path, "*.json", SearchOption.AllDirectories);
    }

    private static IEnumerable<JsonElement> Objects(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return [.. Objects(document.RootElement.Clone())];
    }

    private static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Objects(member.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
        _ => [],
    };
}

using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Workflows.Simulation.Scenarios;

/// <summary>An example of a decision table: a <c>calculate</c> step of a scenario that names it, run now.</summary>
/// <param name="Table">The table's key.</param>
/// <param name="File">The scenario's file.</param>
/// <param name="Given">The facts, as they are written.</param>
/// <param name="Expected">What it shall give, as <see cref="TableTrial.Flat"/> writes it: empty for nothing at all; null where the example does not say.</param>
/// <param name="Got">What it gives; null where it gives nothing.</param>
public sealed record TableExample(string Table, string File, JsonObject Given, string? Expected, string? Got)
{
    /// <summary>The scenario's name; its id in both languages where it has none.</summary>
    public required BilingualText Name { get; init; }

    /// <summary>A fact that cannot hold what is given, for which nothing was worked out.</summary>
    public string? WrongFact { get; init; }

    /// <summary>The file holds nothing else.</summary>
    public bool IsAlone { get; init; }

    /// <summary>The table gives what is expected; an example that does not say what holds wherever the table answers.</summary>
    public bool IsGood => Got is not null && (Expected is null || Got == Expected);
}

/// <summary>Runs the examples of a pack's decision tables, each with the readings its scenario is written for.</summary>
public static class TableExamples
{
    private const int Most = 2_000;

    /// <summary>All there are, in the order of their files.</summary>
    /// <param name="pack">The process.</param>
    /// <param name="table">Of this table alone; null: of all.</param>
    public static IReadOnlyList<TableExample> Of(ProcessPack pack, string? table = null)
    {
        var examples = new List<TableExample>();
        foreach (var (name, text) in pack.Scenarios)
        {
            using var json = JsonDocument.Parse(text);
            List<JsonElement> scenarios = json.RootElement.ValueKind == JsonValueKind.Array ? [.. json.RootElement.EnumerateArray()] : [json.RootElement];
            foreach (var scenario in scenarios.Where(one => one.ValueKind == JsonValueKind.Object))
            {
                List<JsonElement> steps = scenario.TryGetProperty("steps", out var listed) && listed.ValueKind == JsonValueKind.Array ? [.. listed.EnumerateArray()] : [];
                foreach (var step in steps.Where(one => one.ValueKind == JsonValueKind.Object))
                {
                    if (examples.Count < Most && step.TryGetProperty("calculate", out var calculate) && calculate.ValueKind == JsonValueKind.Object
                        && calculate.Text("table") is { } of && (table is null || of == table) && pack.Tables.ContainsKey(of)
                        && !step.TryGetProperty("refused", out _))
                    {
                        examples.Add(Run(pack, of, $"scenarios/{name}.json", scenario, step, calculate) with { IsAlone = scenarios.Count == 1 && steps.Count == 1 });
                    }
                }
            }
        }

        return examples;
    }

    private static TableExample Run(ProcessPack pack, string table, string file, JsonElement scenario, JsonElement step, JsonElement calculate)
    {
        var given = calculate.TryGetProperty("facts", out var facts) && JsonNode.Parse(facts.GetRawText()) is JsonObject written ? written : [];
        var example = new TableExample(table, file, given, null, null) { Name = NameOf(scenario, file) };
        try
        {
            example = example with { Expected = step.TryGetProperty("expect", out var expect) && expect.ValueKind == JsonValueKind.Object ? TableTrial.Flat(expect) : null };
            return ReaderOf(pack, given, SettingsOf(pack, scenario, calculate, step), out var wrong) is { } reader
                ? example with { Got = TableTrial.Outputs(pack.Tables[table].Evaluate(reader, pack.Levels).Output) }
                : example with { WrongFact = wrong };
        }
        catch (Exception refused) when (refused is RuleViolationException or FormatException or InvalidOperationException)
        {
            return example;
        }
    }

    /// <summary>The facts as a table reads them.</summary>
    /// <param name="pack">The process.</param>
    /// <param name="given">The facts, as a scenario gives them; counts may stand together under <c>counts</c>.</param>
    /// <param name="settings">The readings.</param>
    /// <param name="wrong">The fact that cannot hold what is given.</param>
    /// <returns>Null where a fact cannot hold what is given.</returns>
    public static GivenFacts? ReaderOf(ProcessPack pack, JsonObject given, PackSettings settings, out string? wrong)
    {
        var facts = new Dictionary<string, FactValue>(StringComparer.Ordinal);
        foreach (var (fact, value) in given.SelectMany(one => one is { Key: "counts", Value: JsonObject counts }
            ? counts.Select(count => KeyValuePair.Create($"count:{count.Key}", count.Value)) : [one]))
        {
            try
            {
                using var json = JsonDocument.Parse(value?.ToJsonString() ?? "null");
                facts[fact] = TableTrial.Value(pack, fact, json.RootElement);
            }
            catch (Exception refused) when (refused is RuleViolationException or FormatException or InvalidOperationException)
            {
                wrong = fact;
                return null;
            }
        }

        wrong = null;
        return new GivenFacts(facts, pack, settings);
    }

    // those of the scenario, of the calculation and of the step, the later ones first
    private static PackSettings SettingsOf(ProcessPack pack, params JsonElement[] places)
    {
        var chosen = new Dictionary<string, FactValue>(StringComparer.Ordinal);
        foreach (var (key, value) in places.SelectMany(place => place.Members("settings")))
        {
            if (pack.Identity.Settings.FirstOrDefault(setting => setting.Key == key) is { } setting)
            {
                chosen[key] = setting.Accept(value).ValueOrThrow();
            }
        }

        return pack.Settings(chosen);
    }

    private static BilingualText NameOf(JsonElement scenario, string file)
    {
        var id = scenario.Text("id") ?? file;
        return scenario.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.Object
            ? new BilingualText(name.Text("zh") ?? id, name.Text("en") ?? name.Text("zh") ?? id)
            : new BilingualText(id, id);
    }
}

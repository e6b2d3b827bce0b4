using System.Globalization;
using System.Text.Json;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Workflows.Simulation.Scenarios;

/// <summary>One decision table tried alone, as a <c>calculate</c> step of a scenario does. Nothing is stored.</summary>
public static class TableTrial
{
    /// <summary>A fact as a scenario gives it.</summary>
    /// <exception cref="Domain.RuleViolationException">The fact cannot hold it.</exception>
    public static FactValue Value(ProcessPack pack, string name, JsonElement json) => json.ValueKind switch
    {
        _ when pack.Facts.Find(name) is { } fact => FactCoercion.Coerce(fact, json, pack.Identity.Zone).ValueOrThrow(),
        JsonValueKind.Number => FactValue.Of(json.GetDecimal()),
        JsonValueKind.True or JsonValueKind.False => FactValue.Of(json.GetBoolean()),
        _ => FactValue.Of(json.GetString()),
    };

    /// <summary>What a table gives, in one line that can be compared with <see cref="Flat"/> of what was expected.</summary>
    public static string Outputs(TableOutput output)
    {
        var members = output.Facts.ToDictionary(fact => fact.Key, fact => Plain(fact.Value), StringComparer.Ordinal);
        if (output.Outcomes.Count > 0)
        {
            members["outcome"] = string.Join(", ", output.Outcomes);
        }

        return string.Join("; ", members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"outputs.{member.Key}={member.Value}"));
    }

    /// <summary>An <c>expect</c> of a <c>calculate</c> step in one line.</summary>
    public static string Flat(JsonElement expected) => string.Join("; ", expected.EnumerateObject().SelectMany(m => m.Value.ValueKind == JsonValueKind.Object
            ? m.Value.EnumerateObject().Select(i => (Key: $"{m.Name}.{i.Name}", i.Value))
            : [(Key: m.Name, m.Value)])
        .OrderBy(m => m.Key, StringComparer.Ordinal)
        .Select(m => $"{m.Key}={Text(m.Value)}"));

    internal static string Plain(FactValue value) => FactText.Plain(value) is { Length: > 0 } text ? text : value.ToString();

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Number => value.GetDecimal().ToString("0.#############################", CultureInfo.InvariantCulture),
        _ => value.GetString() ?? "",
    };
}

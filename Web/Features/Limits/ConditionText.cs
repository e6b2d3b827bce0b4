using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Web.Features.Limits;

/// <summary>Conditions as people type them: "fact: test", the tests as in decision tables; options of a fact may be written by name.</summary>
internal static class ConditionText
{
    /// <summary>The tests of a condition; one that always holds has none.</summary>
    public static IReadOnlyList<TestEdit> Tests(Condition? condition) => condition is null ? [] :
    [
        .. Alternatives(condition).SelectMany((alternative, at) => alternative.Select((test, place) => new TestEdit
        {
            Fact = test.Key,
            Test = Written(test.Value),
            Or = at > 0 && place == 0,
        })),
    ];

    /// <summary>A condition on lines, one alternative each; null when it always holds.</summary>
    public static string? Of(Condition? condition) => condition is null
        ? null
        : string.Join('\n', Alternatives(condition).Select(one => string.Join("; ", one.Select(test => $"{test.Key}: {Written(test.Value)}"))));

    /// <summary>The condition as a pack writes it; null when nothing was typed.</summary>
    public static JsonNode? Json(IEnumerable<TestEdit> tests, ProcessPack pack)
    {
        var alternatives = new List<JsonObject>();
        foreach (var test in tests.Where(test => !string.IsNullOrWhiteSpace(test.Fact) || !string.IsNullOrWhiteSpace(test.Test)))
        {
            if (alternatives.Count == 0 || test.Or)
            {
                alternatives.Add([]);
            }

            var fact = FactOf(test.Fact?.Trim() ?? "", pack);
            alternatives[^1][fact] = TestOf(fact, test.Test?.Trim() ?? "", pack);
        }

        return alternatives.Count switch
        {
            0 => null,
            1 => alternatives[0],
            _ => new JsonArray([.. alternatives]),
        };
    }

    /// <inheritdoc cref="Json(IEnumerable{TestEdit}, ProcessPack)"/>
    public static JsonNode? Json(string? lines, ProcessPack pack) => Json(
        (lines ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).SelectMany((line, at) =>
            line.Split([';', '；'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select((test, place) =>
            {
                // a fact may have a prefix, as in "clock:reply: breached": the test is what follows the last colon and space
                var colon = test.LastIndexOf(": ", StringComparison.Ordinal) is var spaced and >= 0 ? spaced : test.LastIndexOfAny([':', '：']);
                return new TestEdit { Fact = colon < 0 ? test : test[..colon], Test = colon < 0 ? "" : test[(colon + 1)..], Or = at > 0 && place == 0 };
            })),
        pack);

    private static IEnumerable<JsonObject> Alternatives(Condition condition)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            condition.WriteTo(writer);
        }

        return JsonNode.Parse(buffer.ToArray()) switch
        {
            JsonArray list => list.OfType<JsonObject>(),
            JsonObject one => [one],
            _ => [],
        };
    }

    private static string Written(JsonNode? test) => test is JsonValue value && value.TryGetValue<string>(out var text) ? text : test?.ToJsonString() ?? "null";

    private static string FactOf(string typed, ProcessPack pack) =>
        pack.Facts.All.FirstOrDefault(fact => fact.Key == typed)?.Key
        ?? pack.Facts.All.FirstOrDefault(fact => fact.Name.Zh == typed || string.Equals(fact.Name.En, typed, StringComparison.OrdinalIgnoreCase))?.Key
        ?? typed;

    private static JsonValue? TestOf(string fact, string typed, ProcessPack pack)
    {
        var options = pack.Facts.Find(fact)?.Options ?? [];
        var keyed = string.Join(", ", typed.Split([',', '，', '、'], StringSplitOptions.TrimEntries).Select(part =>
            options.FirstOrDefault(one => one.Name?.Zh == part || string.Equals(one.Name?.En, part, StringComparison.OrdinalIgnoreCase))?.Key ?? part));
        var test = keyed.Replace('，', ',');
        return JsonValue.Create(test);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseManagement.Workflows.Definitions;

/// <summary>Reads fields of a definition; a field of the wrong kind is a format error, an absent one is not.</summary>
internal static class Json
{
    public static string? Text(JsonObject json, string field) => json[field] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value when value.GetValueKind() is JsonValueKind.Number => value.ToJsonString(),
        var other => throw Wrong(field, "text", other),
    };

    public static int? Number(JsonObject json, string field) => json[field] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<int>(out var number) => number,
        var other => throw Wrong(field, "a whole number", other),
    };

    public static bool Flag(JsonObject json, string field) => json[field] switch
    {
        null => false,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        var other => throw Wrong(field, "true or false", other),
    };

    public static IReadOnlyList<string> Texts(JsonNode? node) => node switch
    {
        null => [],
        JsonArray array => [.. array.Select(item => item is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw Wrong("item", "text", item))],
        _ => throw Wrong("list", "a list", node),
    };

    public static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        null => [],
        JsonArray array => array.Select(item => item as JsonObject ?? throw Wrong("item", "an object", item)),
        _ => throw Wrong("list", "a list", node),
    };

    /// <summary>Visits every object inside, but not metadata and custom properties.</summary>
    public static void Walk(JsonNode? node, Action<JsonObject> visit)
    {
        switch (node)
        {
            case JsonObject json:
                visit(json);
                foreach (var (name, value) in json)
                {
                    if (name is not ("metadata" or "customProperties"))
                    {
                        Walk(value, visit);
                    }
                }

                break;
            case JsonArray array:
                foreach (var item in array)
                {
                    Walk(item, visit);
                }

                break;
        }
    }

    private static DefinitionFormatException Wrong(string field, string kind, JsonNode? found) =>
        new("bad-value", $"“{field}” must be {kind}, found {found?.GetValueKind().ToString() ?? "null"}.");
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseManagement.Web.Features.Editors;

/// <summary>
/// Packs may write one thing in several ways: a condition or a list of one, a text or a list of one, a truth or its word. What a form says and means what was there
/// stays written as it was, so that a comparison shows what people changed and nothing else.
/// </summary>
internal static class PartNotation
{
    /// <summary>What was read, written as before wherever it means the same.</summary>
    /// <param name="kept">As it was; null for nothing.</param>
    /// <param name="read">As it was read; null for nothing.</param>
    public static JsonNode? Settle(JsonNode? kept, JsonNode? read)
    {
        if (kept is null || read is null)
        {
            return read is null && IsNothing(kept) ? kept?.DeepClone() : read?.Parent is null ? read : read.DeepClone();
        }

        if (Of(kept) == Of(read))
        {
            return kept.DeepClone();
        }

        switch (kept, read)
        {
            case (JsonArray before, JsonArray after):
                return new JsonArray([.. after.Select((one, at) => Again(at < before.Count ? before[at] : null, one))]);
            case (JsonObject before, JsonObject after):
                var settled = new JsonObject();
                foreach (var (name, value) in after)
                {
                    settled[name] = Again(before[name], value);
                }

                foreach (var (name, value) in before.Where(one => !after.ContainsKey(one.Key) && one.Value is not null && IsNothing(one.Value)))
                {
                    settled[name] = value!.DeepClone();
                }

                return settled;
            default:
                return read.Parent is null ? read : read.DeepClone();
        }
    }

    /// <summary>What a node means, in one text.</summary>
    public static string Of(JsonNode? node) => node switch
    {
        null => "null",
        JsonArray { Count: 1 } one => Of(one[0]),
        JsonArray many => $"[{string.Join(',', many.Select(Of))}]",
        JsonObject json => $"{{{string.Join(',', json.Where(one => one.Value is null || !IsNothing(one.Value)).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{JsonSerializer.Serialize(one.Key)}:{Of(one.Value)}"))}}}",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => node.ToJsonString(),
    };

    private static JsonNode? Again(JsonNode? kept, JsonNode? read) => Settle(kept, read) is { } settled ? settled.Parent is null ? settled : settled.DeepClone() : null;

    // a list without elements; false is a value, for a condition may ask for it
    private static bool IsNothing(JsonNode? node) => node is JsonArray { Count: 0 };
}

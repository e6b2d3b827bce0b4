using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseManagement.Web.Configuration;

/// <summary>Definitions as text, and whether two mean the same.</summary>
public static class DefinitionMeaning
{
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, IndentSize = 1, MaxDepth = 128 };

    // who it is and where it stands, not what it does
    private static readonly HashSet<string> Identity = new(StringComparer.Ordinal)
    {
        "$schema", "id", "definitionId", "version", "isLatest", "isPublished", "createdAt", "toolVersion", "links", "tenantId",
    };

    private static readonly HashSet<string> FalseAtFirst = new(StringComparer.Ordinal)
    {
        "usableAsActivity", "autoUpdateConsumingWorkflows", "canStartWorkflow", "runAsynchronously", "isReadonly", "isSystem", "isArray",
    };

    /// <summary>The text that is kept: laid out to be read.</summary>
    public static string Write(JsonObject definition) => definition.ToJsonString(Written);

    /// <summary>Absent, null and empty are one; identity, state and worked-out members do not count.</summary>
    public static bool Same(JsonObject one, JsonObject other) =>
        JsonNode.DeepEquals(Reduce(one, top: true), Reduce(other, top: true));

    private static JsonObject Reduce(JsonObject json, bool top = false)
    {
        var reduced = new JsonObject();
        foreach (var (name, value) in json)
        {
            if (name == "nodeId" || (top && Identity.Contains(name)))
            {
                continue;
            }

            // what an expression says is taken as written
            var kept = name == "expression" ? value?.DeepClone() : Reduce(value);
            if (kept is null or JsonObject { Count: 0 } or JsonArray { Count: 0 }
                || (FalseAtFirst.Contains(name) && kept is JsonValue flag && flag.TryGetValue<bool>(out var isTrue) && !isTrue))
            {
                continue;
            }

            reduced[name] = kept;
        }

        return reduced;
    }

    private static JsonNode? Reduce(JsonNode? node) => node switch
    {
        JsonObject json => Reduce(json),
        JsonArray array => new JsonArray([.. array.Select(Reduce)]),
        _ => node?.DeepClone(),
    };
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseManagement.Workflows.Simulation.Conformance;

/// <summary>A file is no case of the suite, or its case says something the suite's format does not know.</summary>
public sealed class ConformanceFormatException(string message) : Exception(message);

/// <summary>Reads files of the suite (its README, section 1).</summary>
internal static class ConformanceCase
{
    /// <summary>Bytes of one file.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128, AllowDuplicateProperties = false };

    /// <exception cref="ConformanceFormatException">It is no case.</exception>
    public static JsonObject Parse(string text)
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(text, null, Options);
        }
        catch (JsonException exception)
        {
            throw new ConformanceFormatException("is no JSON: " + exception.Message);
        }

        var json = node as JsonObject ?? throw new ConformanceFormatException("is no JSON object");
        Require(json, "id", JsonValueKind.String);
        Require(json, "slug", JsonValueKind.String);
        Each(json, "definitions", definition =>
        {
            Require(definition, "key", JsonValueKind.String);
            Require(definition, "when", JsonValueKind.String);
            Require(definition, "publish", JsonValueKind.True);
            Require(definition, "model", JsonValueKind.Object);
        });
        Require((JsonObject)Require(json, "start", JsonValueKind.Object), "do", JsonValueKind.String);
        Each(json, "stimuli", stimulus => Require(stimulus, "do", JsonValueKind.String));
        var expect = (JsonObject)Require(json, "expect", JsonValueKind.Object);
        Each(expect, "steps", step => Require(step, "after", null));
        foreach (var (label, instance) in (JsonObject)Require(expect, "instances", JsonValueKind.Object))
        {
            var expected = instance as JsonObject ?? throw new ConformanceFormatException($"expect.instances.{label} is no object");
            foreach (var list in (string[])["journal", "lines", "incidents"])
            {
                Require(expected, list, JsonValueKind.Array);
            }
        }

        return json;
    }

    private static void Each(JsonObject json, string name, Action<JsonObject> check)
    {
        foreach (var item in (JsonArray)Require(json, name, JsonValueKind.Array))
        {
            check(item as JsonObject ?? throw new ConformanceFormatException($"“{name}” holds something that is no object"));
        }
    }

    private static JsonNode Require(JsonObject json, string name, JsonValueKind? kind)
    {
        var value = json[name] ?? throw new ConformanceFormatException($"lacks “{name}”");
        var found = value.GetValueKind() == JsonValueKind.False ? JsonValueKind.True : value.GetValueKind();
        return kind is null || found == kind
            ? value
            : throw new ConformanceFormatException($"“{name}” should be of kind {kind}, is {found}");
    }
}

using System.Text.Json;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Checks;

/// <summary>One shape of a definition, as far as checks need it.</summary>
internal sealed class WorkflowActivity(JsonElement json, string path)
{
    public string Path => path;

    public string Id { get; } = Text(json, "id") ?? string.Empty;

    /// <summary>What people call it: the title on the canvas, which is Chinese, the description in English; else the name, else the id.</summary>
    public BilingualText Title
    {
        get
        {
            var metadata = Member(json, "metadata");
            var shown = Said(Text(metadata, "displayText")) ?? Said(Text(json, "name")) ?? Id;
            return new BilingualText(shown, Said(Text(metadata, "description")) ?? shown);
        }
    }

    public string Type { get; } = Text(json, "type") ?? string.Empty;

    public string NodeId { get; } = Text(json, "nodeId") ?? string.Empty;

    public ActivityType? Known => ActivityCatalogue.Find(Type);

    /// <summary>It is another workflow, used as an activity; what it has is known where that workflow is.</summary>
    public bool IsWorkflow => Text(json, "workflowDefinitionVersionId") is not null;

    public bool CanStart => Custom("canStartWorkflow") is { ValueKind: JsonValueKind.True };

    public IReadOnlyList<string> Clauses => Texts(Custom("policyClauses"));

    /// <summary>Where it stands on the canvas; null when it has no place.</summary>
    public (double X, double Y)? Position =>
        Member(Member(Member(json, "metadata"), "designer"), "position") is { } position
        && Member(position, "x") is { ValueKind: JsonValueKind.Number } x && Member(position, "y") is { ValueKind: JsonValueKind.Number } y
            ? (x.GetDouble(), y.GetDouble())
            : null;

    /// <summary>The value of an input; null when it is absent, undefined when it is worked out only when the flow runs.</summary>
    public JsonElement? Input(string member)
    {
        if (Member(json, member) is not { ValueKind: JsonValueKind.Object } wrapped || Member(wrapped, "expression") is not { } expression)
        {
            return null;
        }

        var value = Member(expression, "value");
        return Text(expression, "type") switch
        {
            "Literal" => value is { ValueKind: JsonValueKind.Null } ? null : value,
            "Object" when value is { ValueKind: JsonValueKind.String } text => ParsedOrNull(text.GetString()!),
            "Object" => value is { ValueKind: JsonValueKind.Null } ? null : value,
            _ => default(JsonElement),
        };
    }

    /// <summary>The texts of an input: one, or a list; empty when absent or not known before the flow runs.</summary>
    public IReadOnlyList<string> InputTexts(string member) => Texts(Input(member));

    /// <summary>The ports this shape has; null when they cannot be told from the definition.</summary>
    public IReadOnlyList<string>? Ports
    {
        get
        {
            if (Known is not { Ports: { } ports } type)
            {
                return null;
            }

            if (type.PortsFrom is not { } from)
            {
                return ports;
            }

            var member = char.ToLowerInvariant(from[0]) + from[1..];
            var named = InputTexts(member);
            return named.Count == 0 && ports.Count == 0 && Type != ActivityCatalogue.Fork ? ["Done"] : [.. named, .. ports];
        }
    }

    private JsonElement? Custom(string name) => Member(Member(json, "customProperties"), name);

    private static JsonElement? ParsedOrNull(string text)
    {
        // A text that is no JSON stays the value; whoever expects a list or an object reports it.
        var json = JsonText.TryParse(text, out var parsed, out _) ? parsed : JsonSerializer.SerializeToElement(text);
        return json.ValueKind == JsonValueKind.Null ? null : json;
    }

    internal static JsonElement? Member(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var member) ? member : null;

    internal static string? Text(JsonElement? json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static IReadOnlyList<string> Texts(JsonElement? json) => json switch
    {
        { ValueKind: JsonValueKind.String } text => [text.GetString()!],
        { ValueKind: JsonValueKind.Array } list =>
            [.. list.EnumerateArray().Where(element => element.ValueKind == JsonValueKind.String).Select(element => element.GetString()!)],
        _ => [],
    };

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

using System.Text.Json;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Comparing;

/// <summary>Takes a workflow definition apart: its shapes, its connections and what it says as a whole. Places on the canvas, generated ids and
/// inputs that are not set are left out, so that opening and saving in the designer is no change.</summary>
internal static class WorkflowParts
{
    public const string Folder = "workflows/";
    public const string Shapes = "activities";
    public const string Connections = "connections";
    private const string UsualPort = "Done";

    // identity and bookkeeping of a definition, different in every version
    private static readonly string[] Bookkeeping =
        ["$schema", "id", "definitionId", "createdAt", "version", "toolVersion", "isLatest", "isPublished", "isReadonly", "isSystem", "tenantId", "links", "root"];

    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement<object?>(null);
    private static readonly string[] Generated = ["id", "nodeId", "name", "version", "metadata", "customProperties"];

    public static IEnumerable<Part> Of(string file, JsonElement definition, PackWording wording)
    {
        var workflow = PartPlace.WorkflowOf(file)!;
        var name = PackParts.Text(definition, "name") ?? workflow;
        var whole = Members(definition).Where(member => !Bookkeeping.Contains(member.Name) && IsSaid(member.Value))
            .ToDictionary(member => member.Name, member => Plain(member.Value), StringComparer.Ordinal);
        yield return new Part(new PartPlace(file, "", ""), "$", new BilingualText(name, name), JsonSerializer.SerializeToElement(whole));

        if (!definition.TryGetProperty("root", out var root))
        {
            yield break;
        }

        var names = new Dictionary<string, BilingualText>(StringComparer.Ordinal);
        foreach (var (shape, index) in Items(root, Shapes))
        {
            if (PackParts.Text(shape, "id") is not { } id || !names.TryAdd(id, NameOf(shape, id)))
            {
                continue;
            }

            yield return new Part(new PartPlace(file, Shapes, id), $"$.root.activities[{index}]", names[id], Plain(shape));
        }

        foreach (var (connection, index) in Items(root, Connections))
        {
            if (End(connection, "source") is not { } from || End(connection, "target") is not { } to)
            {
                continue;
            }

            var port = PackParts.Text(connection.GetProperty("source"), "port") ?? UsualPort;
            var (source, target) = (names.GetValueOrDefault(from) ?? new BilingualText(from, from), names.GetValueOrDefault(to) ?? new BilingualText(to, to));
            yield return new Part(
                new PartPlace(file, Connections, $"{from}|{port}|{to}"),
                $"$.root.connections[{index}]",
                new BilingualText($"{source.Zh} → {target.Zh}", $"{source.En} → {target.En}"),
                JsonSerializer.SerializeToElement(port == UsualPort ? new Dictionary<string, string>() : new() { ["port"] = port }));
        }
    }

    /// <summary>Display text in Chinese, description in English; the name the designer gave it, else the id, where a shape has neither.</summary>
    public static BilingualText NameOf(JsonElement shape, string id)
    {
        var metadata = shape.TryGetProperty("metadata", out var found) ? found : default;
        var (zh, en) = (Filled(metadata, "displayText"), Filled(metadata, "description"));
        var name = Filled(shape, "name") ?? id;
        return new BilingualText(zh ?? en ?? name, en ?? zh ?? name);
    }

    private static string? Filled(JsonElement json, string name) => PackParts.Text(json, name) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static string? End(JsonElement connection, string end) =>
        connection.ValueKind == JsonValueKind.Object && connection.TryGetProperty(end, out var found) ? PackParts.Text(found, "activity") : null;

    private static IEnumerable<(JsonElement Item, int Index)> Items(JsonElement root, string list) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(list, out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray().Select((item, index) => (Item: item, Index: index)).Where(one => one.Item.ValueKind == JsonValueKind.Object)
            : [];

    // an activity without what is drawn or generated, its inputs as their values; anything else as it is, to the same effect inside
    private static JsonElement Plain(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object when json.TryGetProperty("expression", out var expression) => Value(expression),
        JsonValueKind.Object when PackParts.Text(json, "type") is not null && PackParts.Text(json, "id") is { } id => Shape(json, id),
        JsonValueKind.Object => JsonSerializer.SerializeToElement(Members(json).ToDictionary(member => member.Name, member => Plain(member.Value), StringComparer.Ordinal)),
        JsonValueKind.Array => JsonSerializer.SerializeToElement(json.EnumerateArray().Select(Plain)),
        _ => json,
    };

    private static JsonElement Shape(JsonElement shape, string id)
    {
        var name = NameOf(shape, id);
        var said = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        {
            ["name"] = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["zh"] = name.Zh, ["en"] = name.En }),
        };
        foreach (var member in Members(shape).Where(member => !Generated.Contains(member.Name)).Concat(
            shape.TryGetProperty("customProperties", out var custom) ? Members(custom) : default))
        {
            var value = Plain(member.Value);
            if (IsSaid(value))
            {
                said[member.Name] = value;
            }
        }

        return JsonSerializer.SerializeToElement(said);
    }

    // a value, or what works it out when the flow runs
    private static JsonElement Value(JsonElement expression)
    {
        if (expression.ValueKind != JsonValueKind.Object || !expression.TryGetProperty("value", out var value))
        {
            return Nothing;
        }

        return PackParts.Text(expression, "type") switch
        {
            "Literal" => value,
            "Object" when value.ValueKind == JsonValueKind.String && JsonText.TryParse(value.GetString()!, out var parsed, out _) => parsed,
            "Object" => value,
            var language => JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { [language ?? "?"] = value }),
        };
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement json) => json.ValueKind == JsonValueKind.Object ? json.EnumerateObject() : default;

    // null, false and an empty list or object say what their absence says
    private static bool IsSaid(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => true,
    };
}

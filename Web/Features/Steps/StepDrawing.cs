using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace CaseManagement.Web.Features.Steps;

/// <summary>A definition's outermost flowchart under change. Changes the JSON it is given, as the designer would; what it does not know it leaves alone.</summary>
public sealed class StepDrawing(JsonObject definition)
{
    /// <summary>The way out where a step has one only.</summary>
    public const string UsualPort = "Done";

    private const double ColumnWidth = 300;
    private const double RowHeight = 120;

    private JsonObject Root => definition["root"] as JsonObject ?? [];

    private JsonArray Activities => Root["activities"] as JsonArray ?? Put("activities");

    private JsonArray Connections => Root["connections"] as JsonArray ?? Put("connections");

    /// <summary>The shapes in the order they are drawn.</summary>
    public IEnumerable<JsonObject> Shapes => Activities.OfType<JsonObject>().Where(shape => Id(shape) is not null);

    /// <summary>The ways between them.</summary>
    public IEnumerable<(string From, string Port, string To)> Ways => Connections.OfType<JsonObject>()
        .Select(way => (From: (string?)way["source"]?["activity"], Port: (string?)way["source"]?["port"] ?? UsualPort, To: (string?)way["target"]?["activity"]))
        .Where(way => way.From is not null && way.To is not null).Select(way => (way.From!, way.Port, way.To!));

    public static string? Id(JsonObject shape) => shape["id"] is JsonValue value && value.TryGetValue<string>(out var id) && id.Length > 0 ? id : null;

    public JsonObject? Find(string id) => Shapes.FirstOrDefault(shape => Id(shape) == id);

    /// <summary>Names a shape; an empty name is taken away.</summary>
    public static void Name(JsonObject shape, string zh, string en)
    {
        var metadata = shape["metadata"] as JsonObject;
        if (metadata is null)
        {
            shape["metadata"] = metadata = [];
        }

        Set(metadata, "displayText", zh);
        Set(metadata, "description", en);
    }

    /// <summary>Lets a way out of a shape lead elsewhere; empty: nowhere.</summary>
    public void Lead(string from, string port, string to)
    {
        var there = Connections.OfType<JsonObject>().Where(way => IsOut(way, from, port)).ToList();
        if (there.Count == 1 && (string?)there[0]["target"]?["activity"] == to)
        {
            return;
        }

        foreach (var way in there)
        {
            Connections.Remove(way);
        }

        if (to.Length > 0)
        {
            Connections.Add(Connection(from, port, to));
        }
    }

    /// <summary>Adds a shape on a way out of another: what followed there follows the new one by its usual way.</summary>
    /// <returns>Its id.</returns>
    public string Add(string type, string zh, string en, string after, string port)
    {
        var id = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var plain = type[(type.LastIndexOf('.') + 1)..];
        var number = 1;
        while (Shapes.Any(shape => (string?)shape["name"] == $"{plain}{number}"))
        {
            number++;
        }

        var place = Find(after)?["metadata"]?["designer"]?["position"];
        var shape = new JsonObject
        {
            ["id"] = id,
            ["name"] = $"{plain}{number}",
            ["type"] = type,
            ["version"] = 1,
            ["customProperties"] = new JsonObject { ["canStartWorkflow"] = false, ["runAsynchronously"] = false },
            ["metadata"] = new JsonObject
            {
                ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = Coordinate(place?["x"]) + ColumnWidth, ["y"] = Coordinate(place?["y"]) + RowHeight } },
            },
        };
        if ((string?)Root["nodeId"] is { } root)
        {
            shape["nodeId"] = $"{root}:{id}";
        }

        Name(shape, zh, en);
        Activities.Add(shape);
        var followed = Ways.Where(way => way.From == after && way.Port == port).Select(way => way.To).ToList();
        Lead(after, port, id);
        foreach (var next in followed)
        {
            Connections.Add(Connection(id, UsualPort, next));
        }

        return id;
    }

    /// <summary>Takes a shape away. What led to it leads to what followed, where that was one shape only.</summary>
    public void Remove(string id)
    {
        var after = Ways.Where(way => way.From == id && way.To != id).Select(way => way.To).Distinct(StringComparer.Ordinal).ToList();
        foreach (var way in Connections.OfType<JsonObject>().ToList())
        {
            if ((string?)way["source"]?["activity"] == id)
            {
                Connections.Remove(way);
            }
            else if ((string?)way["target"]?["activity"] == id)
            {
                if (after is [var next])
                {
                    way["target"]!["activity"] = next;
                    way.Remove("vertices");
                }
                else
                {
                    Connections.Remove(way);
                }
            }
        }

        Activities.Remove(Find(id));
    }

    private static bool IsOut(JsonObject way, string from, string port) =>
        (string?)way["source"]?["activity"] == from && ((string?)way["source"]?["port"] ?? UsualPort) == port;

    private static JsonObject Connection(string from, string port, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
        ["vertices"] = new JsonArray(),
    };

    private static double Coordinate(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var number) ? number : 0;

    private static void Set(JsonObject json, string name, string value)
    {
        if (value.Length > 0)
        {
            json[name] = value;
        }
        else
        {
            json.Remove(name);
        }
    }

    private JsonArray Put(string name)
    {
        var array = new JsonArray();
        Root[name] = array;
        return array;
    }
}

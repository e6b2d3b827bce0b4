using System.Text.Json.Nodes;
using CaseManagement.Domain.Packs;
using CaseManagement.Workflows.Simulation;

namespace CaseManagement.Workflows.Tests.Migration;

/// <summary>The shipped standard process and changed versions of it.</summary>
internal static class StandardProcess
{
    public const string Id = "standard-complaint";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Processes", Id);

    public static ProcessPack Pack { get; } = Read(Files());

    /// <summary>Every connection of the complaint's workflow, as <c>source:port&gt;target</c>, that a run from registration takes forward.</summary>
    public static IReadOnlyList<string> Ways { get; } =
    [
        "received:Done>register", "clocks:Done>ack", "ack:Done>fork", "fork:Handle>first", "fork:Watch>watch", "first:Done>handle", "handle:Done>approve",
        "handle:NeedMaterial>ask", "approve:Approved>answer", "answer:Done>reaction", "reaction:Agreed>visit", "reaction:NoAnswer>visit",
        "reaction:Rejected>reexamine", "reexamine:Confirmed>second", "second:Done>visit", "visit:Satisfied>close", "watch:overdue>toSupervisor",
        "watch:manager>toManager",
    ];

    /// <summary>A version with a task more on one way.</summary>
    public static ProcessPack WithTaskOn(string way) => Changed(root =>
    {
        var connection = Connections(root).Single(c => Written(c) == way);
        var target = (JsonObject)connection["target"]!;
        Activities(root).Add(Task("extra"));
        Connect(root, "extra", "Done", (string)target["activity"]!);
        target["activity"] = "extra";
    });

    /// <summary>A version with a branch more at the fork; nothing waits for it.</summary>
    public static ProcessPack WithBranch() => Changed(root =>
    {
        var fork = Activities(root).OfType<JsonObject>().Single(a => (string?)a["id"] == "fork");
        fork["branches"]!["expression"]!["value"] = """["Handle", "Watch", "Extra"]""";
        Activities(root).Add(Task("extra"));
        Connect(root, "fork", "Extra", "extra");
    });

    /// <summary>A version where a task more is done beside the approval, and both are waited for.</summary>
    public static ProcessPack WithTaskBesideApproval(string mode) => Changed(root =>
    {
        var connection = Connections(root).Single(c => Written(c) == "approve:Approved>answer");
        connection["target"]!["activity"] = "meet";
        Activities(root).Add(Task("extra"));
        Activities(root).Add(new JsonObject { ["id"] = "meet", ["type"] = "Elsa.FlowJoin", ["mode"] = Literal("FlowJoinMode", mode) });
        Connect(root, "handle", "Done", "extra");
        Connect(root, "extra", "Done", "meet");
        Connect(root, "meet", "Done", "answer");
    });

    /// <summary>A version that calls shapes otherwise, wherever its files speak of them.</summary>
    public static ProcessPack Renamed(IReadOnlyDictionary<string, string> names)
    {
        var files = Files();
        foreach (var (old, now) in names)
        {
            foreach (var file in new[] { $"workflows/{Id}.json", "gates.json" })
            {
                files[file] = files[file].Replace($"\"{old}\"", $"\"{now}\"", StringComparison.Ordinal)
                    .Replace($"\\\"{old}\\\"", $"\\\"{now}\\\"", StringComparison.Ordinal).Replace($":{old}\"", $":{now}\"", StringComparison.Ordinal)
                    .Replace($"task:{old}\"", $"task:{now}\"", StringComparison.Ordinal);
            }
        }

        return Read(files);
    }

    /// <summary>A version whose complaint workflow is changed.</summary>
    public static ProcessPack Changed(Action<JsonObject> change)
    {
        var files = Files();
        var workflow = JsonNode.Parse(files[$"workflows/{Id}.json"])!;
        change(workflow["root"]!.AsObject());
        files[$"workflows/{Id}.json"] = workflow.ToJsonString();
        return Read(files);
    }

    /// <summary>A version one of whose files is changed.</summary>
    public static ProcessPack Changed(string file, Action<JsonNode> change) => ChangedFiles(files => change(files[file]));

    /// <summary>A version several of whose files are changed.</summary>
    public static ProcessPack ChangedFiles(Action<IReadOnlyDictionary<string, JsonNode>> change)
    {
        var files = Files();
        var json = files.ToDictionary(f => f.Key, f => JsonNode.Parse(f.Value)!, StringComparer.Ordinal);
        change(json);
        return Read(json.ToDictionary(f => f.Key, f => f.Value.ToJsonString(), StringComparer.Ordinal));
    }

    public static JsonArray Activities(JsonObject root) => root["activities"]!.AsArray();

    public static JsonObject Activity(JsonObject root, string id) => Activities(root).OfType<JsonObject>().Single(a => (string?)a["id"] == id);

    public static List<JsonObject> Connections(JsonObject root) => [.. root["connections"]!.AsArray().OfType<JsonObject>()];

    public static void Connect(JsonObject root, string source, string port, string target) => root["connections"]!.AsArray().Add(new JsonObject
    {
        ["source"] = new JsonObject { ["activity"] = source, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = target, ["port"] = "In" },
    });

    public static void Remove(JsonObject root, string activity)
    {
        Activities(root).Remove(Activity(root, activity));
        foreach (var connection in Connections(root).Where(c => (string?)c["source"]!["activity"] == activity || (string?)c["target"]!["activity"] == activity))
        {
            root["connections"]!.AsArray().Remove(connection);
        }
    }

    public static JsonObject Literal(string typeName, string value) => new()
    {
        ["typeName"] = typeName,
        ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value },
    };

    private static JsonObject Task(string id) => new()
    {
        ["id"] = id,
        ["type"] = "CaseManagement.Task",
        ["who"] = new JsonObject { ["typeName"] = "List<String>", ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = """["desk"]""" } },
        ["metadata"] = new JsonObject { ["displayText"] = "补充核对", ["description"] = "Check once more" },
    };

    private static string Written(JsonObject connection) =>
        $"{connection["source"]!["activity"]}:{connection["source"]!["port"]}>{connection["target"]!["activity"]}";

    private static Dictionary<string, string> Files() => PackFiles.ReadFolder(Folder);

    private static ProcessPack Read(Dictionary<string, string> files)
    {
        var read = PackReader.Read(files);
        return read.Pack ?? throw new InvalidOperationException(string.Join('\n', read.Findings.Select(f => f.Message.En)));
    }
}

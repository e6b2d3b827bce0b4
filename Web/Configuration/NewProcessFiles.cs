using System.Text.Json.Nodes;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Web.Configuration;

/// <summary>A process that is to be made.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Kinds">The kinds of matter it takes; of a copy only those the other takes are kept, all where none is.</param>
/// <param name="CopyOf">The process it is a copy of; null: it begins with the starter.</param>
public sealed record NewProcessFiles(string Key, BilingualText Name, IReadOnlyList<string> Kinds, string? CopyOf)
{
    private const string Pack = "pack.json";
    private const string Scenarios = "scenarios/";
    private const string Workflows = "workflows/";

    /// <summary>The starter as this process: one workflow for each kind, which takes a case and closes it, so that steps can be put between.</summary>
    public Dictionary<string, string> FromStarter(IReadOnlyDictionary<string, string> starter)
    {
        var files = new Dictionary<string, string>(starter, StringComparer.Ordinal);
        var pack = (JsonObject)JsonNode.Parse(files[Pack])!;
        var form = (string)pack["kinds"]![0]!["form"]!;
        pack["kinds"] = new JsonArray([.. Kinds.Select(kind => new JsonObject { ["kind"] = kind, ["workflow"] = WorkflowOf(kind), ["form"] = form })]);
        foreach (var kind in Kinds)
        {
            files[ProcessDrafts.PathOf(WorkflowOf(kind))] = DefinitionMeaning.Write(Empty(kind));
        }

        return Named(files, pack);
    }

    /// <summary>Another process's files as this process's: workflows have ids of their own.</summary>
    public Dictionary<string, string> FromCopy(IReadOnlyDictionary<string, string> source)
    {
        var pack = (JsonObject)JsonNode.Parse(source[Pack])!;
        var before = (string)pack["id"]!;
        string IdOf(string id) => id == before ? Key : id.StartsWith(before + "-", StringComparison.Ordinal) ? Key + id[before.Length..] : $"{Key}-{id}";
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, text) in source)
        {
            if (path.StartsWith(Workflows, StringComparison.Ordinal))
            {
                var definition = (JsonObject)JsonNode.Parse(text)!;
                var id = IdOf(path[Workflows.Length..^".json".Length]);
                ProcessDrafts.Identify(definition, Key, 1, id);
                files[ProcessDrafts.PathOf(id)] = DefinitionMeaning.Write(definition);
            }
            else
            {
                files[path] = path.StartsWith(Scenarios, StringComparison.Ordinal) ? Scenario(text) : text;
            }
        }

        var kinds = ((JsonArray)pack["kinds"]!).OfType<JsonObject>().ToList();
        var kept = kinds.Where(kind => Kinds.Contains((string)kind["kind"]!)).ToList();
        pack["kinds"] = new JsonArray([.. (kept.Count > 0 ? kept : kinds).Select(kind =>
        {
            var own = (JsonObject)kind.DeepClone();
            own["workflow"] = IdOf((string)own["workflow"]!);
            return own;
        })]);
        return Named(files, pack);
    }

    private string WorkflowOf(string kind) => Kinds.Count == 1 ? Key : $"{Key}-{kind}";

    private Dictionary<string, string> Named(Dictionary<string, string> files, JsonObject pack)
    {
        pack["id"] = Key;
        pack["version"] = "1.0.0";
        pack["name"] = Both(Name);
        if (CopyOf is null)
        {
            pack["policy"]!["title"] = Both(Name);
        }

        files[Pack] = DefinitionMeaning.Write(pack);
        return files;
    }

    private string Scenario(string text)
    {
        var json = JsonNode.Parse(text)!;
        foreach (var scenario in (json as JsonArray)?.OfType<JsonObject>() ?? [(JsonObject)json])
        {
            scenario["process"] = Key;
        }

        return json.ToJsonString();
    }

    private JsonObject Empty(string kind)
    {
        var root = $"{WorkflowOf(kind)}-flow";
        JsonObject Shape(string id, string type, string zh, string en, int place, JsonObject inputs)
        {
            var shape = new JsonObject
            {
                ["id"] = id,
                ["nodeId"] = $"Workflow1:{root}:{id}",
                ["name"] = id,
                ["type"] = type,
                ["version"] = 1,
                ["customProperties"] = new JsonObject { ["canStartWorkflow"] = id == "received", ["runAsynchronously"] = false },
                ["metadata"] = new JsonObject
                {
                    ["displayText"] = zh,
                    ["description"] = en,
                    ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 40 + (300 * place), ["y"] = 80 } },
                },
            };
            foreach (var (name, value) in inputs)
            {
                shape[name] = value?.DeepClone();
            }

            return shape;
        }

        static JsonObject Way(string from, string to) => new()
        {
            ["source"] = new JsonObject { ["activity"] = from, ["port"] = "Done" },
            ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
            ["vertices"] = new JsonArray(),
        };

        static JsonObject Input(string type, string expression, string value) =>
            new() { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = expression, ["value"] = value } };

        var definition = new JsonObject
        {
            ["$schema"] = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json",
            ["name"] = Kinds.Count == 1 ? Name.Zh : $"{Name.Zh} {kind}",
            ["root"] = new JsonObject
            {
                ["id"] = root,
                ["nodeId"] = $"Workflow1:{root}",
                ["type"] = "Elsa.Flowchart",
                ["version"] = 1,
                ["activities"] = new JsonArray(
                    Shape("received", "CaseManagement.ComplaintReceived", Words.Received.Zh, Words.Received.En, 0,
                        new() { ["kinds"] = Input("Object", "Object", $"[\"{kind}\"]") }),
                    Shape("close", "CaseManagement.Close", Words.Close.Zh, Words.Close.En, 1, []),
                    Shape("end", "Elsa.End", Words.End.Zh, Words.End.En, 2, [])),
                ["connections"] = new JsonArray(Way("received", "close"), Way("close", "end")),
            },
        };
        ProcessDrafts.Identify(definition, Key, 1, WorkflowOf(kind));
        return definition;
    }

    private static JsonObject Both(BilingualText name) => new() { ["zh"] = name.Zh, ["en"] = name.En };

    private static class Words
    {
        public static readonly BilingualText Received = new("收到投诉", "Received");
        public static readonly BilingualText Close = new("结案", "Close");
        public static readonly BilingualText End = new("结束", "End");
    }
}

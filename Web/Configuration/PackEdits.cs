using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Web.Configuration;

/// <summary>Changes the data of a pack part by part: each answers the file as it is then, or null where what it is to change is not there.</summary>
public static class PackEdits
{
    public const string Categories = "categories.json";
    public const string Records = "records.json";
    public const string Limits = "limits.json";

    // readable in a download and in a comparison, Chinese as it is
    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Puts a category under another, or at the top of its tree.</summary>
    public static string? AddCategory(string file, string tree, string? parent, string key, string nameZh, string nameEn)
    {
        var root = Read(file);
        if (ListUnder(root, tree, parent) is not { } list || Find(root, tree, key) is not null)
        {
            return null;
        }

        list.Add(new JsonObject { ["key"] = key, ["name"] = new JsonObject { ["zh"] = nameZh, ["en"] = nameEn } });
        return Write(root);
    }

    /// <summary>Calls a category something else; its key stays, so cases, tables and reports know it as before.</summary>
    public static string? RenameCategory(string file, string tree, string key, string nameZh, string nameEn)
    {
        var root = Read(file);
        if (Find(root, tree, key) is not { } node)
        {
            return null;
        }

        node["name"] = new JsonObject { ["zh"] = nameZh, ["en"] = nameEn };
        return Write(root);
    }

    /// <summary>Puts a category with all below it elsewhere in its tree; not below itself.</summary>
    public static string? MoveCategory(string file, string tree, string key, string? parent)
    {
        var root = Read(file);
        if (Find(root, tree, key) is not { } node || key == parent || (parent is not null && FindIn(node["children"], parent) is not null) || ListUnder(root, tree, parent) is not { } to)
        {
            return null;
        }

        var from = (JsonArray)node.Parent!;
        from.Remove(node);
        if (from.Count == 0 && from.Parent is JsonObject above && above.ContainsKey("key") && above["children"] == from)
        {
            above.Remove("children");
        }

        to.Add(node);
        return Write(root);
    }

    /// <summary>Takes a category, with all below it, out of what may be chosen, or puts it back; cases that have it keep it.</summary>
    public static string? RetireCategory(string file, string tree, string key, bool retired)
    {
        var root = Read(file);
        if (Find(root, tree, key) is not { } node)
        {
            return null;
        }

        if (retired)
        {
            node["retired"] = true;
        }
        else
        {
            node.Remove("retired");
        }

        return Write(root);
    }

    /// <summary>Numbers cases in another way.</summary>
    public static string Number(string file, string pattern, NumberCycle cycle, WhenNumbersFull whenFull)
    {
        var root = Read(file);
        root["numbering"] = new JsonObject { ["pattern"] = pattern, ["cycle"] = Word(cycle), ["whenFull"] = Word(whenFull) };
        return Write(root);
    }

    /// <summary>Keeps something for another time; a rule about what there is none of yet is added.</summary>
    public static string Keep(string file, string what, string from, int amount, string unit)
    {
        var root = Read(file);
        var rules = root["retention"] as JsonArray ?? [];
        root["retention"] ??= rules;
        var rule = rules.OfType<JsonObject>().FirstOrDefault(r => r["what"]?.GetValue<string>() == what && r["statutory"]?.GetValue<bool>() != true);
        if (rule is null)
        {
            rules.Add(rule = new JsonObject { ["what"] = what });
        }

        (rule["from"], rule["amount"], rule["unit"]) = (from, amount, unit);
        return Write(root);
    }

    /// <summary>Adds a reason for which clocks may be paused, or calls one something else.</summary>
    public static string PauseReason(string file, string key, string nameZh, string nameEn)
    {
        var root = Read(file);
        var reasons = root["pauseReasons"] as JsonArray ?? [];
        root["pauseReasons"] ??= reasons;
        var reason = reasons.OfType<JsonObject>().FirstOrDefault(r => r["key"]?.GetValue<string>() == key);
        if (reason is null)
        {
            reasons.Add(reason = new JsonObject { ["key"] = key });
        }

        reason["name"] = new JsonObject { ["zh"] = nameZh, ["en"] = nameEn };
        return Write(root);
    }

    /// <summary>Where a pack asks for an option of a fact: the parts, each by its file and the nearest key above the condition.</summary>
    /// <param name="files">The pack.</param>
    /// <param name="fact">The fact.</param>
    /// <param name="options">Its options.</param>
    public static IReadOnlyList<(string File, string Key)> UsesOf(IReadOnlyDictionary<string, string> files, string fact, IReadOnlySet<string> options)
    {
        var found = new List<(string, string)>();
        foreach (var (name, text) in files.Where(f => f.Key.EndsWith(".json", StringComparison.Ordinal) && f.Key != Categories && !f.Key.StartsWith("scenarios/", StringComparison.Ordinal)))
        {
            Visit(JsonNode.Parse(text), "", name);
        }

        return [.. found.Distinct()];

        void Visit(JsonNode? node, string key, string file)
        {
            switch (node)
            {
                case JsonObject json:
                    key = json["key"] is JsonValue own && own.TryGetValue<string>(out var text) ? text : key;
                    foreach (var (name, value) in json)
                    {
                        if (name == fact && value is JsonValue test && test.TryGetValue<string>(out var written) && Words(written).Any(options.Contains))
                        {
                            found.Add((file, key));
                        }

                        Visit(value, key, file);
                    }

                    break;
                case JsonArray list:
                    foreach (var item in list)
                    {
                        Visit(item, key, file);
                    }

                    break;
            }
        }
    }

    private static string[] Words(string test) => test.Split([',', ' ', '(', ')', '，'], StringSplitOptions.RemoveEmptyEntries);

    private static JsonObject? Find(JsonObject root, string tree, string key) => FindIn(TreeOf(root, tree)?["nodes"], key);

    private static JsonObject? FindIn(JsonNode? nodes, string key) => nodes is not JsonArray list ? null
        : list.OfType<JsonObject>().Select(node => node["key"]?.GetValue<string>() == key ? node : FindIn(node["children"], key)).FirstOrDefault(found => found is not null);

    private static JsonArray? ListUnder(JsonObject root, string tree, string? parent)
    {
        if (parent is null)
        {
            return TreeOf(root, tree)?["nodes"] as JsonArray;
        }

        if (Find(root, tree, parent) is not { } node)
        {
            return null;
        }

        if (node["children"] is not JsonArray children)
        {
            node["children"] = children = [];
        }

        return children;
    }

    private static JsonObject? TreeOf(JsonObject root, string tree) =>
        (root["trees"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(t => t["key"]?.GetValue<string>() == tree);

    private static JsonObject Read(string file) => JsonNode.Parse(file) as JsonObject ?? throw new InvalidInputException([new InputProblem("pack", "pack-unreadable", "The pack cannot be read.")]);

    private static string Write(JsonObject root) => root.ToJsonString(Written) + "\n";

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

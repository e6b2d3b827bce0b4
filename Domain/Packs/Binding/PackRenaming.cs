using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs.Checks;

namespace CaseManagement.Domain.Packs.Binding;

/// <summary>
/// Writes a pack with the names of the organisation that uses it. Every place that names a department, a role or a channel is known by what stands there: candidates, values of
/// facts that hold such a name (in conditions, tables, steps and scenarios), inputs of shapes. Where one is named otherwise, reading and checking the result
/// says so, for the old key is not there any more.
/// </summary>
public sealed class PackRenaming
{
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, IndentSize = 1, MaxDepth = 128 };
    private static readonly JsonSerializerOptions WrittenInside = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 128 };

    private const string Organisation = "organisation.json";
    private const string Scenarios = "scenarios/";

    // members whose texts are candidates, in whatever file
    private static readonly HashSet<string> Who = new(StringComparer.Ordinal) { "who", "only", "to", "copies", "visibleTo", "notify", "reassign" };
    private static readonly HashSet<string> WhoInScenarios = new(StringComparer.Ordinal) { "to", "by", "candidates", "escalations", "each", "assignee" };

    private readonly PackNames _names;
    private readonly Dictionary<string, Func<string, string>> _facts;

    private PackRenaming(ProcessPack pack, PackNames names)
    {
        _names = names;
        _facts = pack.Facts.All.Select(fact => (fact.Key, Name: NameOf(fact))).Where(one => one.Name is not null)
            .ToDictionary(one => one.Key, one => one.Name!, StringComparer.Ordinal);
    }

    /// <summary>The files of the pack with those names; files that name none stay as they are, to the byte.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="names">What is called otherwise here.</param>
    public static Dictionary<string, string> Apply(ProcessPack pack, PackNames names)
    {
        var renaming = new PackRenaming(pack, names);
        return pack.Files.ToDictionary(file => file.Key, file => names.IsEmpty ? file.Value : renaming.File(file.Key, file.Value), StringComparer.Ordinal);
    }

    /// <summary>Departments, roles and channels that a script or a value expression of the pack speaks of as a text; those must keep their keys.</summary>
    public static IReadOnlySet<string> NamedInScripts(ProcessPack pack)
    {
        var scripts = pack.Files.Where(file => !file.Key.StartsWith(Scenarios, StringComparison.Ordinal))
            .SelectMany(file => ScriptsIn(Parsed(file.Value), file.Key.StartsWith("workflows/", StringComparison.Ordinal))).ToList();
        var keys = pack.Organisation.Departments.Select(one => one.Key).Concat(pack.Organisation.Roles.Select(one => one.Key)).Concat(pack.Identity.Channels.Select(one => one.Key));
        return keys.Where(key => scripts.Exists(script => script.Contains($"'{key}'", StringComparison.Ordinal) || script.Contains($"\"{key}\"", StringComparison.Ordinal)))
            .ToHashSet(StringComparer.Ordinal);
    }

    private Func<string, string>? NameOf(FactDefinition fact) => fact switch
    {
        { Type: FactType.Department or FactType.Departments } => _names.Department,
        { Type: FactType.Role } => _names.Candidate,
        { IsBuiltIn: true, Key: "channel" } => _names.Channel,
        _ => null,
    };

    private string File(string path, string text)
    {
        var json = Parsed(text);
        var before = json.DeepClone();
        if (path == Organisation)
        {
            InOrganisation((JsonObject)json);
        }
        else
        {
            if (path == "pack.json" && json["channels"] is JsonArray channels)
            {
                json["channels"] = Listed(channels, _names.Channels);
            }

            Walk(json, path);
        }

        return JsonNode.DeepEquals(before, json) ? text : json.ToJsonString(Written) + "\n";
    }

    private void InOrganisation(JsonObject json)
    {
        foreach (var role in (json["roles"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (Text(role["department"]) is { } department)
            {
                role["department"] = _names.Department(department);
            }
        }

        foreach (var (list, names) in new[] { ("departments", _names.Departments), ("roles", _names.Roles) })
        {
            if (json[list] is JsonArray entries)
            {
                json[list] = Listed(entries, names);
            }
        }
    }

    // two that are one here are one; a role that is held at every department for one of them is so for both
    private static JsonArray Listed(JsonArray entries, IReadOnlyDictionary<string, Named> names)
    {
        var listed = new List<JsonObject>();
        foreach (var entry in entries.OfType<JsonObject>().Select(one => (JsonObject)one.DeepClone()))
        {
            if (Text(entry["key"]) is { } key && names.TryGetValue(key, out var here))
            {
                entry["key"] = here.Key;
                entry["name"] = new JsonObject { ["zh"] = here.Name.Zh, ["en"] = here.Name.En };
            }

            if (listed.Find(one => Text(one["key"]) == Text(entry["key"])) is { } same)
            {
                foreach (var flag in (string[])["perDepartment", "cover"])
                {
                    if (same[flag] is null && entry[flag] is { } set)
                    {
                        same[flag] = set.DeepClone();
                    }
                }
            }
            else
            {
                listed.Add(entry);
            }
        }

        return new JsonArray([.. listed]);
    }

    private void Walk(JsonNode? node, string file)
    {
        switch (node)
        {
            case JsonObject json:
                Shape(json);
                Options(json, file);
                Priority(json);
                foreach (var (member, value) in json.ToList())
                {
                    if (value is JsonObject or JsonArray && !(value is JsonArray list && list.All(one => one is JsonValue)))
                    {
                        Walk(value, file);
                    }
                    else if (value is not null && Naming(file, member, json) is { } naming)
                    {
                        json[member] = Renamed(value, naming);
                    }
                }

                break;
            case JsonArray list:
                foreach (var element in list)
                {
                    Walk(element, file);
                }

                break;
        }
    }

    /// <summary>How the texts of a member are renamed; null where they name nothing.</summary>
    private Func<string, string>? Naming(string file, string member, JsonObject json)
    {
        if (_facts.TryGetValue(member, out var fact))
        {
            return text => PackNames.InTest(text, fact);
        }

        var isScenario = file.StartsWith(Scenarios, StringComparison.Ordinal);
        return member switch
        {
            "archive" when file == "records.json" => _names.Department,
            "departments" when isScenario => _names.Department,
            "roles" when isScenario => _names.Role,
            "each" when isScenario => text => _names.Department(text) is var key && key != text ? key : _names.Candidate(text),
            _ when isScenario => WhoInScenarios.Contains(member) ? _names.Candidate : null,
            "by" => file == "forms.json" ? _names.Candidate : null,

            "reason" => file == "limits.json" ? _names.Candidate : null,

            // the moment that meets a limit
            "to" when json.ContainsKey("rungs") => null,
            _ => Who.Contains(member) && !file.StartsWith("workflows/", StringComparison.Ordinal) ? _names.Candidate : null,
        };
    }

    // a fact that holds a role or a department may list those it may hold
    private void Options(JsonObject json, string file)
    {
        var naming = file == "facts.json" ? Text(json["type"]) switch { "role" => _names.Role, "department" => _names.Department, _ => (Func<string, string>?)null } : null;
        if (naming is null || json["options"] is not JsonArray options)
        {
            return;
        }

        for (var at = 0; at < options.Count; at++)
        {
            if (options[at] is JsonObject option && Text(option["key"]) is { } key)
            {
                option["key"] = naming(key);
            }
            else if (Text(options[at]) is { } alone)
            {
                options[at] = naming(alone);
            }
        }
    }

    // the order in which a table of departments or roles decides
    private void Priority(JsonObject json)
    {
        if (json["priority"] is JsonArray order && json["rows"] is JsonArray rows
            && rows.SelectMany(row => row?["then"] as JsonObject ?? []).Select(one => _facts.GetValueOrDefault(one.Key))
                .FirstOrDefault(one => one is not null) is { } naming)
        {
            json["priority"] = Renamed(order, naming);
        }
    }

    private void Shape(JsonObject json)
    {
        if (Text(json["type"]) is not { } type || ActivityCatalogue.Find(type) is not { } known)
        {
            return;
        }

        foreach (var input in known.Inputs)
        {
            if (json[input.Member]?["expression"] is JsonObject expression && Text(expression["type"]) is "Literal" or "Object")
            {
                Input(expression, input.Source);
            }
        }
    }

    private void Input(JsonObject expression, InputSource source)
    {
        Func<string, string>? naming = source switch { InputSource.Candidate => _names.Candidate, InputSource.Department => _names.Department, _ => null };
        if (naming is null && source is not (InputSource.Condition or InputSource.Facts))
        {
            return;
        }

        var value = expression["value"];
        var (inner, isText) = (value, false);
        if (Text(value) is { } text && text.TrimStart() is ['[' or '{' or '"', ..] && JsonText.TryParse(text, out var parsed, out _))
        {
            (inner, isText) = (JsonNode.Parse(parsed.GetRawText()), true);
        }

        if (inner is null)
        {
            return;
        }

        var before = inner.DeepClone();
        if (naming is null)
        {
            Walk(inner, "");
        }
        else
        {
            inner = Renamed(inner, naming);
        }

        if (!JsonNode.DeepEquals(before, inner))
        {
            expression["value"] = isText ? inner.ToJsonString(WrittenInside) : inner.DeepClone();
        }
    }

    // several that are one here are named once
    private static JsonNode Renamed(JsonNode value, Func<string, string> naming) => value switch
    {
        JsonArray list => new JsonArray([.. list.Select(one => Text(one) is { } text ? JsonValue.Create(naming(text)) : one?.DeepClone()).DistinctBy(one => one?.ToJsonString())]),
        _ => Text(value) is { } text && naming(text) is var named && named != text ? JsonValue.Create(named) : value.DeepClone(),
    };

    private static IEnumerable<string> ScriptsIn(JsonNode? node, bool isWorkflow)
    {
        switch (node)
        {
            case JsonObject json:
                foreach (var (name, value) in json)
                {
                    var isScript = name == "value" && (!isWorkflow || Text(json["type"]) is not (null or "Literal" or "Object"));
                    foreach (var script in isScript && Text(value) is { } text ? [text] : ScriptsIn(value, isWorkflow))
                    {
                        yield return script;
                    }
                }

                break;
            case JsonArray list:
                foreach (var script in list.SelectMany(one => ScriptsIn(one, isWorkflow)))
                {
                    yield return script;
                }

                break;
        }
    }

    private static JsonNode Parsed(string text) => JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = PackReader.MaxDepth })!;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

using System.Text.Json.Nodes;

namespace CaseManagement.Web.Elsa.Definitions;

/// <summary>
/// Takes what Studio or a file sends as a definition. Studio reads a definition into a model of its own and sends that back whole, so what
/// its model has no member for is taken over from what is stored.
/// </summary>
public static class StudioModel
{
    /// <summary>Where the draft's token travels: Studio keeps custom properties it does not know.</summary>
    public const string Token = "caseManagement.draft";

    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "$schema", "id", "definitionId", "name", "description", "createdAt", "version", "toolVersion", "variables", "inputs", "outputs", "outcomes",
        "customProperties", "isReadonly", "isSystem", "isLatest", "isPublished", "options", "root", "links",
    };

    private static readonly HashSet<string> VariableMembers = new(StringComparer.Ordinal) { "id", "name", "typeName", "isArray", "value", "storageDriverTypeName" };

    private static readonly HashSet<string> InputMembers = new(StringComparer.Ordinal)
    {
        "name", "displayName", "description", "type", "category", "uiHint", "isArray", "storageDriverType", "defaultValue", "isReadOnly", "isRequired",
    };

    private static readonly HashSet<string> OptionMembers = new(StringComparer.Ordinal)
    {
        "activationStrategyType", "usableAsActivity", "autoUpdateConsumingWorkflows", "activityCategory", "incidentStrategyType", "commitStrategyName",
    };

    /// <summary>The token the model brings back; null for a file.</summary>
    public static string? TokenOf(JsonObject model) => (model["customProperties"] as JsonObject)?.Text(Token);

    /// <summary>It starts where a complaint comes in, so it is one of a process.</summary>
    public static bool TakesCases(JsonObject definition) =>
        definition["root"] is JsonObject root && NodeIds.In(root).Any(a => a.Activity.Text("type") == "CaseManagement.ComplaintReceived");

    /// <summary>The definition to keep, of what was sent and what is stored.</summary>
    public static JsonObject Merge(JsonObject? stored, JsonObject model)
    {
        var definition = Clean(model);
        if (stored is not null)
        {
            TakeOver(stored, definition, Members);
            Match(stored, definition, "variables", "id", VariableMembers);
            Match(stored, definition, "inputs", "name", InputMembers);
            Match(stored, definition, "outputs", "name", InputMembers);
            if (stored["options"] is JsonObject before && definition["options"] is JsonObject options)
            {
                TakeOver(before, options, OptionMembers);
            }

            foreach (var name in new[] { "createdAt", "isReadonly" })
            {
                definition[name] = stored[name]?.DeepClone() ?? definition[name]?.DeepClone();
            }
        }

        return definition;
    }

    /// <summary>A definition from a file, without what only travels.</summary>
    public static JsonObject Clean(JsonObject model)
    {
        var definition = (JsonObject)model.DeepClone();
        definition.Remove("links");
        definition.Remove("$schema");
        (definition["customProperties"] as JsonObject)?.Remove(Token);
        foreach (var name in definition.Where(m => m.Value is null).Select(m => m.Key).ToList())
        {
            definition.Remove(name);
        }

        foreach (var name in new[] { "variables", "inputs", "outputs", "outcomes" })
        {
            definition[name] ??= new JsonArray();
        }

        definition["customProperties"] ??= new JsonObject();
        definition["options"] ??= new JsonObject();
        definition["isReadonly"] ??= false;
        definition["isSystem"] ??= false;
        if (definition["root"] is JsonObject root)
        {
            Complete(root);
            NodeIds.Fill(root);
        }

        return definition;
    }

    // a root fresh from Studio says only what it is
    private static void Complete(JsonObject root)
    {
        root["customProperties"] ??= new JsonObject { ["canStartWorkflow"] = false, ["runAsynchronously"] = false };
        root["metadata"] ??= new JsonObject();
        if (root.Text("type") is "Elsa.Flowchart" or "Elsa.Sequence")
        {
            root["activities"] ??= new JsonArray();
            root["variables"] ??= new JsonArray();
        }

        if (root.Text("type") == "Elsa.Flowchart")
        {
            root["connections"] ??= new JsonArray();
        }
    }

    private static void TakeOver(JsonObject from, JsonObject to, HashSet<string> known)
    {
        foreach (var (name, value) in from)
        {
            if (!known.Contains(name) && !to.ContainsKey(name))
            {
                to[name] = value?.DeepClone();
            }
        }
    }

    private static void Match(JsonObject stored, JsonObject definition, string list, string key, HashSet<string> known)
    {
        if (stored[list] is not JsonArray before || definition[list] is not JsonArray now)
        {
            return;
        }

        foreach (var item in now.OfType<JsonObject>())
        {
            if (before.OfType<JsonObject>().FirstOrDefault(b => b.Text(key) is { } id && id == item.Text(key)) is { } same)
            {
                TakeOver(same, item, known);
            }
        }
    }
}

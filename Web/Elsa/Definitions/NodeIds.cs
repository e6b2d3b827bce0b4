using System.Text.Json.Nodes;

namespace CaseManagement.Web.Elsa.Definitions;

/// <summary>Finds the activities in a definition's JSON, also in ports, and gives each the path Studio's canvas is keyed by.</summary>
public static class NodeIds
{
    /// <summary>The outermost activity, of which the definition's root is the child.</summary>
    public const string Workflow = "Workflow1";

    /// <summary>Writes <c>nodeId</c> into every activity: ids from <see cref="Workflow"/> down, joined by colons.</summary>
    public static void Fill(JsonObject root) => Visit(root, Workflow, (activity, nodeId) => activity["nodeId"] = nodeId);

    /// <summary>Every activity with its node id, containers before what is in them.</summary>
    public static IEnumerable<(JsonObject Activity, string NodeId)> In(JsonObject root)
    {
        var found = new List<(JsonObject, string)>();
        Visit(root, Workflow, (activity, nodeId) => found.Add((activity, nodeId)));
        return found;
    }

    /// <summary>An activity has a type and an id of its own.</summary>
    public static bool IsActivity(JsonObject json) => json.Text("type") is not null && json.Text("id") is not null;

    private static void Visit(JsonNode? node, string parent, Action<JsonObject, string> visit)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                Visit(item, parent, visit);
            }

            return;
        }

        if (node is not JsonObject json)
        {
            return;
        }

        var inside = parent;
        if (IsActivity(json))
        {
            inside = $"{parent}:{json.Text("id")}";
            visit(json, inside);
        }

        foreach (var (name, value) in json.ToList())
        {
            if (name is not ("metadata" or "customProperties" or "expression" or "connections" or "variables"))
            {
                Visit(value, inside, visit);
            }
        }
    }
}

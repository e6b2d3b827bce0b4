using System.Text.Json.Nodes;

namespace CaseManagement.Web.Elsa.Definitions;

/// <summary>Parts of a definition, for the editor of what lies in a port.</summary>
public static class Subgraphs
{
    /// <summary>One activity with what is in it; null where there is none.</summary>
    public static JsonObject? Node(JsonObject? root, string? nodeId)
    {
        var nodes = Index(root);
        return nodeId is not null && nodes.TryGetValue(nodeId, out var activity) ? Node(activity, nodeId, PortOf(nodes, nodeId)) : null;
    }

    /// <summary>The way from the root to an activity in a port; null where there is none.</summary>
    public static JsonObject? Segments(JsonObject? root, string? childNodeId)
    {
        var nodes = Index(root);
        if (childNodeId is null || !nodes.TryGetValue(childNodeId, out var child))
        {
            return null;
        }

        var segments = new List<JsonNode>();
        for (var (inner, outer) = (childNodeId, Above(childNodeId)); nodes.TryGetValue(outer, out var container); (inner, outer) = (outer, Above(outer)))
        {
            if (PortOf(nodes, inner) is { } port && port != "Activities")
            {
                segments.Insert(0, new JsonObject
                {
                    ["activityNodeId"] = outer,
                    ["activityId"] = container.Text("id"),
                    ["activityType"] = container.Text("type"),
                    ["portName"] = port,
                    ["activityName"] = container.Text("name"),
                });
            }
        }

        var around = nodes.ContainsKey(Above(childNodeId)) ? Above(childNodeId) : childNodeId;
        return new JsonObject
        {
            ["childNode"] = Node(child, childNodeId, PortOf(nodes, childNodeId)),
            ["container"] = Node(nodes[around], around, PortOf(nodes, around)),
            ["pathSegments"] = new JsonArray([.. segments]),
        };
    }

    private static Dictionary<string, JsonObject> Index(JsonObject? root) =>
        root is null ? [] : NodeIds.In(root).GroupBy(n => n.NodeId, StringComparer.Ordinal).ToDictionary(n => n.Key, n => n.First().Activity, StringComparer.Ordinal);

    private static JsonObject Node(JsonObject activity, string nodeId, string? port) =>
        new() { ["nodeId"] = nodeId, ["port"] = port ?? "Root", ["activity"] = activity.DeepClone() };

    private static string Above(string nodeId) => nodeId.LastIndexOf(':') is > 0 and var at ? nodeId[..at] : "";

    // the member of the container that holds it, as descriptors write it
    private static string? PortOf(Dictionary<string, JsonObject> nodes, string nodeId)
    {
        if (!nodes.TryGetValue(Above(nodeId), out var container))
        {
            return null;
        }

        var id = nodes[nodeId].Text("id");
        foreach (var (name, value) in container)
        {
            if (value is JsonObject one && NodeIds.IsActivity(one) && one.Text("id") == id)
            {
                return char.ToUpperInvariant(name[0]) + name[1..];
            }
        }

        return "Activities";
    }
}

using System.Text.Json;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs.Reading;

namespace CaseManagement.Domain.Packs.Checks;

/// <summary>The flowchart of a definition: its shapes, its connections, and the activities nested in them.</summary>
internal sealed class WorkflowShape
{
    /// <summary>More shapes or connections than this are refused; a person could not read the diagram.</summary>
    public const int MaxShapes = 300;

    private const int MaxConnections = 1_000;
    private const string Flowchart = "Elsa.Flowchart";

    private WorkflowShape(
        string key, string file, IReadOnlyList<WorkflowActivity> activities, IReadOnlyList<WorkflowActivity> nested, IReadOnlyList<Edge> edges)
    {
        Key = key;
        File = file;
        Activities = activities;
        Nested = nested;
        Edges = edges;
    }

    /// <summary>The definition's id.</summary>
    public string Key { get; }

    public string File { get; }

    public IReadOnlyList<WorkflowActivity> Activities { get; }

    /// <summary>Activities inside other activities; they have inputs but no place in the flowchart.</summary>
    public IReadOnlyList<WorkflowActivity> Nested { get; }

    /// <summary>Connections whose two ends exist.</summary>
    public IReadOnlyList<Edge> Edges { get; }

    /// <summary>Reads a definition; null, with findings, when it is no flowchart that can be checked.</summary>
    public static WorkflowShape? Read(string key, string text, PackFindings findings)
    {
        var file = $"workflows/{key}.json";
        if (!JsonText.TryParse(text, out var definition, out var why))
        {
            findings.Error(FindingCodes.JsonInvalid, file, "$", $"JSON 无法读取：{why.Zh}", $"The JSON cannot be read: {why.En}");
            return null;
        }

        if (WorkflowActivity.Text(definition, "definitionId") != key)
        {
            findings.Error(FindingCodes.WorkflowInvalid, file, "$.definitionId", "definitionId 应与文件名一致",
                "The definitionId should be the file's name");
        }

        if (WorkflowActivity.Member(definition, "root") is not { } root
            || WorkflowActivity.Text(root, "type") != Flowchart
            || WorkflowActivity.Member(root, "activities") is not { ValueKind: JsonValueKind.Array } members
            || WorkflowActivity.Member(root, "connections") is not { ValueKind: JsonValueKind.Array } connections)
        {
            findings.Error(FindingCodes.WorkflowInvalid, file, "$.root", "流程的根应为流程图",
                "The root of a workflow should be a flowchart");
            return null;
        }

        if (members.GetArrayLength() > MaxShapes || connections.GetArrayLength() > MaxConnections)
        {
            findings.Error(
                FindingCodes.WorkflowTooLarge, file, "$.root", $"图形超过 {MaxShapes} 个或连线超过 {MaxConnections} 条",
                $"More than {MaxShapes} shapes or {MaxConnections} connections");
            return null;
        }

        var activities = members.EnumerateArray()
            .Select((activity, index) => new WorkflowActivity(activity, $"$.root.activities[{index}]"))
            .ToList();
        var nested = members.EnumerateArray()
            .SelectMany((activity, index) => NestedIn(activity, $"$.root.activities[{index}]", 0))
            .ToList();
        CheckNodeIds(file, WorkflowActivity.Text(root, "id"), activities, findings);
        return new WorkflowShape(key, file, activities, nested, ReadEdges(file, connections, activities, findings));
    }

    public WorkflowActivity? Find(string id) => Activities.FirstOrDefault(activity => activity.Id == id);

    private static List<Edge> ReadEdges(string file, JsonElement connections, List<WorkflowActivity> activities, PackFindings findings)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < activities.Count; index++)
        {
            if (!places.TryAdd(activities[index].Id, index))
            {
                findings.Error(
                    FindingCodes.ActivityTwice, file, activities[index].Path, $"图形标识“{activities[index].Id}”重复",
                    $"The shape id '{activities[index].Id}' is used twice");
            }
        }

        var edges = new List<Edge>();
        foreach (var (connection, index) in connections.EnumerateArray().Select((connection, index) => (connection, index)))
        {
            var path = $"$.root.connections[{index}]";
            var source = WorkflowActivity.Member(connection, "source");
            var target = WorkflowActivity.Member(connection, "target");
            if (!places.TryGetValue(WorkflowActivity.Text(source, "activity") ?? string.Empty, out var from)
                || !places.TryGetValue(WorkflowActivity.Text(target, "activity") ?? string.Empty, out var to))
            {
                findings.Error(FindingCodes.ConnectionWrong, file, path, "连线的一端不存在", "An end of the connection does not exist");
                continue;
            }

            var edge = new Edge(from, WorkflowActivity.Text(source, "port") ?? "Done", to);
            if (edges.Contains(edge))
            {
                findings.Error(FindingCodes.ConnectionWrong, file, path, "连线重复", "The connection is drawn twice");
                continue;
            }

            edges.Add(edge);
            if (activities[from].Ports is { } ports && !ports.Contains(edge.Port, StringComparer.Ordinal))
            {
                findings.Error(
                    FindingCodes.PortUnknown, file, path, $"“{activities[from].Title.Zh}”没有出口“{edge.Port}”",
                    $"'{activities[from].Title.En}' has no port '{edge.Port}'");
            }
        }

        return edges;
    }

    private static void CheckNodeIds(string file, string? rootId, List<WorkflowActivity> activities, PackFindings findings)
    {
        foreach (var activity in activities.Where(activity => activity.NodeId != $"Workflow1:{rootId}:{activity.Id}"))
        {
            findings.Error(
                FindingCodes.WorkflowInvalid, file, $"{activity.Path}.nodeId", "nodeId 与图形位置不符",
                "The nodeId does not fit the place of the shape");
        }
    }

    // Any object with a type of Elsa's or ours, at any depth below a shape, is an activity of its own.
    private static IEnumerable<WorkflowActivity> NestedIn(JsonElement json, string path, int depth)
    {
        if (depth > PackReader.MaxDepth)
        {
            yield break;
        }

        var children = json.ValueKind switch
        {
            JsonValueKind.Object => json.EnumerateObject().Select(member => (member.Value, Path: $"{path}.{member.Name}")),
            JsonValueKind.Array => json.EnumerateArray().Select((element, index) => (element, Path: $"{path}[{index}]")),
            _ => [],
        };
        foreach (var (child, childPath) in children)
        {
            if (WorkflowActivity.Text(child, "type") is { } type
                && (type.StartsWith(ActivityCatalogue.Ours, StringComparison.Ordinal) || type.StartsWith("Elsa.", StringComparison.Ordinal)))
            {
                yield return new WorkflowActivity(child, childPath);
            }

            foreach (var activity in NestedIn(child, childPath, depth + 1))
            {
                yield return activity;
            }
        }
    }
}

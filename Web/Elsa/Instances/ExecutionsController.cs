using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Elsa.Instances;

/// <summary>Executions of activities, for the badges and panels of the instance viewer.</summary>
[Route("elsa/api")]
public sealed class ExecutionsController(InstanceReader instances) : ElsaController
{
    private const string WorkflowNode = "Workflow1";
    private const int Most = 500;

    [HttpGet("activity-executions/list"), HttpGet("activity-execution-summaries/list")]
    public async Task<IActionResult> List(string? workflowInstanceId, CancellationToken cancellationToken)
    {
        if (await instances.FindAsync(workflowInstanceId, Caller.Person, cancellationToken) is not { } seen)
        {
            return Missing();
        }

        var nodes = Request.Query["activityNodeId"].Concat(Request.Query["activityNodeIds"]).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var history = await instances.HistoryAsync(seen, cancellationToken);
        var whole = Request.Path.Value!.Contains("/activity-executions/", StringComparison.Ordinal);
        var found = history.Executions.Values.Where(e => nodes.Count == 0 || nodes.Contains(e.NodeId)).OrderBy(e => e.Id).Take(Most).Select(e => Execution(seen, e, whole));
        return List(nodes.Contains(WorkflowNode) ? found.Prepend(Root(seen, whole)) : found);
    }

    [HttpGet("activity-executions/by-id"), HttpGet("activity-executions/{id}")]
    public async Task<IActionResult> Get(string? id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } found ? Answer(Of(found.Seen, found.Execution)) : Missing();

    /// <summary>The activities an execution lies in, from the workflow down to itself.</summary>
    [HttpGet("activity-executions/{id}/call-stack")]
    public async Task<IActionResult> CallStack(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } found)
        {
            return Missing();
        }

        var stack = new List<JsonNode>();
        for (var at = found.Execution; at is not null; at = found.History.Executions.GetValueOrDefault(at.Parent))
        {
            stack.Insert(0, Execution(found.Seen, at, whole: true));
        }

        return Answer(new JsonObject
        {
            ["activityExecutionId"] = id,
            ["items"] = new JsonArray([Root(found.Seen, whole: true), .. stack]),
            ["totalCount"] = stack.Count + 1,
        });
    }

    /// <summary>How often each activity ran, and where the instance is.</summary>
    [HttpPost("activity-executions/report")]
    public async Task<IActionResult> Report(CancellationToken cancellationToken)
    {
        var body = await ElsaBody.ReadAsync(Request);
        if (await instances.FindAsync(body.Text("workflowInstanceId"), Caller.Person, cancellationToken) is not { } seen)
        {
            return Missing();
        }

        var nodes = body.Texts("activityNodeIds").ToHashSet(StringComparer.Ordinal);
        var history = await instances.HistoryAsync(seen, cancellationToken);
        var stats = history.Executions.Values.Where(e => nodes.Count == 0 || nodes.Contains(e.NodeId))
            .GroupBy(e => e.NodeId, StringComparer.Ordinal).Select(node => new JsonObject
            {
                ["activityId"] = node.First().ActivityId,
                ["activityNodeId"] = node.Key,
                ["startedCount"] = node.Count(),
                ["completedCount"] = node.Count(e => e.Status == "Completed"),
                ["uncompletedCount"] = node.Count(e => e.Status != "Completed"),
                ["isBlocked"] = node.Any(e => e.IsWaiting),
                ["isFaulted"] = node.Any(e => e.Status == "Faulted"),
                ["aggregateFaultCount"] = node.Sum(e => e.Faults),
                ["metadata"] = new JsonObject(),
            });
        return Answer(new JsonObject { ["stats"] = new JsonArray([.. stats]) });
    }

    private async Task<(SeenInstance Seen, InstanceHistory History, PastExecution? Execution)?> FindAsync(string? id, CancellationToken cancellationToken)
    {
        if (id?.Split('-') is not [var instance, var number]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var execution)
            || await instances.FindAsync(instance, Caller.Person, cancellationToken) is not { } seen)
        {
            return null;
        }

        var history = await instances.HistoryAsync(seen, cancellationToken);
        var found = history.Executions.GetValueOrDefault(execution);
        return found is null && execution != 0 ? null : (seen, history, found);
    }

    private static JsonObject Of(SeenInstance seen, PastExecution? execution) =>
        execution is null ? Root(seen, whole: true) : Execution(seen, execution, whole: true);

    private static JsonObject Root(SeenInstance seen, bool whole)
    {
        var json = Common(seen, 0, WorkflowNode, WorkflowNode, "Elsa.Workflow", seen.Row.CreatedAt, seen.Row.FinishedAt, InstanceAnswers.StatusOf(seen.Row), seen.Row.IncidentCount);
        if (whole)
        {
            json["properties"] = new JsonObject();
            json["callStackDepth"] = 0;
        }

        return json;
    }

    private static JsonObject Execution(SeenInstance seen, PastExecution execution, bool whole)
    {
        var json = Common(
            seen, execution.Id, execution.ActivityId, execution.NodeId, execution.ActivityType, execution.StartedAt, execution.EndedAt, execution.Status, execution.Faults);
        json["hasBookmarks"] = execution.IsWaiting;
        if (!whole)
        {
            return json;
        }

        if (seen.IsFull && execution.Data is { } data)
        {
            json["activityState"] = data.DeepClone();
        }

        if (execution.Status == "Completed")
        {
            json["payload"] = new JsonObject { ["Outcomes"] = new JsonArray([.. (execution.Outcomes ?? ["Done"]).Select(o => JsonValue.Create(o))]) };
        }

        json["properties"] = new JsonObject();
        json["callStackDepth"] = execution.NodeId.Count(c => c == ':');
        json["schedulingActivityExecutionId"] = InstanceAnswers.ExecutionId(seen.Row.Id, execution.Parent);
        return json;
    }

    private static JsonObject Common(
        SeenInstance seen, int id, string activityId, string nodeId, string type, DateTimeOffset startedAt, DateTimeOffset? endedAt, string status, int faults)
    {
        var json = new JsonObject
        {
            ["id"] = InstanceAnswers.ExecutionId(seen.Row.Id, id),
            ["workflowInstanceId"] = seen.Row.Id.ToString(),
            ["activityId"] = activityId,
            ["activityNodeId"] = nodeId,
            ["activityType"] = type,
            ["activityTypeVersion"] = 1,
        };
        InstanceAnswers.Add(json, "activityName", InstanceHistory.NameOf(seen.Plan, nodeId));
        json["startedAt"] = startedAt;
        json["hasBookmarks"] = false;
        json["status"] = status;
        json["metadata"] = new JsonObject();
        json["aggregateFaultCount"] = faults;
        InstanceAnswers.Add(json, "completedAt", endedAt is { } ended ? JsonValue.Create(ended) : null);
        return json;
    }
}

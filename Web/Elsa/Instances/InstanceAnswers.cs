using System.Text.Json.Nodes;
using CaseManagement.Web.Persistence.Runtime;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Web.Elsa.Instances;

/// <summary>Instances in the shapes of Elsa 3.8. An outline tells structure and numbers, nothing a case holds.</summary>
public static class InstanceAnswers
{
    /// <summary>A row of the list.</summary>
    public static JsonObject Summary(InstanceRow row, bool isFull)
    {
        var json = new JsonObject
        {
            ["id"] = row.Id.ToString(),
            ["definitionId"] = row.DefinitionId,
            ["definitionVersionId"] = row.DefinitionVersionId,
            ["version"] = row.DefinitionVersion,
        };
        if (isFull)
        {
            Add(json, "correlationId", row.CorrelationId);
            Add(json, "name", row.Name);
        }

        json["status"] = row.Status.ToString();
        json["subStatus"] = row.SubStatus.ToString();
        json["incidentCount"] = row.IncidentCount;
        json["createdAt"] = row.CreatedAt;
        json["updatedAt"] = row.UpdatedAt;
        Add(json, "finishedAt", row.FinishedAt is { } finished ? JsonValue.Create(finished) : null);
        return json;
    }

    /// <summary>One instance with its state.</summary>
    public static JsonObject Full(SeenInstance seen, InstanceHistory history)
    {
        var json = Summary(seen.Row, seen.IsFull);
        json["incidentCount"] = seen.Row.IncidentCount + seen.GivenUp.Count;
        Add(json, "parentWorkflowInstanceId", seen.Row.ParentInstanceId?.ToString());
        json["workflowState"] = State(seen, history);
        json["isExecuting"] = false;
        json["isSystem"] = false;
        return json;
    }

    /// <summary>The state alone, as a run answers it.</summary>
    public static JsonObject State(SeenInstance seen, InstanceHistory history)
    {
        var (row, instance) = (seen.Row, seen.Instance);
        var state = new JsonObject
        {
            ["id"] = row.Id.ToString(),
            ["definitionId"] = row.DefinitionId,
            ["definitionVersionId"] = row.DefinitionVersionId,
            ["definitionVersion"] = row.DefinitionVersion,
        };
        if (seen.IsFull)
        {
            Add(state, "correlationId", row.CorrelationId);
        }

        state["status"] = row.Status.ToString();
        state["subStatus"] = row.SubStatus.ToString();
        state["isExecuting"] = false;
        state["bookmarks"] = new JsonArray([.. (instance?.Bookmarks ?? []).Select(b => BookmarkOf(row, b, seen.IsFull))]);
        state["incidents"] = new JsonArray([.. (instance?.Incidents ?? []).Where(i => i.ResolvedAt is null).Select(i => IncidentOf(i, seen.IsFull)),
            .. seen.GivenUp.Select(t => IncidentOf(t, instance, seen.IsFull))]);
        state["isSystem"] = false;
        state["completionCallbacks"] = new JsonArray();
        state["activityExecutionContexts"] = new JsonArray(
            [Root(seen), .. history.Executions.Values.Where(e => e.EndedAt is null).Select(e => Context(row, history, e))]);
        state["scheduledActivities"] = new JsonArray();
        state["executionLogSequence"] = history.Entries.Count == 0 ? 0 : history.Entries[^1].Sequence;
        state["input"] = seen.IsFull && instance is not null ? Values(instance.Input) : new JsonObject();
        state["output"] = seen.IsFull && instance is not null ? Values(instance.Output) : new JsonObject();
        state["properties"] = new JsonObject();
        state["createdAt"] = row.CreatedAt;
        state["updatedAt"] = row.UpdatedAt;
        Add(state, "finishedAt", row.FinishedAt is { } finished ? JsonValue.Create(finished) : null);
        return state;
    }

    /// <summary>Values by name as JSON.</summary>
    public static JsonNode Values(IReadOnlyDictionary<string, object?> values) => JsonNode.Parse(WorkflowValues.ToJson(values)) ?? new JsonObject();

    /// <summary>The id of an execution outside its instance.</summary>
    public static string ExecutionId(Guid instance, int execution) => $"{instance:N}-{execution}";

    internal static void Add(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    private static JsonObject Root(SeenInstance seen)
    {
        var context = new JsonObject
        {
            ["id"] = ExecutionId(seen.Row.Id, 0),
            ["callStackDepth"] = 0,
            ["scheduledActivityNodeId"] = "Workflow1",
            ["properties"] = new JsonObject(),
            ["metadata"] = new JsonObject(),
            ["activityState"] = new JsonObject(),
            ["dynamicVariables"] = new JsonArray(),
            ["status"] = StatusOf(seen.Row),
            ["isExecuting"] = false,
            ["faultCount"] = seen.Row.IncidentCount,
            ["startedAt"] = seen.Row.CreatedAt,
        };
        Add(context, "completedAt", seen.Row.FinishedAt is { } finished ? JsonValue.Create(finished) : null);
        return context;
    }

    private static JsonObject Context(InstanceRow row, InstanceHistory history, PastExecution execution) => new()
    {
        ["id"] = ExecutionId(row.Id, execution.Id),
        ["callStackDepth"] = execution.NodeId.Count(c => c == ':'),
        ["parentContextId"] = ExecutionId(row.Id, execution.Parent),
        ["scheduledActivityNodeId"] = execution.NodeId,
        ["ownerActivityNodeId"] = history.Executions.TryGetValue(execution.Parent, out var parent) ? parent.NodeId : "Workflow1",
        ["properties"] = new JsonObject(),
        ["metadata"] = new JsonObject(),
        ["activityState"] = new JsonObject(),
        ["dynamicVariables"] = new JsonArray(),
        ["status"] = execution.Status,
        ["isExecuting"] = false,
        ["faultCount"] = execution.Faults,
        ["startedAt"] = execution.StartedAt,
    };

    internal static string StatusOf(InstanceRow row) => row.SubStatus switch
    {
        WorkflowSubStatus.Finished => "Completed",
        WorkflowSubStatus.Cancelled => "Canceled",
        WorkflowSubStatus.Faulted => "Faulted",
        _ => "Running",
    };

    private static JsonObject BookmarkOf(InstanceRow row, Bookmark bookmark, bool isFull)
    {
        var json = new JsonObject { ["id"] = bookmark.Id.ToString(), ["name"] = bookmark.Name };
        if (isFull && bookmark.Payload is not null)
        {
            json["payload"] = JsonNode.Parse(WorkflowValues.ToJson(bookmark.Payload));
        }

        json["activityId"] = bookmark.ActivityId;
        json["activityNodeId"] = bookmark.NodeId;
        json["activityInstanceId"] = ExecutionId(row.Id, bookmark.ExecutionId);
        json["createdAt"] = bookmark.CreatedAt;
        json["autoBurn"] = true;
        json["autoComplete"] = true;
        return json;
    }

    private static JsonObject IncidentOf(Incident incident, bool isFull)
    {
        // messages may speak of the case
        var message = isFull ? incident.Message : "";
        return new JsonObject
        {
            ["activityId"] = incident.ActivityId,
            ["activityNodeId"] = incident.NodeId,
            ["activityType"] = incident.ActivityType,
            ["message"] = message,
            ["exception"] = new JsonObject { ["type"] = incident.ExceptionType, ["message"] = message },
            ["timestamp"] = incident.At,
        };
    }

    /// <summary>A timer that was given up, as a fault of the step that waits for it.</summary>
    private static JsonObject IncidentOf(StoredTimer timer, WorkflowInstance? instance, bool isFull)
    {
        var waiting = instance?.Bookmarks.FirstOrDefault(b => b.Id == timer.BookmarkId);
        var message = isFull ? timer.LastError ?? "" : "";
        return new JsonObject
        {
            ["activityId"] = waiting?.ActivityId ?? "",
            ["activityNodeId"] = waiting?.NodeId ?? "",
            ["activityType"] = timer.Kind,
            ["message"] = message,
            ["exception"] = new JsonObject { ["type"] = "CaseManagement.TimerGivenUp", ["message"] = message },
            ["timestamp"] = timer.DueAt,
        };
    }
}

using System.Buffers;
using System.Text.Json;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime.Plans;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Runtime;

/// <summary>
/// The state document of an instance: what its columns do not say. Short names, defaults left out, activities by node id so a
/// document survives a recompile of its definition.
/// </summary>
internal static class InstanceDocument
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static byte[] Write(WorkflowInstance instance)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(1024);
        var writer = _writer ??= new Utf8JsonWriter(buffer, WorkflowValues.WriterOptions);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        Write(writer, instance);
        writer.Flush();
        var state = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > 1024 * 1024)
        {
            _buffer = null;
            _writer = null;
        }

        return state;
    }

    public static WorkflowInstance Read(StoredInstance stored, WorkflowPlan plan)
    {
        var row = stored.Row;
        var instance = new WorkflowInstance(row.Id, plan, row.CreatedAt)
        {
            SubStatus = row.SubStatus,
            CorrelationId = row.CorrelationId,
            StoredCorrelationId = row.CorrelationId,
            Name = row.Name,
            ParentInstanceId = row.ParentInstanceId,
            UpdatedAt = row.UpdatedAt,
            FinishedAt = row.FinishedAt,
            Version = row.Version,
        };
        using var document = JsonDocument.Parse(stored.State, new JsonDocumentOptions { MaxDepth = 4 * WorkflowValues.MaxDepth });
        var state = document.RootElement;
        instance.LastExecutionId = state.GetProperty("x").GetInt32();
        instance.LastJournalSequence = state.GetProperty("j").GetInt32();
        instance.InputValues = Map(state, "in");
        instance.OutputValues = Map(state, "out");
        instance.ActivityOutputs = Map(state, "outputs");
        instance.RootVariables = ReadVariables(state, plan.Workflow);
        if (state.TryGetProperty("run", out var executions))
        {
            foreach (var element in executions.EnumerateArray())
            {
                ReadExecution(instance, element);
            }
        }

        if (state.TryGetProperty("wait", out var bookmarks))
        {
            foreach (var element in bookmarks.EnumerateArray())
            {
                instance.BookmarkList.Add(ReadBookmark(instance, element));
            }
        }

        if (state.TryGetProperty("incidents", out var incidents))
        {
            foreach (var element in incidents.EnumerateArray())
            {
                instance.IncidentList.Add(ReadIncident(element));
            }
        }

        return instance;
    }

    private static void Write(Utf8JsonWriter writer, WorkflowInstance instance)
    {
        writer.WriteStartObject();
        writer.WriteNumber("x", instance.LastExecutionId);
        writer.WriteNumber("j", instance.LastJournalSequence);
        WriteMap(writer, "in", instance.InputValues);
        WriteMap(writer, "out", instance.OutputValues);
        WriteMap(writer, "outputs", instance.ActivityOutputs);
        WriteVariables(writer, instance.Plan.Workflow, instance.RootVariables);
        if (instance.ExecutionList.Count > 0)
        {
            writer.WriteStartArray("run");
            foreach (var execution in instance.ExecutionList)
            {
                WriteExecution(writer, execution);
            }

            writer.WriteEndArray();
        }

        if (instance.BookmarkList.Count > 0)
        {
            writer.WriteStartArray("wait");
            foreach (var bookmark in instance.BookmarkList)
            {
                WriteBookmark(writer, bookmark);
            }

            writer.WriteEndArray();
        }

        if (instance.IncidentList.Count > 0)
        {
            writer.WriteStartArray("incidents");
            foreach (var incident in instance.IncidentList)
            {
                WriteIncident(writer, incident);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteExecution(Utf8JsonWriter writer, ActivityExecution execution)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", execution.Id);
        writer.WriteString("n", execution.Node.NodeId);
        if (execution.Parent is { } parent)
        {
            writer.WriteNumber("p", parent.Id);
        }

        if (execution.Status != ActivityStatus.Running)
        {
            writer.WriteNumber("s", (int)execution.Status);
        }

        if (execution.Parent is not null)
        {
            WriteVariables(writer, execution.Node, execution.Variables);
        }

        WriteMap(writer, "l", execution.Locals);
        WriteMap(writer, "m", execution.Properties);
        WriteMap(writer, "o", execution.Outputs);
        if (execution.State is not null)
        {
            writer.WritePropertyName("a");
            execution.Node.Activity.WriteState(writer, execution);
        }

        writer.WriteEndObject();
    }

    private static void ReadExecution(WorkflowInstance instance, JsonElement element)
    {
        var nodeId = element.GetProperty("n").GetString()!;
        var node = instance.Plan.FindNode(nodeId)
            ?? throw new InvalidOperationException($"Instance {instance.Id} is at {nodeId}, which its definition version lacks.");
        var parent = element.TryGetProperty("p", out var p) ? instance.FindExecution(p.GetInt32()) : null;
        var execution = new ActivityExecution(element.GetProperty("id").GetInt32(), node, parent)
        {
            Status = element.TryGetProperty("s", out var s) ? (ActivityStatus)s.GetInt32() : ActivityStatus.Running,
            Locals = Map(element, "l"),
            Properties = Map(element, "m"),
            Outputs = Map(element, "o"),
        };
        execution.Variables = parent is null ? instance.RootVariables : ReadVariables(element, node);
        execution.State = element.TryGetProperty("a", out var state) ? node.Activity.ReadState(state, node) : null;
        instance.ExecutionList.Add(execution);
        if (parent is not null)
        {
            parent.LiveChildren++;
        }
    }

    private static void WriteVariables(Utf8JsonWriter writer, PlanNode node, object?[]? values)
    {
        if (values is null || values.Length == 0)
        {
            return;
        }

        writer.WriteStartObject("v");
        for (var i = 0; i < values.Length; i++)
        {
            writer.WritePropertyName(node.Variables[i].Id);
            StateValues.Write(writer, values[i]);
        }

        writer.WriteEndObject();
    }

    private static object?[]? ReadVariables(JsonElement element, PlanNode node)
    {
        if (!element.TryGetProperty("v", out var stored))
        {
            return null;
        }

        var values = new object?[node.Variables.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = stored.TryGetProperty(node.Variables[i].Id, out var value)
                ? StateValues.Read(value)
                : node.Variables[i].Default;
        }

        return values;
    }

    private static void WriteBookmark(Utf8JsonWriter writer, Bookmark bookmark)
    {
        writer.WriteStartObject();
        writer.WriteString("id", bookmark.Id);
        writer.WriteNumber("e", bookmark.ExecutionId);
        writer.WriteString("s", bookmark.StimulusName);
        writer.WriteString("k", bookmark.StimulusKey);
        writer.WriteString("at", bookmark.CreatedAt);
        if (bookmark.Payload is not null)
        {
            writer.WritePropertyName("p");
            StateValues.Write(writer, bookmark.Payload);
        }

        if (bookmark.Indexed)
        {
            writer.WriteBoolean("ix", true);
        }

        if (bookmark.TakesKept)
        {
            writer.WriteBoolean("kept", true);
        }

        if (bookmark.DueAt is { } dueAt)
        {
            writer.WriteString("due", dueAt);
            writer.WriteNumber("sev", bookmark.Severity);
        }

        writer.WriteEndObject();
    }

    private static Bookmark ReadBookmark(WorkflowInstance instance, JsonElement element)
    {
        var executionId = element.GetProperty("e").GetInt32();
        var node = instance.FindExecution(executionId)?.Node
            ?? throw new InvalidOperationException($"Instance {instance.Id} has a bookmark of execution {executionId}, which is gone.");
        return new Bookmark
        {
            Id = element.GetProperty("id").GetGuid(),
            ExecutionId = executionId,
            ActivityId = node.Id,
            NodeId = node.NodeId,
            Name = node.TypeName,
            StimulusName = element.GetProperty("s").GetString()!,
            StimulusKey = element.GetProperty("k").GetString()!,
            CreatedAt = element.GetProperty("at").GetDateTimeOffset(),
            Payload = element.TryGetProperty("p", out var payload) ? StateValues.Read(payload) : null,
            Indexed = element.TryGetProperty("ix", out _),
            TakesKept = element.TryGetProperty("kept", out _),
            DueAt = element.TryGetProperty("due", out var due) ? due.GetDateTimeOffset() : null,
            Severity = element.TryGetProperty("sev", out var severity) ? severity.GetInt32() : 0,
            HasIndexRow = instance.Status == WorkflowStatus.Running && element.TryGetProperty("ix", out _),
            HasTimerRow = instance.Status == WorkflowStatus.Running && element.TryGetProperty("due", out _),
        };
    }

    private static void WriteIncident(Utf8JsonWriter writer, Incident incident)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", incident.Id);
        writer.WriteNumber("e", incident.ExecutionId);
        writer.WriteString("a", incident.ActivityId);
        writer.WriteString("n", incident.NodeId);
        writer.WriteString("t", incident.ActivityType);
        writer.WriteString("m", incident.Message);
        writer.WriteString("x", incident.ExceptionType);
        writer.WriteString("at", incident.At);
        if (incident.ResolvedAt is { } resolvedAt)
        {
            writer.WriteString("r", resolvedAt);
        }

        writer.WriteEndObject();
    }

    private static Incident ReadIncident(JsonElement element) => new(
        element.GetProperty("id").GetInt32(), element.GetProperty("e").GetInt32(), element.GetProperty("a").GetString()!,
        element.GetProperty("n").GetString()!, element.GetProperty("t").GetString()!, element.GetProperty("m").GetString()!,
        element.GetProperty("x").GetString()!, element.GetProperty("at").GetDateTimeOffset(),
        element.TryGetProperty("r", out var resolved) ? resolved.GetDateTimeOffset() : null);

    private static void WriteMap(Utf8JsonWriter writer, string name, Dictionary<string, object?>? map)
    {
        if (map is { Count: > 0 })
        {
            writer.WritePropertyName(name);
            StateValues.Write(writer, map);
        }
    }

    private static Dictionary<string, object?>? Map(JsonElement element, string name) =>
        element.TryGetProperty(name, out var map) ? (Dictionary<string, object?>?)StateValues.Read(map) : null;
}

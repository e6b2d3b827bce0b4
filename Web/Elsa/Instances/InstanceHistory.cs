using System.Text.Json.Nodes;
using CaseManagement.Workflows.Runtime.Plans;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Web.Elsa.Instances;

/// <summary>One execution of an activity, as the journal tells it.</summary>
public sealed class PastExecution(int id, string activityId, string nodeId, string activityType, DateTimeOffset startedAt)
{
    public int Id { get; } = id;
    public string ActivityId { get; } = activityId;
    public string NodeId { get; } = nodeId;
    public string ActivityType { get; } = activityType;
    public DateTimeOffset StartedAt { get; } = startedAt;
    public DateTimeOffset? EndedAt { get; set; }
    public JournalEvent Last { get; set; } = JournalEvent.Started;
    public int Faults { get; set; }
    public IReadOnlyList<string>? Outcomes { get; set; }
    public JsonNode? Data { get; set; }

    /// <summary>Of the activity this one lies in; 0 for the workflow's own.</summary>
    public int Parent { get; set; }

    /// <summary>Elsa's name of its state.</summary>
    public string Status => Last switch
    {
        JournalEvent.Completed => "Completed",
        JournalEvent.Canceled => "Canceled",
        JournalEvent.Faulted => "Faulted",
        _ => "Running",
    };

    public bool IsWaiting => Last == JournalEvent.Suspended;
}

/// <summary>What happened in an instance: its journal, and the executions it tells of.</summary>
/// <param name="Entries">In order; an entry that stands for two events is two here.</param>
/// <param name="Executions">By id.</param>
public sealed record InstanceHistory(IReadOnlyList<PastEvent> Entries, IReadOnlyDictionary<int, PastExecution> Executions)
{
    public static InstanceHistory Of(IEnumerable<JournalRow> journal)
    {
        var (entries, executions, latest) = (new List<PastEvent>(), new Dictionary<int, PastExecution>(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var row in journal.OrderBy(r => r.Sequence))
        {
            if (!executions.TryGetValue(row.ExecutionId, out var execution))
            {
                execution = new PastExecution(row.ExecutionId, row.ActivityId, row.NodeId, row.ActivityType, row.At)
                {
                    Parent = latest.GetValueOrDefault(Above(row.NodeId)),
                };
                executions[row.ExecutionId] = execution;
                latest[row.NodeId] = row.ExecutionId;
            }

            if (row.AtOnce)
            {
                entries.Add(new PastEvent((2 * row.Sequence) - 1, row.At, execution, JournalEvent.Started, null, null));
            }

            var data = row.Data is { } bytes ? JsonNode.Parse(bytes) : null;
            entries.Add(new PastEvent(2 * row.Sequence, row.At, execution, row.Event, row.Outcomes, data));
            execution.Last = row.Event;
            execution.Data = data ?? execution.Data;
            execution.Faults += row.Event == JournalEvent.Faulted ? 1 : 0;
            if (row.Event is JournalEvent.Completed or JournalEvent.Canceled or JournalEvent.Faulted)
            {
                (execution.EndedAt, execution.Outcomes) = (row.At, row.Outcomes);
            }
        }

        return new InstanceHistory(entries, executions);
    }

    /// <summary>The node an activity lies in.</summary>
    public static string Above(string nodeId) => nodeId.LastIndexOf(':') is > 0 and var at ? nodeId[..at] : "";

    /// <summary>What an activity is called in its definition.</summary>
    public static string? NameOf(WorkflowPlan? plan, string nodeId) => plan?.FindNode(nodeId)?.Json is { } json ? json.Text("name") : null;
}

/// <summary>One event of the journal.</summary>
/// <param name="Sequence">Rises within the instance.</param>
public sealed record PastEvent(
    int Sequence, DateTimeOffset At, PastExecution Execution, JournalEvent Event, IReadOnlyList<string>? Outcomes, JsonNode? Data);

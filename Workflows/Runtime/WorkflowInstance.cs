using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Runtime;

/// <summary>A run of a definition version, as loaded in a burst.</summary>
public sealed class WorkflowInstance
{
    internal WorkflowInstance(Guid id, WorkflowPlan plan, DateTimeOffset createdAt)
    {
        Id = id;
        Plan = plan;
        CreatedAt = createdAt;
        UpdatedAt = createdAt;
    }

    public Guid Id { get; }
    public WorkflowPlan Plan { get; }
    public WorkflowSubStatus SubStatus { get; internal set; }

    /// <summary>Elsa 3.8: a function of the sub-status.</summary>
    public WorkflowStatus Status =>
        SubStatus is WorkflowSubStatus.Finished or WorkflowSubStatus.Cancelled or WorkflowSubStatus.Faulted
            ? WorkflowStatus.Finished
            : WorkflowStatus.Running;

    public string? CorrelationId { get; internal set; }
    public string? Name { get; internal set; }
    public Guid? ParentInstanceId { get; internal init; }
    public DateTimeOffset CreatedAt { get; }
    public DateTimeOffset UpdatedAt { get; internal set; }
    public DateTimeOffset? FinishedAt { get; internal set; }

    /// <summary>0 until saved for the first time, one more at every save.</summary>
    public int Version { get; internal set; }

    public IReadOnlyDictionary<string, object?> Input => InputValues ?? Empty;
    public IReadOnlyDictionary<string, object?> Output => OutputValues ?? Empty;
    public IReadOnlyList<Bookmark> Bookmarks => BookmarkList;
    public IReadOnlyList<Incident> Incidents => IncidentList;

    /// <summary>Live executions, parents before their children.</summary>
    public IReadOnlyList<ActivityExecution> Executions => ExecutionList;

    /// <summary>Variables of the workflow itself by name.</summary>
    public IReadOnlyDictionary<string, object?> Variables
    {
        get
        {
            var values = new Dictionary<string, object?>(StringComparer.Ordinal);
            for (var i = 0; i < Plan.Workflow.Variables.Count; i++)
            {
                values[Plan.Workflow.Variables[i].Name] = RootVariables is null ? Plan.Workflow.Variables[i].Default : RootVariables[i];
            }

            return values;
        }
    }

    internal static IReadOnlyDictionary<string, object?> Empty { get; } = new Dictionary<string, object?>();

    internal Dictionary<string, object?>? InputValues { get; set; }
    internal Dictionary<string, object?>? OutputValues { get; set; }
    internal List<Bookmark> BookmarkList { get; } = [];
    internal List<Incident> IncidentList { get; } = [];
    internal List<ActivityExecution> ExecutionList { get; } = [];

    /// <summary>The workflow's own variables; they outlive its execution.</summary>
    internal object?[]? RootVariables { get; set; }

    /// <summary>Outputs of completed activities by activity id, kept only where a script of the plan asks for them.</summary>
    internal Dictionary<string, object?>? ActivityOutputs { get; set; }

    internal int LastExecutionId { get; set; }
    internal int LastJournalSequence { get; set; }
    internal Queue<WorkItem> Queue { get; } = new();
    internal bool IsDirty { get; set; }
    internal bool IsRunningNow { get; set; }
    internal string? StoredCorrelationId { get; set; }

    /// <summary>The trigger this run starts at and what it received; gone once the trigger has run.</summary>
    internal PlanNode? Trigger { get; set; }

    internal object? TriggerInput { get; set; }

    /// <summary>An instance as the store has it, to look at; changes go through a burst.</summary>
    /// <exception cref="InvalidOperationException">The document speaks of activities the plan lacks.</exception>
    public static WorkflowInstance Read(Stores.StoredInstance stored, WorkflowPlan plan) => InstanceDocument.Read(stored, plan);

    /// <summary>The state document, UTF-8 JSON.</summary>
    public byte[] WriteState() => InstanceDocument.Write(this);

    public ActivityExecution? FindExecution(int id) => ExecutionList.Find(e => e.Id == id);
}

/// <summary>Something the run loop has to do with an execution: run it, or resume it by a bookmark.</summary>
internal readonly record struct WorkItem(ActivityExecution Execution, Bookmark? Bookmark = null, object? Input = null);

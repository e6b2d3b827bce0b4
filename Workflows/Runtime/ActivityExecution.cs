using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Runtime;

/// <summary>One live execution of an activity. It leaves the instance when it completes or is cancelled; the journal keeps its history.</summary>
public sealed class ActivityExecution
{
    internal ActivityExecution(int id, PlanNode node, ActivityExecution? parent)
    {
        Id = id;
        Node = node;
        Parent = parent;
    }

    /// <summary>From 1, unique within the instance.</summary>
    public int Id { get; }

    public PlanNode Node { get; }

    /// <summary>The activity that scheduled it.</summary>
    public ActivityExecution? Parent { get; }

    public ActivityStatus Status { get; internal set; }

    /// <summary>What the activity type keeps for this execution; written by <see cref="Activity.WriteState"/>.</summary>
    public object? State { get; set; }

    /// <summary>Values of <see cref="PlanNode.Variables"/>, by their position; null until first needed.</summary>
    internal object?[]? Variables { get; set; }

    /// <summary>Variables given by the parent, such as CurrentValue.</summary>
    internal Dictionary<string, object?>? Locals { get; set; }

    internal Dictionary<string, object?>? Properties { get; set; }
    internal Dictionary<string, object?>? Outputs { get; set; }

    /// <summary>Outcomes of the reused workflow this execution is the root of, said by Elsa.Complete.</summary>
    internal IReadOnlyList<string>? WorkflowOutcomes { get; set; }

    internal int LiveChildren { get; set; }
    internal bool BookmarkKept { get; set; }

    internal bool IsLive => Status is ActivityStatus.Pending or ActivityStatus.Running or ActivityStatus.Faulted;

    internal bool IsWithin(ActivityExecution ancestor)
    {
        for (var execution = this; execution is not null; execution = execution.Parent)
        {
            if (ReferenceEquals(execution, ancestor))
            {
                return true;
            }
        }

        return false;
    }
}

using CaseManagement.Workflows.Activities;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Runtime.Migration;

/// <summary>
/// Which activity of a new version each activity of an old one became. What the map says comes first, then the same id in the same container,
/// then the same id anywhere if only one activity has it. Roots belong together whatever they are called.
/// </summary>
public sealed class ActivityMap
{
    private readonly PlanNode?[] _forth;
    private readonly PlanNode?[] _back;

    private ActivityMap(WorkflowPlan from, WorkflowPlan to)
    {
        From = from;
        To = to;
        _forth = new PlanNode?[from.Nodes.Count];
        _back = new PlanNode?[to.Nodes.Count];
    }

    public WorkflowPlan From { get; }
    public WorkflowPlan To { get; }

    /// <summary>Activities that are called otherwise in the new version: old id → new id.</summary>
    public IReadOnlyDictionary<string, string> Renamed { get; private set; } = new Dictionary<string, string>();

    /// <summary>Activities of the old version without a counterpart.</summary>
    public IEnumerable<PlanNode> Unmapped => From.Nodes.Where(n => _forth[n.Index] is null);

    /// <param name="from">The version instances are on.</param>
    /// <param name="to">The version they go to.</param>
    /// <param name="named">Old activity id → new activity id, local ids or whole node ids; pairs neither version knows are left to other workflows.</param>
    public static ActivityMap Between(WorkflowPlan from, WorkflowPlan to, IReadOnlyDictionary<string, string> named)
    {
        var map = new ActivityMap(from, to);
        foreach (var (old, now) in named)
        {
            if (Find(from, old) is { } source && Find(to, now) is { } target)
            {
                map.Pair(source, target);
            }
        }

        var alone = to.Nodes.GroupBy(n => n.Id, StringComparer.Ordinal).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        foreach (var node in from.Nodes)
        {
            if (map._forth[node.Index] is null && map.Guess(node, alone) is { } target && map._back[target.Index] is null)
            {
                map.Pair(node, target);
            }
        }

        map.Renamed = from.Nodes.Where(n => map._forth[n.Index] is { } target && target.Id != n.Id)
            .DistinctBy(n => n.Id).ToDictionary(n => n.Id, n => map._forth[n.Index]!.Id, StringComparer.Ordinal);
        return map;
    }

    /// <summary>The activity of that id, local or whole; null where there is none or several have it.</summary>
    public static PlanNode? Find(WorkflowPlan plan, string id) =>
        plan.FindNode(id) ?? (plan.Nodes.Where(n => n.Id == id).Take(2).ToList() is [var only] ? only : null);

    /// <summary>What an activity of the old version became; null: it is gone.</summary>
    public PlanNode? Forth(PlanNode old) => _forth[old.Index];

    /// <summary>What an activity of the new version was; null: it is new.</summary>
    public PlanNode? Back(PlanNode now) => _back[now.Index];

    private PlanNode? Guess(PlanNode node, Dictionary<string, PlanNode> alone)
    {
        if (node.Parent is not { } parent)
        {
            return To.Workflow;
        }

        if (_forth[parent.Index] is { } container)
        {
            if (container.Child(node.Id) is { } same)
            {
                return same;
            }

            // a workflow has one child, whatever it is called
            if (parent.Activity is Workflow && container.Children is [var root] && root.TypeName == node.TypeName)
            {
                return root;
            }
        }

        return alone.GetValueOrDefault(node.Id);
    }

    private void Pair(PlanNode old, PlanNode now)
    {
        _forth[old.Index] = now;
        _back[now.Index] = old;
    }
}

using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Runtime.Migration;

/// <summary>One instance on its way to another version, as activity types see it while they carry over what they keep.</summary>
public sealed class MigrationContext
{
    private readonly List<MigrationRefusal> _refusals = [];
    private readonly List<string> _passedOver = [];

    internal MigrationContext(WorkflowInstance instance, ActivityMap map)
    {
        Instance = instance;
        Map = map;
    }

    /// <summary>The instance as it was.</summary>
    public WorkflowInstance Instance { get; }

    public ActivityMap Map { get; }

    internal IReadOnlyList<MigrationRefusal> Refusals => _refusals;

    internal IReadOnlyList<string> PassedOver => _passedOver;

    /// <summary>The instance cannot go. Says so of the activity, by the id it is known by.</summary>
    public void Refuse(string code, PlanNode? node, string message)
    {
        var refusal = new MigrationRefusal(code, node?.Id, message);
        if (!_refusals.Contains(refusal))
        {
            _refusals.Add(refusal);
        }
    }

    /// <summary>An activity that is new in this version will not run in this instance, which has come past it.</summary>
    public void PassOver(PlanNode node) => _passedOver.Add(node.Id);
}

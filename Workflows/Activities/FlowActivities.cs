using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Activities;

/// <summary>When a join goes on. The others of its ways in are then dead or, for WaitAny, cancelled.</summary>
public enum FlowJoinMode
{
    WaitAny,
    WaitAll,
    WaitAllActive,
}

/// <summary>Elsa.FlowJoin: where ways of a flowchart meet. The flowchart does the waiting; see <see cref="FlowJoinMode"/>.</summary>
public sealed class FlowJoin : Activity
{
    public FlowJoin()
        : base(new ActivityDescriptor("Elsa.FlowJoin", "Branching")
        {
            DisplayName = "Join",
            Inputs = [new InputDescriptor("Mode", "FlowJoinMode") { UIHint = "dropdown", DefaultValue = "WaitAny" }],
        })
    {
    }

    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        if (context.Execution.Parent is { State: FlowState } parent)
        {
            var flowchart = new ActivityContext(context.Burst, context.Instance, parent);
            if (ModeOf(flowchart, context.Node) == FlowJoinMode.WaitAny)
            {
                await Flowchart.CancelLosersAsync(flowchart, context.Node.Position);
            }
        }

        await context.CompleteAsync();
    }

    /// <summary>How ways into a node of a flowchart are merged: as the join says, else implicitly.</summary>
    /// <remarks><c>context</c>: Of the flowchart.</remarks>
    internal static FlowJoinMode ModeOf(ActivityContext context, PlanNode node)
    {
        if (node.Activity is not FlowJoin)
        {
            return FlowJoinMode.WaitAllActive;
        }

        return Parse(context.Evaluate(node.Input("Mode")));
    }

    /// <exception cref="InvalidOperationException">There is no such mode.</exception>
    internal static FlowJoinMode Parse(object? mode) => ValueConversion.ToText(mode) switch
    {
        "WaitAll" => FlowJoinMode.WaitAll,
        "WaitAllActive" => FlowJoinMode.WaitAllActive,
        null or "" or "WaitAny" => FlowJoinMode.WaitAny,
        var other => throw new InvalidOperationException($"A join has no mode “{other}”."),
    };
}

/// <summary>Elsa.FlowFork: goes on along all its branches.</summary>
public sealed class FlowFork : Activity
{
    public FlowFork()
        : base(new ActivityDescriptor("Elsa.FlowFork", "Branching")
        {
            DisplayName = "Fork",
            Inputs = [new InputDescriptor("Branches", "List<String>") { UIHint = "dynamic-outcomes" }],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context) => context.CompleteAsync(context.GetTexts("Branches"));
}

/// <summary>Elsa.FlowDecision: goes on at True or False.</summary>
public sealed class FlowDecision : Activity
{
    public FlowDecision()
        : base(new ActivityDescriptor("Elsa.FlowDecision", "Branching")
        {
            DisplayName = "Decision",
            Inputs = [new InputDescriptor("Condition", "Boolean") { UIHint = "checkbox" }],
            Ports = [new PortDescriptor("True"), new PortDescriptor("False")],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context) =>
        context.CompleteAsync(context.GetBoolean("Condition") ? Outcomes.True : Outcomes.False);
}

/// <summary>Elsa.Start: where a flowchart begins.</summary>
public sealed class Start : Activity
{
    public Start()
        : base(new ActivityDescriptor("Elsa.Start", "Flow") { IsStart = true })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context) => context.CompleteAsync();
}

/// <summary>Elsa.End: completes the container it lies in; what still waits there is cancelled.</summary>
public sealed class End : Activity
{
    public End()
        : base(new ActivityDescriptor("Elsa.End", "Flow") { IsTerminal = true })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context) => context.CompleteAsync();
}

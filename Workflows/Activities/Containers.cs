using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Migration;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Activities;

/// <summary>Elsa.Sequence: one activity after the other.</summary>
public sealed class Sequence : Activity
{
    public Sequence()
        : base(new ActivityDescriptor("Elsa.Sequence", "Workflows") { IsContainer = true, IsBrowsable = false })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context) => GoOnAsync(context, 0);

    public override ValueTask ChildCompletedAsync(ActivityContext context, ActivityExecution child, IReadOnlyList<string> outcomes) =>
        child.Node.Activity.Descriptor.IsTerminal ? context.CompleteAsync() : GoOnAsync(context, child.Node.Position + 1);

    /// <summary>What has run may not lie ahead: it would run again.</summary>
    protected internal override object? Migrate(MigrationContext context, ActivityExecution old, PlanNode node)
    {
        foreach (var current in context.Instance.Executions.Where(e => ReferenceEquals(e.Parent, old)))
        {
            if (context.Map.Forth(current.Node) is { } now
                && node.Children.Skip(now.Position + 1).FirstOrDefault(c => HasRun(context.Map.Back(c), current)) is { } ahead)
            {
                context.Refuse(MigrationRefusals.FinishedAhead, ahead, $"“{ahead.Id}” has run already but lies ahead in the version.");
            }
        }

        return null;

        bool HasRun(PlanNode? was, ActivityExecution current) =>
            was is not null && ReferenceEquals(was.Parent, old.Node) && was.Position < current.Node.Position;
    }

    private static ValueTask GoOnAsync(ActivityContext context, int position)
    {
        if (position >= context.Node.Children.Count)
        {
            return context.CompleteAsync();
        }

        context.Schedule(context.Node.Children[position]);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Elsa.Parallel: all activities at once, interleaved; completes with the last.</summary>
public sealed class Parallel : Activity
{
    public Parallel()
        : base(new ActivityDescriptor("Elsa.Parallel", "Workflows") { IsContainer = true, IsBrowsable = false })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        foreach (var child in context.Node.Children)
        {
            context.Schedule(child);
        }

        return context.HasChildren ? ValueTask.CompletedTask : context.CompleteAsync();
    }

    public override ValueTask ChildCompletedAsync(ActivityContext context, ActivityExecution child, IReadOnlyList<string> outcomes) =>
        context.HasChildren ? ValueTask.CompletedTask : context.CompleteAsync();
}

/// <summary>Elsa.Fork: embedded branches; with JoinMode WaitAny the first to finish cancels the others.</summary>
public sealed class Fork : Activity
{
    public Fork()
        : base(new ActivityDescriptor("Elsa.Fork", "Control Flow")
        {
            Inputs = [new InputDescriptor("JoinMode", "ForkJoinMode") { IsWrapped = false, UIHint = "dropdown" }],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        foreach (var branch in context.Node.Children)
        {
            context.Schedule(branch);
        }

        return context.HasChildren ? ValueTask.CompletedTask : context.CompleteAsync();
    }

    public override ValueTask ChildCompletedAsync(ActivityContext context, ActivityExecution child, IReadOnlyList<string> outcomes) =>
        context.HasChildren && context.Node.Data is not FlowJoinMode.WaitAny ? ValueTask.CompletedTask : context.CompleteAsync();

    // Elsa 3.8 writes the mode as a plain name, or as its number: WaitAll is 0.
    protected internal override object Compile(NodeCompiler compiler)
    {
        foreach (var branch in Definitions.Json.Objects(compiler.Json["branches"]))
        {
            compiler.AddChild(branch);
        }

        return compiler.Json["joinMode"]?.ToString() is "WaitAny" or "1" ? FlowJoinMode.WaitAny : FlowJoinMode.WaitAll;
    }
}

/// <summary>Elsa.If: one of two embedded activities.</summary>
public sealed class If : Activity
{
    public If()
        : base(new ActivityDescriptor("Elsa.If", "Branching")
        {
            Inputs = [new InputDescriptor("Condition", "Boolean") { UIHint = "checkbox" }],
            Outputs = [new OutputDescriptor("Result", "Boolean")],
            Ports = [new PortDescriptor("Then", PortType.Embedded), new PortDescriptor("Else", PortType.Embedded)],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var holds = context.GetBoolean("Condition");
        context.SetOutput("Result", holds);
        if (context.Node.Port(holds ? "Then" : "Else") is not { } chosen)
        {
            return context.CompleteAsync();
        }

        context.Schedule(chosen);
        return ValueTask.CompletedTask;
    }
}

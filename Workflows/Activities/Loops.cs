using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.Activities;

/// <summary>What Elsa.Break leaves.</summary>
internal interface ILoop;

/// <summary>Elsa.ForEach: the body once per item, strictly one after the other.</summary>
public sealed class ForEach : Activity, ILoop
{
    public ForEach()
        : base(new ActivityDescriptor("Elsa.ForEach", "Looping")
        {
            Inputs = [new InputDescriptor("Items", "List<Object>")],
            Outputs = [new OutputDescriptor("CurrentValue", "Object")],
            Ports = [new PortDescriptor("Body", PortType.Embedded)],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        context.SetProperty("items", context.GetList("Items"));
        return GoOnAsync(context, 0);
    }

    public override ValueTask ChildCompletedAsync(ActivityContext context, ActivityExecution child, IReadOnlyList<string> outcomes) =>
        GoOnAsync(context, (int)(double)context.GetProperty("index")! + 1);

    private static ValueTask GoOnAsync(ActivityContext context, int index)
    {
        var items = (List<object?>)context.GetProperty("items")!;
        if (index >= items.Count || context.Node.Port("Body") is not { } body)
        {
            return context.CompleteAsync();
        }

        context.SetProperty("index", index);
        context.SetOutput("CurrentValue", items[index]);
        context.Schedule(body, Current(items[index], index));
        return ValueTask.CompletedTask;
    }

    internal static Dictionary<string, object?> Current(object? value, int index) => new(StringComparer.Ordinal)
    {
        ["CurrentValue"] = value,
        ["CurrentIndex"] = (double)index,
    };
}

/// <summary>Elsa.ParallelForEach: the body for all items at once, each with its own CurrentValue and CurrentIndex.</summary>
public sealed class ParallelForEach : Activity, ILoop
{
    public ParallelForEach()
        : base(new ActivityDescriptor("Elsa.ParallelForEach", "Looping")
        {
            Inputs = [new InputDescriptor("Items", "Object")],
            Ports = [new PortDescriptor("Body", PortType.Embedded)],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        if (context.Node.Port("Body") is { } body)
        {
            var items = context.GetList("Items");
            for (var i = 0; i < items.Count; i++)
            {
                context.Schedule(body, ForEach.Current(items[i], i));
            }
        }

        return context.HasChildren ? ValueTask.CompletedTask : context.CompleteAsync();
    }

    public override ValueTask ChildCompletedAsync(ActivityContext context, ActivityExecution child, IReadOnlyList<string> outcomes) =>
        context.HasChildren ? ValueTask.CompletedTask : context.CompleteAsync();
}

/// <summary>Elsa.For: the body for a range of whole numbers.</summary>
public sealed class For : Activity, ILoop
{
    public For()
        : base(new ActivityDescriptor("Elsa.For", "Looping")
        {
            Inputs =
            [
                new InputDescriptor("Start", "Int32"),
                new InputDescriptor("End", "Int32"),
                new InputDescriptor("Step", "Int32") { DefaultValue = 1 },
                new InputDescriptor("OuterBoundInclusive", "Boolean") { UIHint = "checkbox", DefaultValue = true },
            ],
            Outputs = [new OutputDescriptor("CurrentValue", "Object")],
            Ports = [new PortDescriptor("Body", PortType.Embedded)],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context) => GoOnAsync(context, context.GetInt32("Start"), 0);

    public override ValueTask ChildCompletedAsync(ActivityContext context, ActivityExecution child, IReadOnlyList<string> outcomes)
    {
        var current = (long)(double)context.GetProperty("current")!;
        var index = (int)(double)context.GetProperty("index")!;
        return GoOnAsync(context, current + context.GetInt32("Step", 1), index + 1);
    }

    private static ValueTask GoOnAsync(ActivityContext context, long current, int index)
    {
        var step = context.GetInt32("Step", 1);
        if (step == 0)
        {
            throw new InvalidOperationException("The step of a For loop may not be 0.");
        }

        var end = context.GetInt32("End");
        var inclusive = context.GetBoolean("OuterBoundInclusive", otherwise: true);
        var within = step > 0
            ? inclusive ? current <= end : current < end
            : inclusive ? current >= end : current > end;
        if (!within || context.Node.Port("Body") is not { } body)
        {
            return context.CompleteAsync();
        }

        context.SetProperty("current", current);
        context.SetProperty("index", index);
        context.SetOutput("CurrentValue", (double)current);
        context.Schedule(body, ForEach.Current((double)current, index));
        return ValueTask.CompletedTask;
    }
}

/// <summary>Elsa.While: the body as long as the condition holds.</summary>
public sealed class While : Activity, ILoop
{
    public While()
        : base(new ActivityDescriptor("Elsa.While", "Looping")
        {
            Inputs = [new InputDescriptor("Condition", "Boolean") { UIHint = "checkbox" }],
            Ports = [new PortDescriptor("Body", PortType.Embedded)],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        if (context.Node.Port("Body") is not { } body || !context.GetBoolean("Condition"))
        {
            return context.CompleteAsync();
        }

        context.Schedule(body);
        return ValueTask.CompletedTask;
    }

    public override ValueTask ChildCompletedAsync(ActivityContext context, ActivityExecution child, IReadOnlyList<string> outcomes) =>
        ExecuteAsync(context);
}

/// <summary>Elsa.Break: leaves the nearest loop; without one it is an end.</summary>
public sealed class Break : Activity
{
    public Break()
        : base(new ActivityDescriptor("Elsa.Break", "Looping") { IsTerminal = true })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        for (var loop = context.Execution.Parent; loop is not null and not { Node.Activity: Workflow }; loop = loop.Parent)
        {
            if (loop.Node.Activity is ILoop)
            {
                return context.Burst.Runner.CompleteUpToAsync(context.Instance, context.Execution, loop, Outcomes.Done);
            }
        }

        return context.CompleteAsync();
    }
}

using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.Activities;

/// <summary>Elsa.Workflow: the outermost node of a definition. It has the workflow's variables and one child, the root.</summary>
public sealed class Workflow : Activity
{
    public Workflow()
        : base(new ActivityDescriptor("Elsa.Workflow", "Workflows") { IsBrowsable = false })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        if (context.Node.Children.Count == 0)
        {
            return context.CompleteAsync();
        }

        context.Schedule(context.Node.Children[0]);
        return ValueTask.CompletedTask;
    }

    /// <summary>The workflow execution that an execution belongs to.</summary>
    internal static ActivityExecution Of(ActivityExecution execution)
    {
        while (execution.Node.Activity is not Workflow)
        {
            execution = execution.Parent!;
        }

        return execution;
    }
}

/// <summary>Marks the workflow node of a definition that is used as an activity.</summary>
internal sealed record ReusedWorkflow(WorkflowDefinition Definition);

/// <summary>A published definition used as an activity: its journal and variables are part of the using instance.</summary>
public sealed class WorkflowAsActivity : Activity
{
    /// <remarks><c>typeName</c>: What the using definition calls it: the reused definition's name.</remarks>
    public WorkflowAsActivity(WorkflowDefinition definition, string typeName)
        : base(new ActivityDescriptor(typeName, definition.Options.ActivityCategory ?? "Workflows")
        {
            Version = definition.Version,
            DisplayName = definition.Name,
            Description = definition.Description,
            Inputs = [.. definition.Inputs.Select(i => new InputDescriptor(i.Name, i.Type) { DisplayName = i.DisplayName })],
            Outputs = [.. definition.Outputs.Select(o => new OutputDescriptor(o.Name, o.Type) { DisplayName = o.DisplayName })],
            Ports = [.. definition.Outcomes.Select(o => new PortDescriptor(o))],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        if (context.Node.Children.Count == 0)
        {
            return context.CompleteAsync();
        }

        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var input in Descriptor.Inputs)
        {
            if (context.Has(input.Name))
            {
                values[input.Name] = context.Get(input.Name);
            }
        }

        context.Schedule(context.Node.Children[0]).Properties = values;
        return ValueTask.CompletedTask;
    }

    public override ValueTask ChildCompletedAsync(ActivityContext context, ActivityExecution child, IReadOnlyList<string> outcomes)
    {
        foreach (var output in Descriptor.Outputs)
        {
            context.SetOutput(output.Name, child.Outputs?.GetValueOrDefault(output.Name));
        }

        return context.CompleteAsync(child.WorkflowOutcomes ?? Outcomes.Done);
    }
}

/// <summary>Stands for a type nobody knows, so that a definition that has one can still be read, shown and written.</summary>
internal sealed class UnknownActivity(string typeName) : Activity(new ActivityDescriptor(typeName, "System") { IsBrowsable = false })
{
    public override ValueTask ExecuteAsync(ActivityContext context) =>
        throw new InvalidOperationException($"There is no activity type “{Descriptor.TypeName}”.");
}

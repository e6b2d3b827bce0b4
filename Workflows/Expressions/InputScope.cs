using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.Expressions;

/// <summary>Inputs of the workflow an execution belongs to: of the instance, or of the activity a reused workflow stands for.</summary>
internal static class InputScope
{
    public static object? Get(WorkflowInstance instance, ActivityExecution from, string name)
    {
        var (values, declared) = Owner(instance, from);
        if (values is not null && values.TryGetValue(name, out var value))
        {
            return value;
        }

        foreach (var input in declared)
        {
            if (input.Name == name)
            {
                return input.Default;
            }
        }

        return null;
    }

    public static IEnumerable<string> Names(WorkflowInstance instance, ActivityExecution from)
    {
        var (values, declared) = Owner(instance, from);
        return declared.Select(d => d.Name).Union(values?.Keys ?? Enumerable.Empty<string>());
    }

    private static (Dictionary<string, object?>? Values, IReadOnlyList<Definitions.InputDefinition> Declared) Owner(
        WorkflowInstance instance, ActivityExecution from)
    {
        for (var execution = from; execution is not null; execution = execution.Parent)
        {
            if (execution.Node.Data is Activities.ReusedWorkflow reused && execution.Node.Activity is Activities.Workflow)
            {
                return (execution.Properties, reused.Definition.Inputs);
            }
        }

        return (instance.InputValues, instance.Plan.Definition.Inputs);
    }
}

using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Expressions;

/// <summary>Variables as an execution sees them: its own, then its parents', up to the workflow it belongs to.</summary>
public static class VariableScope
{
    /// <summary>Finds by id, else by name; the nearest wins.</summary>
    public static bool TryGet(ActivityExecution from, string? id, string? name, out object? value)
    {
        for (var execution = from; execution is not null; execution = execution.Parent)
        {
            if (name is not null && execution.Locals is { } locals && locals.TryGetValue(name, out value))
            {
                return true;
            }

            var declared = execution.Node.Variables;
            for (var i = 0; i < declared.Count; i++)
            {
                if (Matches(declared[i], id, name))
                {
                    value = execution.Variables is null ? declared[i].Default : execution.Variables[i];
                    return true;
                }
            }

            if (execution.Node.Activity is Activities.Workflow)
            {
                break;
            }
        }

        value = null;
        return false;
    }

    /// <summary>Sets the nearest variable of that id or name, converted to its declared type.</summary>
    /// <returns>False: there is none.</returns>
    /// <exception cref="ValueConversionException">The value does not fit; the variable keeps its value.</exception>
    public static bool TrySet(ActivityExecution from, string? id, string? name, object? value)
    {
        for (var execution = from; execution is not null; execution = execution.Parent)
        {
            if (name is not null && execution.Locals is { } locals && locals.ContainsKey(name))
            {
                locals[name] = value;
                return true;
            }

            var declared = execution.Node.Variables;
            for (var i = 0; i < declared.Count; i++)
            {
                if (Matches(declared[i], id, name))
                {
                    var converted = declared[i].Convert(value);
                    Materialize(execution)[i] = converted;
                    return true;
                }
            }

            if (execution.Node.Activity is Activities.Workflow)
            {
                break;
            }
        }

        return false;
    }

    /// <summary>Sets a variable whose place the compiler has found.</summary>
    public static void Set(ActivityExecution from, VariableSlot slot, object? value)
    {
        for (var execution = from; execution is not null; execution = execution.Parent)
        {
            if (ReferenceEquals(execution.Node, slot.Owner))
            {
                var converted = slot.Variable.Convert(value);
                Materialize(execution)[slot.Position] = converted;
                return;
            }
        }
    }

    /// <summary>Names and values in sight, the nearest first.</summary>
    public static IEnumerable<(string Name, object? Value)> All(ActivityExecution from)
    {
        for (var execution = from; execution is not null; execution = execution.Parent)
        {
            if (execution.Locals is { } locals)
            {
                foreach (var (name, value) in locals)
                {
                    yield return (name, value);
                }
            }

            for (var i = 0; i < execution.Node.Variables.Count; i++)
            {
                var declared = execution.Node.Variables[i];
                yield return (declared.Name, execution.Variables is null ? declared.Default : execution.Variables[i]);
            }

            if (execution.Node.Activity is Activities.Workflow)
            {
                yield break;
            }
        }
    }

    internal static object?[] Materialize(ActivityExecution execution)
    {
        if (execution.Variables is null)
        {
            var declared = execution.Node.Variables;
            execution.Variables = new object?[declared.Count];
            for (var i = 0; i < declared.Count; i++)
            {
                execution.Variables[i] = declared[i].Default;
            }
        }

        return execution.Variables;
    }

    private static bool Matches(PlanVariable variable, string? id, string? name) =>
        id is not null ? variable.Id == id : variable.Name == name;
}

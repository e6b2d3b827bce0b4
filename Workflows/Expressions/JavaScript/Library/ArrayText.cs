using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

internal static class ArrayText
{
    /// <summary><c>join</c>: null and undefined as nothing. An array within itself ends at the call depth.</summary>
    public static string Join(Run run, List<object?> items, string separator)
    {
        run.EnterCall();
        run.Steps(items.Count);
        run.Allocate(8L * items.Count);
        var parts = new string[items.Count];
        var length = (double)separator.Length * Math.Max(items.Count - 1, 0);
        for (var i = 0; i < parts.Length && i < items.Count; i++)
        {
            parts[i] = Coercion.IsNullish(items[i]) ? string.Empty : Coercion.ToText(run, items[i]);
            length += parts[i].Length;
        }

        run.AllocateText(length);
        run.LeaveCall();
        return string.Join(separator, parts);
    }
}

using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary>A stable sort; undefined goes last and is never compared.</summary>
internal static class ArraySort
{
    // comparer: A function, or undefined: by text.
    public static ScriptArray Sorted(Run run, List<object?> items, object? comparer)
    {
        if (comparer is not ScriptUndefined)
        {
            Calls.RequireFunction(run, comparer);
        }

        run.AllocateItems(items.Count);
        var defined = items.Where(item => item is not ScriptUndefined).ToArray();
        var missing = items.Count - defined.Length;
        var texts = comparer is ScriptUndefined ? Array.ConvertAll(defined, item => Coercion.ToText(run, item)) : null;
        var order = Enumerable.Range(0, defined.Length).ToArray();
        Sort(order, new int[order.Length], 0, order.Length, (a, b) =>
        {
            run.Step();
            if (texts is not null)
            {
                return string.CompareOrdinal(texts[a], texts[b]) > 0;
            }

            var result = Calls.CallBack(run, comparer, defined[a], defined[b]);
            return Coercion.ToNumber(run, result) > 0;
        });

        var sorted = new ScriptArray(order.Select(index => defined[index]));
        sorted.AddRange(Enumerable.Repeat<object?>(ScriptUndefined.Value, missing));
        return sorted;
    }

    private static void Sort(int[] order, int[] spare, int start, int end, Func<int, int, bool> isAfter)
    {
        if (end - start < 2)
        {
            return;
        }

        var middle = start + ((end - start) / 2);
        Sort(order, spare, start, middle, isAfter);
        Sort(order, spare, middle, end, isAfter);
        Array.Copy(order, start, spare, start, end - start);
        var (left, right) = (start, middle);
        for (var i = start; i < end; i++)
        {
            var takeRight = left == middle || (right < end && isAfter(spare[left], spare[right]));
            order[i] = takeRight ? spare[right++] : spare[left++];
        }
    }
}

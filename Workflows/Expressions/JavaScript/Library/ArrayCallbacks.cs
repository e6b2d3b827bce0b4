using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary>Methods of arrays that take a function, called with the item, its index and the array.</summary>
internal static class ArrayCallbacks
{
    private static readonly MethodTable<List<object?>> Methods = new("Array")
    {
        ["every"] = (run, items, a) => Coercion.Box(FirstIndex(run, items, a, wanted: false) < 0),
        ["filter"] = Filter,
        ["find"] = (run, items, a) => ItemAt(items, FirstIndex(run, items, a, wanted: true)),
        ["findIndex"] = (run, items, a) => NumberText.Box(FirstIndex(run, items, a, wanted: true)),
        ["findLast"] = (run, items, a) => ItemAt(items, LastIndex(run, items, a)),
        ["findLastIndex"] = (run, items, a) => NumberText.Box(LastIndex(run, items, a)),
        ["flatMap"] = FlatMap,
        ["forEach"] = ForEach,
        ["map"] = Map,
        ["reduce"] = (run, items, a) => Reduce(run, items, a, fromEnd: false),
        ["reduceRight"] = (run, items, a) => Reduce(run, items, a, fromEnd: true),
        ["some"] = (run, items, a) => Coercion.Box(FirstIndex(run, items, a, wanted: true) >= 0),
    };

    public static object? Find(string name) => Methods.Find(name);

    private static object? Call(Run run, object function, List<object?> items, int index) =>
        Calls.CallBack(run, function, items[index], NumberText.Box(index), items);

    private static object? ItemAt(List<object?> items, int index) =>
        index < 0 || index >= items.Count ? ScriptUndefined.Value : items[index];

    /// <summary>Index of the first item the function finds true, or false; -1 for none.</summary>
    private static int FirstIndex(Run run, List<object?> items, object?[] arguments, bool wanted)
    {
        var function = Calls.RequireFunction(run, arguments.At(0));
        var count = items.Count;
        for (var i = 0; i < count && i < items.Count; i++)
        {
            if (Coercion.ToBoolean(Call(run, function, items, i)) == wanted)
            {
                return i;
            }
        }

        return -1;
    }

    private static int LastIndex(Run run, List<object?> items, object?[] arguments)
    {
        var function = Calls.RequireFunction(run, arguments.At(0));
        for (var i = items.Count - 1; i >= 0; i--)
        {
            if (i < items.Count && Coercion.ToBoolean(Call(run, function, items, i)))
            {
                return i;
            }
        }

        return -1;
    }

    private static ScriptArray Filter(Run run, List<object?> items, object?[] arguments)
    {
        var function = Calls.RequireFunction(run, arguments.At(0));
        var result = new ScriptArray();
        var count = items.Count;
        for (var i = 0; i < count && i < items.Count; i++)
        {
            var item = items[i];
            if (Coercion.ToBoolean(Call(run, function, items, i)))
            {
                Properties.Append(run, result, item);
            }
        }

        return result;
    }

    private static ScriptUndefined ForEach(Run run, List<object?> items, object?[] arguments)
    {
        var function = Calls.RequireFunction(run, arguments.At(0));
        var count = items.Count;
        for (var i = 0; i < count && i < items.Count; i++)
        {
            Call(run, function, items, i);
        }

        return ScriptUndefined.Value;
    }

    private static ScriptArray Map(Run run, List<object?> items, object?[] arguments)
    {
        var function = Calls.RequireFunction(run, arguments.At(0));
        var count = items.Count;
        run.AllocateItems(count);
        var result = new ScriptArray(count);
        for (var i = 0; i < count; i++)
        {
            result.Add(i < items.Count ? Call(run, function, items, i) : ScriptUndefined.Value);
        }

        return result;
    }

    private static ScriptArray FlatMap(Run run, List<object?> items, object?[] arguments)
    {
        var function = Calls.RequireFunction(run, arguments.At(0));
        var result = new ScriptArray();
        var count = items.Count;
        for (var i = 0; i < count && i < items.Count; i++)
        {
            var mapped = Call(run, function, items, i);
            if (mapped is List<object?> several)
            {
                Iteration.AppendTo(run, result, several, "value");
            }
            else
            {
                Properties.Append(run, result, mapped);
            }
        }

        return result;
    }

    private static object? Reduce(Run run, List<object?> items, object?[] arguments, bool fromEnd)
    {
        var function = Calls.RequireFunction(run, arguments.At(0));
        var count = items.Count;
        var done = arguments.Length > 1 ? 0 : 1;
        if (done > count)
        {
            throw new ScriptException(ScriptErrorKind.TypeError, "Reduce of empty array with no initial value");
        }

        var result = done == 0 ? arguments[1] : items[fromEnd ? count - 1 : 0];
        for (; done < count; done++)
        {
            var index = fromEnd ? count - 1 - done : done;
            if (index < items.Count)
            {
                result = Calls.CallBack(run, function, result, items[index], NumberText.Box(index), items);
            }
        }

        return result;
    }
}

using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary>Methods of arrays that take no function; the others are <see cref="ArrayCallbacks"/>.</summary>
internal static class ArrayMethods
{
    private static readonly MethodTable<List<object?>> Methods = new("Array")
    {
        ["at"] = (run, items, a) => a.IntegerAt(run, 0) is var place
            && (place < 0 ? items.Count + place : place) is var index && index >= 0 && index < items.Count
                ? items[(int)index]
                : ScriptUndefined.Value,
        ["concat"] = Concat,
        ["entries"] = (run, items, _) => Listed(
            run, items.Select((item, index) => new ScriptArray { NumberText.Box(index), item }), items.Count, 4),
        ["fill"] = Fill,
        ["flat"] = (run, items, a) => Flat(run, items, a.At(0) is ScriptUndefined ? 1 : a.IntegerAt(run, 0)),
        ["includes"] = (run, items, a) => Coercion.Box(
            IndexOf(run, items, a, Equality.AreSameOrNaN) >= 0),
        ["indexOf"] = (run, items, a) => NumberText.Box(IndexOf(run, items, a, Equality.AreSame)),
        ["join"] = (run, items, a) => ArrayText.Join(run, items, a.At(0) is ScriptUndefined ? "," : a.TextAt(run, 0)),
        ["keys"] = (run, items, _) => Listed(run, items.Select((_, index) => NumberText.Box(index)), items.Count, 1),
        ["lastIndexOf"] = LastIndexOf,
        ["pop"] = (_, items, _) => RemoveAt(items, items.Count - 1),
        ["push"] = Push,
        ["reverse"] = (run, items, _) =>
        {
            run.Steps(items.Count);
            Properties.RequireChangeable(items).Reverse();
            return items;
        },
        ["shift"] = (run, items, _) =>
        {
            run.Steps(items.Count >> 4);
            return RemoveAt(items, 0);
        },
        ["slice"] = (run, items, a) => Slice(
            run, items, a.PlaceAt(run, 0, items.Count, 0), a.PlaceAt(run, 1, items.Count, items.Count)),
        ["sort"] = Sort,
        ["splice"] = Splice,
        ["toReversed"] = (run, items, _) => Listed(run, items.AsEnumerable().Reverse(), items.Count, 1),
        ["toSorted"] = (run, items, a) => ArraySort.Sorted(run, items, a.At(0)),
        ["toString"] = (run, items, _) => ArrayText.Join(run, items, ","),
        ["unshift"] = Unshift,
        ["values"] = (run, items, _) => Listed(run, items, items.Count, 1),
    };

    public static object? Find(string name) => ArrayCallbacks.Find(name) is var found and not ScriptUndefined
        ? found
        : Methods.Find(name);

    /// <summary>A new array of so many items; a weight above 1 counts arrays within.</summary>
    private static ScriptArray Listed(Run run, IEnumerable<object?> items, int count, int weight)
    {
        run.AllocateItems(count);
        run.Allocate(16L * count * weight);
        return new ScriptArray(items);
    }

    private static ScriptArray Slice(Run run, List<object?> items, int start, int end)
    {
        var count = Math.Max(end - start, 0);
        run.AllocateItems(count);
        return new ScriptArray(items.GetRange(count == 0 ? 0 : start, count));
    }

    private static ScriptArray Concat(Run run, List<object?> items, object?[] arguments)
    {
        var result = Listed(run, items, items.Count, 1);
        foreach (var argument in arguments)
        {
            if (argument is List<object?> others)
            {
                run.RequireItems((double)result.Count + others.Count);
                run.AllocateItems(others.Count);
                result.AddRange(others);
            }
            else
            {
                Properties.Append(run, result, argument);
            }
        }

        return result;
    }

    private static List<object?> Fill(Run run, List<object?> items, object?[] arguments)
    {
        Properties.RequireChangeable(items);
        var end = arguments.PlaceAt(run, 2, items.Count, items.Count);
        run.Steps(items.Count);
        for (var i = arguments.PlaceAt(run, 1, items.Count, 0); i < end && i < items.Count; i++)
        {
            items[i] = arguments.At(0);
        }

        return items;
    }

    private static ScriptArray Flat(Run run, List<object?> items, double depth)
    {
        var result = new ScriptArray();
        AddFlat(run, result, items, depth);
        return result;
    }

    private static void AddFlat(Run run, ScriptArray result, List<object?> items, double depth)
    {
        run.EnterCall();
        for (var i = 0; i < items.Count; i++)
        {
            run.Step();
            if (depth >= 1 && items[i] is List<object?> inner)
            {
                AddFlat(run, result, inner, depth - 1);
            }
            else
            {
                Properties.Append(run, result, items[i]);
            }
        }

        run.LeaveCall();
    }

    private static int IndexOf(Run run, List<object?> items, object?[] arguments, Func<object?, object?, bool> areSame)
    {
        run.Steps(items.Count);
        return items.FindIndex(arguments.PlaceAt(run, 1, items.Count, 0), item => areSame(item, arguments.At(0)));
    }

    private static object LastIndexOf(Run run, List<object?> items, object?[] arguments)
    {
        run.Steps(items.Count);
        var start = arguments.Length > 1 ? arguments.IntegerAt(run, 1) : items.Count - 1;
        start = start < 0 ? items.Count + start : Math.Min(start, items.Count - 1);
        return NumberText.Box(start < 0 ? -1 : items.FindLastIndex((int)start, item => Equality.AreSame(item, arguments.At(0))));
    }

    private static object Push(Run run, List<object?> items, object?[] arguments)
    {
        Properties.RequireChangeable(items);
        foreach (var argument in arguments)
        {
            Properties.Append(run, items, argument);
        }

        return NumberText.Box(items.Count);
    }

    private static object Unshift(Run run, List<object?> items, object?[] arguments)
    {
        run.RequireItems((double)items.Count + arguments.Length);
        run.Allocate(16L * arguments.Length);
        run.Steps(items.Count >> 4);
        Properties.RequireChangeable(items).InsertRange(0, arguments);
        return NumberText.Box(items.Count);
    }

    private static object? RemoveAt(List<object?> items, int index)
    {
        Properties.RequireChangeable(items);
        if (items.Count == 0)
        {
            return ScriptUndefined.Value;
        }

        var removed = items[index];
        items.RemoveAt(index);
        return removed;
    }

    private static List<object?> Sort(Run run, List<object?> items, object?[] arguments)
    {
        Properties.RequireChangeable(items);
        var sorted = ArraySort.Sorted(run, items, arguments.At(0));
        items.Clear();
        items.AddRange(sorted);
        return items;
    }

    private static ScriptArray Splice(Run run, List<object?> items, object?[] arguments)
    {
        Properties.RequireChangeable(items);
        var start = arguments.PlaceAt(run, 0, items.Count, 0);
        var count = arguments.Length switch
        {
            0 => 0,
            1 => items.Count - start,
            _ => (int)Math.Clamp(arguments.IntegerAt(run, 1), 0, items.Count - start),
        };
        var inserted = arguments.Skip(2).ToList();
        run.RequireItems((double)items.Count - count + inserted.Count);
        run.Allocate(16L * inserted.Count);
        run.Steps((items.Count >> 4) + inserted.Count);
        var removed = Slice(run, items, start, start + count);
        items.RemoveRange(start, count);
        items.InsertRange(start, inserted);
        return removed;
    }
}

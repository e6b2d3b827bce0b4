using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary><c>Array</c> and what stands behind its dot.</summary>
internal static class ArrayFunctions
{
    private static readonly FunctionTable Table = new()
    {
        ["isArray"] = (_, a) => Coercion.Box(a.At(0) is List<object?>),
        ["of"] = (run, a) => Of(run, a),
        ["from"] = From,
    };

    public static LibraryFunction Array { get; } = new("Array", (run, _, a) => Make(run, a))
    {
        Construct = Make,
        Members = Table.Members,
    };

    private static ScriptArray Of(Run run, object?[] items)
    {
        run.AllocateItems(items.Length);
        return new ScriptArray(items);
    }

    private static ScriptArray Make(Run run, object?[] arguments)
    {
        if (arguments is not [double length])
        {
            return Of(run, arguments);
        }

        if (length < 0 || length != Math.Truncate(length) || length > uint.MaxValue)
        {
            throw new ScriptException(ScriptErrorKind.RangeError, "Invalid array length");
        }

        run.AllocateItems(length);
        return new ScriptArray(Enumerable.Repeat<object?>(ScriptUndefined.Value, (int)length));
    }

    private static ScriptArray From(Run run, object?[] arguments)
    {
        var source = arguments.At(0);
        var items = new ScriptArray();
        if (source is List<object?> or string)
        {
            Iteration.AppendTo(run, items, source, "value");
        }
        else if (Coercion.IsNullish(source))
        {
            throw new ScriptException(ScriptErrorKind.TypeError, $"{Coercion.ToText(run, source)} is not iterable");
        }
        else
        {
            var length = Math.Max(Coercion.ToInteger(run, Properties.Get(run, source, "length")), 0);
            run.AllocateItems(length);
            for (var i = 0; i < length; i++)
            {
                items.Add(Properties.Get(run, source, NumberText.Format(i)));
            }
        }

        if (arguments.At(1) is not ScriptUndefined)
        {
            var map = Calls.RequireFunction(run, arguments[1]);
            for (var i = 0; i < items.Count; i++)
            {
                items[i] = Calls.CallBack(run, map, items[i], NumberText.Box(i));
            }
        }

        return items;
    }
}

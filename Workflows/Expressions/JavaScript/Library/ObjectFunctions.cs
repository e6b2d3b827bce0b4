using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary><c>Object</c> and what stands behind its dot.</summary>
internal static class ObjectFunctions
{
    private static readonly FunctionTable Table = new()
    {
        ["keys"] = (run, a) => new ScriptArray(NamesOf(run, a.At(0))),
        ["values"] = (run, a) => new ScriptArray(NamesOf(run, a.At(0)).Select(name => Properties.Get(run, a.At(0), name))),
        ["entries"] = (run, a) => new ScriptArray(
            NamesOf(run, a.At(0)).Select(name => new ScriptArray { name, Properties.Get(run, a.At(0), name) })),
        ["assign"] = Assign,
        ["fromEntries"] = FromEntries,
        ["freeze"] = (_, a) => Freeze(a.At(0)),
        ["isFrozen"] = (_, a) => Coercion.Box(
            a.At(0) is ScriptObject { IsFrozen: true } or ScriptArray { IsFrozen: true } || Coercion.IsPrimitive(a.At(0))),
        ["hasOwn"] = (run, a) => Coercion.Box(ObjectMethods.HasOwn(run, RequireObject(a.At(0)), a.At(1))),
        ["is"] = (_, a) => Coercion.Box(a.At(0) is double x && a.At(1) is double y
            ? x.Equals(y) && double.IsNegative(x) == double.IsNegative(y)
            : Equality.AreSame(a.At(0), a.At(1))),
    };

    public static LibraryFunction Object { get; } = new("Object", (run, _, a) => Make(run, a))
    {
        Construct = Make,
        Members = Table.Members,
    };

    /// <summary>Copies an object's own properties, an array's items, a string's characters; from others nothing.</summary>
    public static void CopyInto(Run run, ScriptObject target, object? source)
    {
        foreach (var name in Iteration.Names(run, source))
        {
            Properties.Set(run, target, name, Properties.Get(run, source, name));
        }
    }

    private static object? Make(Run run, object?[] arguments) =>
        Coercion.IsNullish(arguments.At(0)) ? new ScriptObject()
        : Coercion.IsPrimitive(arguments[0])
            ? throw new ScriptException(
                ScriptErrorKind.TypeError, $"Objects around a {Coercion.TypeOf(arguments[0])} do not exist here")
        : arguments[0];

    private static IReadOnlyList<string> NamesOf(Run run, object? value) => Iteration.Names(run, RequireObject(value));

    private static object RequireObject(object? value) =>
        Coercion.IsNullish(value)
            ? throw new ScriptException(ScriptErrorKind.TypeError, "Cannot convert undefined or null to object")
            : value!;

    private static object Assign(Run run, object?[] arguments)
    {
        var target = RequireObject(arguments.At(0));
        foreach (var source in arguments.Skip(1))
        {
            foreach (var name in Iteration.Names(run, source))
            {
                Properties.Set(run, target, name, Properties.Get(run, source, name));
            }
        }

        return target;
    }

    private static ScriptObject FromEntries(Run run, object?[] arguments)
    {
        var result = new ScriptObject();
        foreach (var entry in Iteration.Over(arguments.At(0), Coercion.TypeOf(arguments.At(0))))
        {
            run.Step();
            if (Coercion.IsPrimitive(entry))
            {
                throw new ScriptException(
                    ScriptErrorKind.TypeError, $"Iterator value {Coercion.ToText(run, entry)} is not an entry object");
            }

            var name = Coercion.ToName(run, Properties.Get(run, entry, "0"));
            Properties.Set(run, result, name, Properties.Get(run, entry, "1"));
        }

        return result;
    }

    private static object? Freeze(object? value)
    {
        switch (value)
        {
            case ScriptObject properties:
                properties.IsFrozen = true;
                break;
            case ScriptArray items:
                items.IsFrozen = true;
                break;
            case List<object?>:
                throw new ScriptException(ScriptErrorKind.TypeError, "An array that belongs to the host cannot be frozen");
        }

        return value;
    }
}

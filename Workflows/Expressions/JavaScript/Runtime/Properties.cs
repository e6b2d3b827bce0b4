using CaseManagement.Workflows.Expressions.JavaScript.Library;

namespace CaseManagement.Workflows.Expressions.JavaScript.Runtime;

/// <summary>Reading and writing properties and items.</summary>
internal static class Properties
{
    public static object? Get(Run run, object? target, string name)
    {
        switch (target)
        {
            case ScriptObject properties:
                return properties.TryGet(name, out var value) ? value : ObjectMethods.Find(name);
            case string text:
                return name == "length" ? NumberText.Box(text.Length)
                    : ScriptObject.IsIndex(name, out var at) ? At(text, at)
                    : StringMethods.Find(name);
            case List<object?> items:
                return name == "length" ? NumberText.Box(items.Count)
                    : ScriptObject.IsIndex(name, out var index) ? At(items, index)
                    : ArrayMethods.Find(name);
            case null or ScriptUndefined:
                throw new ScriptException(
                    ScriptErrorKind.TypeError,
                    $"Cannot read properties of {Coercion.ToText(run, target)} (reading '{name}')");
            case double:
                return NumberMethods.Find(name);
            case bool:
                return ObjectMethods.FindForBoolean(name);
            case ScriptDate:
                return DateMethods.Find(name);
            case ScriptError error:
                return name switch
                {
                    "name" => error.Name,
                    "message" => error.Message,
                    "toString" => ObjectMethods.Find(name),
                    _ => ScriptUndefined.Value,
                };
            case LibraryFunction function:
                return function.Get(name);
            case Callable callable:
                return name switch
                {
                    "name" => callable.Name,
                    "length" => NumberText.Box(callable.Length),
                    _ => ScriptUndefined.Value,
                };
            default:
                return ScriptUndefined.Value;
        }
    }

    public static object? Get(Run run, object? target, object? key) => (target, key) switch
    {
        (List<object?> items, double index) => At(items, index),
        (string text, double index) => At(text, index),
        (_, string name) => Get(run, target, name),
        (null or ScriptUndefined, _) => Get(run, target, Coercion.IsPrimitive(key) ? Coercion.ToText(run, key) : "…"),
        _ => Get(run, target, Coercion.ToName(run, key)),
    };

    public static void Set(Run run, object? target, object? key, object? value)
    {
        switch (target)
        {
            case ScriptObject properties:
                Set(run, properties, key as string ?? Coercion.ToName(run, key), value);
                break;
            case List<object?> items when key is double number && number >= 0 && number == Math.Truncate(number):
                Set(run, items, number, value);
                break;
            case List<object?> items:
                SetNamed(run, items, Coercion.ToName(run, key), value);
                break;
            case null or ScriptUndefined:
                throw new ScriptException(
                    ScriptErrorKind.TypeError,
                    $"Cannot set properties of {Coercion.ToText(run, target)} (setting '{Coercion.ToName(run, key)}')");
            default:
                throw new ScriptException(
                    ScriptErrorKind.TypeError,
                    $"Cannot set property '{Coercion.ToName(run, key)}' of a {Coercion.TypeOf(target)}");
        }
    }

    public static void Set(Run run, ScriptObject properties, string name, object? value)
    {
        if (properties.IsFrozen)
        {
            throw new ScriptException(ScriptErrorKind.TypeError, $"Cannot assign to '{name}' of a frozen object");
        }

        if (!properties.Contains(name))
        {
            run.RequireItems(properties.Count + 1d);
            run.Allocate(64);
        }

        properties[name] = value;
    }

    /// <summary>The array, provided it may be changed.</summary>
    public static List<object?> RequireChangeable(List<object?> items) =>
        items is ScriptArray { IsFrozen: true }
            ? throw new ScriptException(ScriptErrorKind.TypeError, "Cannot change a frozen array")
            : items;

    public static void Append(Run run, List<object?> items, object? value)
    {
        run.RequireItems(items.Count + 1d);
        run.Allocate(16);
        items.Add(value);
    }

    public static bool Delete(Run run, object? target, object? key)
    {
        switch (target)
        {
            case ScriptObject { IsFrozen: true }:
                throw new ScriptException(ScriptErrorKind.TypeError, "Cannot delete from a frozen object");
            case ScriptObject properties:
                run.Steps(properties.Count >> 4);
                properties.Remove(Coercion.ToName(run, key));
                return true;
            case List<object?> items:
                RequireChangeable(items);
                if (ScriptObject.IsIndex(Coercion.ToName(run, key), out var index) && index < items.Count)
                {
                    items[(int)index] = ScriptUndefined.Value;
                }

                return true;
            case null or ScriptUndefined:
                throw new ScriptException(ScriptErrorKind.TypeError, "Cannot convert undefined or null to object");
            default:
                return true;
        }
    }

    /// <summary><c>key in target</c></summary>
    public static bool Has(Run run, object? target, object? key) => target switch
    {
        ScriptObject properties => properties.Contains(Coercion.ToName(run, key)),
        List<object?> items => Coercion.ToName(run, key) is var name
            && (name == "length" || (ScriptObject.IsIndex(name, out var index) && index < items.Count)),
        _ when Coercion.IsPrimitive(target) => throw new ScriptException(
            ScriptErrorKind.TypeError, $"Cannot use 'in' operator to search for a key in a {Coercion.TypeOf(target)}"),
        _ => Get(run, target, key) is not ScriptUndefined,
    };

    private static object? At(List<object?> items, double index) =>
        index >= 0 && index < items.Count && index == Math.Truncate(index) ? items[(int)index] : ScriptUndefined.Value;

    private static object At(string text, double index) =>
        index >= 0 && index < text.Length && index == Math.Truncate(index)
            ? OneCharacter.Of(text[(int)index])
            : ScriptUndefined.Value;

    private static void Set(Run run, List<object?> items, double index, object? value)
    {
        RequireChangeable(items);
        if (index < items.Count)
        {
            items[(int)index] = value;
            return;
        }

        run.RequireItems(index + 1);
        Resize(run, items, index);
        Append(run, items, value);
    }

    private static void SetNamed(Run run, List<object?> items, string name, object? value)
    {
        RequireChangeable(items);
        if (ScriptObject.IsIndex(name, out var index))
        {
            Set(run, items, index, value);
            return;
        }

        if (name != "length")
        {
            throw new ScriptException(ScriptErrorKind.TypeError, $"An array has items and a length only, not '{name}'");
        }

        var length = Coercion.ToNumber(run, value);
        if (length < 0 || length > uint.MaxValue || length != Math.Truncate(length))
        {
            throw new ScriptException(ScriptErrorKind.RangeError, "Invalid array length");
        }

        Resize(run, items, length);
    }

    private static void Resize(Run run, List<object?> items, double length)
    {
        if (length < items.Count)
        {
            items.RemoveRange((int)length, items.Count - (int)length);
            return;
        }

        run.RequireItems(length);
        while (items.Count < length)
        {
            Append(run, items, ScriptUndefined.Value);
        }
    }
}

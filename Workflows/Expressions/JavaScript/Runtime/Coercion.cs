using CaseManagement.Workflows.Expressions.JavaScript.Library;

namespace CaseManagement.Workflows.Expressions.JavaScript.Runtime;

/// <summary>ECMAScript's type conversions (ECMA-262 §7.1).</summary>
internal static class Coercion
{
    public static readonly object True = true;
    public static readonly object False = false;

    public static object Box(bool value) => value ? True : False;

    public static bool IsNullish(object? value) => value is null or ScriptUndefined;

    public static bool IsFunction(object? value) => value is Callable or ScriptFunction;

    public static bool IsPrimitive(object? value) => value is null or ScriptUndefined or string or double or bool;

    public static bool ToBoolean(object? value) => value switch
    {
        bool boolean => boolean,
        null or ScriptUndefined => false,
        double number => number != 0 && !double.IsNaN(number),
        string text => text.Length > 0,
        _ => true,
    };

    public static double ToNumber(Run run, object? value)
    {
        switch (value)
        {
            case double number:
                return number;
            case bool boolean:
                return boolean ? 1 : 0;
            case null:
                return 0;
            case ScriptUndefined:
                return double.NaN;
            case string text:
                run.Scan(text);
                return NumberText.Parse(text);
            default:
                return ToNumber(run, ToPrimitive(run, value, prefersText: false));
        }
    }

    /// <summary>Whole part, NaN as 0, infinities kept.</summary>
    public static double ToInteger(Run run, object? value)
    {
        var number = ToNumber(run, value);
        return double.IsNaN(number) ? 0 : Math.Truncate(number) + 0;
    }

    public static int ToInt32(Run run, object? value) => ToInt32(ToNumber(run, value));

    public static int ToInt32(double number)
    {
        var whole = (int)number;
        return whole == number ? whole : double.IsFinite(number) ? (int)(uint)(long)(Math.Truncate(number) % 4294967296) : 0;
    }

    public static string ToText(Run run, object? value) => value switch
    {
        string text => text,
        double number => NumberText.Format(number),
        bool boolean => boolean ? "true" : "false",
        null => "null",
        ScriptUndefined => "undefined",
        _ => ToText(run, ToPrimitive(run, value, prefersText: true)),
    };

    /// <summary>A property's name.</summary>
    public static string ToName(Run run, object? value) => ToText(run, value);

    // prefersText null: the value's own preference, which is text for dates alone.
    public static object? ToPrimitive(Run run, object? value, bool? prefersText)
    {
        switch (value)
        {
            case List<object?> items:
                return ArrayText.Join(run, items, ",");
            case ScriptDate date:
                return prefersText == false ? date.Time : DateText.Format(date.Time);
            case ScriptError error:
                return error.ToString();
            case ScriptObject properties:
                return ToPrimitive(run, properties, prefersText ?? false);
            case Callable callable:
                return $"function {callable.Name}() {{ [native code] }}";
            case ScriptFunction:
                return "function () { [native code] }";
            case null or ScriptUndefined or string or double or bool:
                return value;
            default:
                return HostValues.Take(value);
        }
    }

    // An object has no prototype, but its own valueOf and toString count.
    private static object? ToPrimitive(Run run, ScriptObject properties, bool prefersText)
    {
        var names = prefersText ? ("toString", "valueOf") : ("valueOf", "toString");
        foreach (var name in (string[])[names.Item1, names.Item2])
        {
            if (!properties.TryGet(name, out var method))
            {
                if (name == "toString")
                {
                    return "[object Object]";
                }
            }
            else if (IsFunction(method) && Calls.Call(run, method, properties, []) is var result && IsPrimitive(result))
            {
                return result;
            }
        }

        throw new ScriptException(ScriptErrorKind.TypeError, "Cannot convert object to primitive value");
    }

    public static string TypeOf(object? value) => value switch
    {
        ScriptUndefined => "undefined",
        string => "string",
        double => "number",
        bool => "boolean",
        Callable or ScriptFunction => "function",
        _ => "object",
    };
}

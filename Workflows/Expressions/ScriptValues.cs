using System.Globalization;
using CaseManagement.Workflows.Expressions.JavaScript;

namespace CaseManagement.Workflows.Expressions;

/// <summary>
/// Values cross into and out of scripts as copies, so a script changes a variable only by setting it, whether or not the
/// instance is stored in between.
/// </summary>
public static class ScriptValues
{
    public static object? ToScript(object? value)
    {
        switch (value)
        {
            case null or bool or string or double:
                return value;
            case decimal number:
                return (double)number;
            case NamedNumber named:
                return named.Name;
            case List<object?> list:
                var array = new ScriptArray(list.Count);
                foreach (var item in list)
                {
                    array.Add(ToScript(item));
                }

                return array;
            case Dictionary<string, object?> map:
                var made = new ScriptObject();
                foreach (var (name, item) in map)
                {
                    made[name] = ToScript(item);
                }

                return made;
            default:
                return ToScript(WorkflowValues.From(value));
        }
    }

    /// <exception cref="ValueConversionException">The value contains itself, nests too deep, or is a function.</exception>
    public static object? FromScript(object? value, int depth = 0)
    {
        switch (value)
        {
            case null or ScriptUndefined:
                return null;
            case bool or string or double:
                return value;
            case ScriptDate date:
                return date.Instant?.ToString("O", CultureInfo.InvariantCulture);
            case ScriptObject or List<object?> when depth >= WorkflowValues.MaxDepth:
                throw new ValueConversionException($"A value may not nest deeper than {WorkflowValues.MaxDepth} levels.");
            case ScriptObject from:
                var map = new Dictionary<string, object?>(from.Count, StringComparer.Ordinal);
                foreach (var (name, item) in from)
                {
                    map[name] = FromScript(item, depth + 1);
                }

                return map;
            case List<object?> from:
                var list = new List<object?>(from.Count);
                foreach (var item in from)
                {
                    list.Add(FromScript(item, depth + 1));
                }

                return list;
            default:
                return WorkflowValues.From(value, depth);
        }
    }
}

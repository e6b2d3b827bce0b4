using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseManagement.Workflows.Expressions.JavaScript.Runtime;

/// <summary>Values crossing between script and host.</summary>
internal static class HostValues
{
    /// <summary>A host's value as the script holds it.</summary>
    public static object? Take(object? value) => value switch
    {
        null or string or bool or double or List<object?> or ScriptObject or ScriptUndefined or ScriptFunction
            or ScriptDate or Callable => value,
        int number => NumberText.Box(number),
        long or short or byte or sbyte or ushort or uint or ulong or float or decimal =>
            NumberText.Box(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        DateTimeOffset instant => new ScriptDate(instant),
        JsonElement element => ScriptJson.FromElement(element),
        JsonNode node => ScriptJson.FromNode(node),
        _ => throw new ScriptException(ScriptErrorKind.TypeError, $"A script cannot hold a {value.GetType().Name}"),
    };

    /// <summary>A script's value as the host sees it.</summary>
    public static object? Give(Run run, object? value) => value is Callable callable ? callable.ForHost(run) : value;

    public static object? Call(Run run, ScriptFunction function, object?[] arguments)
    {
        run.EnterCall();
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Give(run, arguments[i]);
        }

        var result = Take(function(arguments));
        run.LeaveCall();
        return result;
    }
}

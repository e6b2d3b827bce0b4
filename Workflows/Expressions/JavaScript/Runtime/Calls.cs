namespace CaseManagement.Workflows.Expressions.JavaScript.Runtime;

/// <summary>Calling whatever a script may call.</summary>
internal static class Calls
{
    public static object? Call(Run run, object? function, object? self, object?[] arguments) => function switch
    {
        Callable callable => callable.Call(run, self, arguments),
        ScriptFunction host => HostValues.Call(run, host, arguments),
        _ => throw new ScriptException(
            ScriptErrorKind.TypeError, $"{(function is string ? "string" : Coercion.TypeOf(function))} is not a function"),
    };

    /// <summary>Calls a function the library was given, such as that of <c>map</c>.</summary>
    public static object? CallBack(Run run, object? function, params object?[] arguments) =>
        Call(run, function, ScriptUndefined.Value, arguments);

    /// <exception cref="ScriptException">TypeError: it is none.</exception>
    public static object RequireFunction(Run run, object? value) =>
        Coercion.IsFunction(value)
            ? value!
            : throw new ScriptException(ScriptErrorKind.TypeError, $"{ShowValue(run, value)} is not a function");

    private static string ShowValue(Run run, object? value) =>
        Coercion.IsPrimitive(value) ? Coercion.ToText(run, value) : Coercion.TypeOf(value);
}

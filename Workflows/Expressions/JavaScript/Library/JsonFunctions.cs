using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary><c>JSON</c>.</summary>
internal static class JsonFunctions
{
    public static FunctionTable Table { get; } = new()
    {
        ["parse"] = (run, a) => a.At(1) is ScriptUndefined
            ? new JsonReader(run, a.TextAt(run, 0)).Read()
            : throw new ScriptException(ScriptErrorKind.TypeError, "JSON.parse takes no reviver here"),
        ["stringify"] = (run, a) => new JsonWriter(run, a.At(1), a.At(2)).Write(a.At(0)),
    };

    public static ScriptBudgetException TooDeep(Run run) => new(
        nameof(ScriptBudget.MaxJsonDepth), $"The JSON is nested deeper than {run.Budget.MaxJsonDepth} levels, or in a circle");
}

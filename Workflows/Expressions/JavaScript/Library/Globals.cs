using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary>The names every script knows. Nothing behind them can be changed, nor reaches the host.</summary>
internal static class Globals
{
    private static readonly Dictionary<string, object?> Names = new(StringComparer.Ordinal)
    {
        ["undefined"] = ScriptUndefined.Value,
        ["NaN"] = double.NaN,
        ["Infinity"] = double.PositiveInfinity,
        ["Math"] = MathFunctions.Table.ToFrozenObject(),
        ["JSON"] = JsonFunctions.Table.ToFrozenObject(),
        ["console"] = Console().ToFrozenObject(),
        ["Object"] = ObjectFunctions.Object,
        ["Array"] = ArrayFunctions.Array,
        ["String"] = StringFunctions.String,
        ["Number"] = NumberFunctions.Number,
        ["Boolean"] = new LibraryFunction("Boolean", (_, _, a) => Coercion.Box(Coercion.ToBoolean(a.At(0)))),
        ["Date"] = DateFunctions.Date,
        ["Error"] = Error(ScriptErrorKind.Error),
        ["TypeError"] = Error(ScriptErrorKind.TypeError),
        ["RangeError"] = Error(ScriptErrorKind.RangeError),
        ["ReferenceError"] = Error(ScriptErrorKind.ReferenceError),
        ["SyntaxError"] = Error(ScriptErrorKind.SyntaxError),
        ["URIError"] = Error(ScriptErrorKind.URIError),
        ["parseInt"] = NumberFunctions.Table.Members["parseInt"],
        ["parseFloat"] = NumberFunctions.Table.Members["parseFloat"],
        ["isNaN"] = new LibraryFunction("isNaN", (run, _, a) => Coercion.Box(double.IsNaN(a.NumberAt(run, 0)))),
        ["isFinite"] = new LibraryFunction("isFinite", (run, _, a) => Coercion.Box(double.IsFinite(a.NumberAt(run, 0)))),
        ["encodeURIComponent"] = new LibraryFunction("encodeURIComponent", (run, _, a) => UriText.Encode(run, a.TextAt(run, 0))),
        ["decodeURIComponent"] = new LibraryFunction("decodeURIComponent", (run, _, a) => UriText.Decode(run, a.TextAt(run, 0))),
    };

    /// <summary>The library's value of a name; null where it has none.</summary>
    public static object? Find(string name) => Names.GetValueOrDefault(name);

    // A script that logs runs as it would elsewhere; what it logs goes nowhere.
    private static FunctionTable Console() => new()
    {
        ["log"] = (_, _) => ScriptUndefined.Value,
        ["info"] = (_, _) => ScriptUndefined.Value,
        ["warn"] = (_, _) => ScriptUndefined.Value,
        ["error"] = (_, _) => ScriptUndefined.Value,
        ["debug"] = (_, _) => ScriptUndefined.Value,
    };

    private static LibraryFunction Error(ScriptErrorKind kind)
    {
        object Make(Run run, object?[] arguments) => new ScriptError(
            kind, arguments.At(0) is ScriptUndefined ? string.Empty : arguments.TextAt(run, 0));

        return new LibraryFunction(kind.ToString(), (run, _, arguments) => Make(run, arguments)) { Construct = Make };
    }
}

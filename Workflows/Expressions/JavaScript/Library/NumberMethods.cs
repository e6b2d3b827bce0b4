using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary>Methods of numbers.</summary>
internal static class NumberMethods
{
    private static readonly MethodTable<double> Methods = new("Number")
    {
        ["toExponential"] = (run, number, a) => double.IsFinite(number)
            ? NumberDigits.Exponential(number, a.At(0) is ScriptUndefined ? null : Count(run, a, 0, 100, "toExponential"))
            : NumberText.Format(number),
        ["toFixed"] = (run, number, a) => Count(run, a, 0, 100, "toFixed") is var decimals && double.IsFinite(number)
            && Math.Abs(number) < 1e21
                ? NumberDigits.Fixed(number, decimals)
                : NumberText.Format(number),
        ["toPrecision"] = (run, number, a) => a.At(0) is ScriptUndefined || !double.IsFinite(number)
            ? NumberText.Format(number)
            : NumberDigits.Precision(number, Count(run, a, 1, 100, "toPrecision")),
        ["toString"] = (run, number, a) => a.At(0) is ScriptUndefined
            ? NumberText.Format(number)
            : NumberDigits.InRadix(number, Count(run, a, 2, 36, "toString")),
        ["valueOf"] = (_, number, _) => NumberText.Box(number),
    };

    public static object? Find(string name) => Methods.Find(name);

    private static int Count(Run run, object?[] arguments, int least, int most, string method)
    {
        var count = arguments.IntegerAt(run, 0);
        return count >= least && count <= most
            ? (int)count
            : throw new ScriptException(
                ScriptErrorKind.RangeError, $"{method}() argument must be between {least} and {most}");
    }
}

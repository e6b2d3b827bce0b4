using System.Numerics;
using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary><c>Math</c> without <c>random</c>: the same script gives the same result every time.</summary>
internal static class MathFunctions
{
    public static FunctionTable Table { get; } = new FunctionTable
    {
        ["abs"] = Of(Math.Abs),
        ["acos"] = Of(Math.Acos),
        ["acosh"] = Of(Math.Acosh),
        ["asin"] = Of(Math.Asin),
        ["asinh"] = Of(Math.Asinh),
        ["atan"] = Of(Math.Atan),
        ["atan2"] = (run, a) => NumberText.Box(Math.Atan2(a.NumberAt(run, 0), a.NumberAt(run, 1))),
        ["atanh"] = Of(Math.Atanh),
        ["cbrt"] = Of(Math.Cbrt),
        ["ceil"] = Of(Math.Ceiling),
        ["clz32"] = (run, a) => NumberText.Box(BitOperations.LeadingZeroCount((uint)Coercion.ToInt32(run, a.At(0)))),
        ["cos"] = Of(Math.Cos),
        ["cosh"] = Of(Math.Cosh),
        ["exp"] = Of(Math.Exp),
        ["expm1"] = Of(ExpMinusOne),
        ["floor"] = Of(Math.Floor),
        ["fround"] = Of(x => (float)x),
        ["hypot"] = Hypot,
        ["imul"] = (run, a) => NumberText.Box(unchecked(Coercion.ToInt32(run, a.At(0)) * Coercion.ToInt32(run, a.At(1)))),
        ["log"] = Of(Math.Log),
        ["log10"] = Of(Math.Log10),
        ["log1p"] = Of(LogOnePlus),
        ["log2"] = Of(Math.Log2),
        ["max"] = (run, a) => Extreme(run, a, double.NegativeInfinity, Math.Max),
        ["min"] = (run, a) => Extreme(run, a, double.PositiveInfinity, Math.Min),
        ["pow"] = (run, a) => NumberText.Box(Arithmetic.Power(a.NumberAt(run, 0), a.NumberAt(run, 1))),
        ["round"] = Of(Round),
        ["sign"] = Of(x => double.IsNaN(x) || x == 0 ? x : Math.Sign(x)),
        ["sin"] = Of(Math.Sin),
        ["sinh"] = Of(Math.Sinh),
        ["sqrt"] = Of(Math.Sqrt),
        ["tan"] = Of(Math.Tan),
        ["tanh"] = Of(Math.Tanh),
        ["trunc"] = Of(Math.Truncate),
    }
        .With("E", Math.E)
        .With("LN10", Math.Log(10))
        .With("LN2", Math.Log(2))
        .With("LOG10E", 0.4342944819032518)
        .With("LOG2E", 1.4426950408889634)
        .With("PI", Math.PI)
        .With("SQRT1_2", Math.Sqrt(0.5))
        .With("SQRT2", Math.Sqrt(2));

    private static Func<Run, object?[], object?> Of(Func<double, double> function) =>
        (run, arguments) => NumberText.Box(function(arguments.NumberAt(run, 0)));

    // Halves go up, towards positive infinity; -0.5 to -0 gives -0.
    private static double Round(double x)
    {
        var floor = Math.Floor(x);
        var rounded = x - floor >= 0.5 ? floor + 1 : floor;
        return rounded == 0 && double.IsNegative(x) ? -0.0 : rounded;
    }

    // Kahan's corrections keep the digits that cancel near zero.
    private static double ExpMinusOne(double x)
    {
        var power = Math.Exp(x);
        return power == 1 || double.IsNaN(x) ? x
            : power is 0 or double.PositiveInfinity ? power - 1
            : (power - 1) * x / Math.Log(power);
    }

    private static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : double.IsPositiveInfinity(sum) ? sum : Math.Log(sum) * x / (sum - 1);
    }

    private static object Extreme(Run run, object?[] arguments, double start, Func<double, double, double> better)
    {
        var result = start;
        run.Steps(arguments.Length);
        for (var i = 0; i < arguments.Length; i++)
        {
            result = better(result, arguments.NumberAt(run, i));
        }

        return NumberText.Box(result);
    }

    private static object Hypot(Run run, object?[] arguments)
    {
        run.Steps(arguments.Length);
        var numbers = arguments.Select(value => Math.Abs(Coercion.ToNumber(run, value))).ToArray();
        if (numbers.Contains(double.PositiveInfinity))
        {
            return double.PositiveInfinity;
        }

        var largest = numbers.DefaultIfEmpty(0).Max();
        return largest == 0 || numbers.Any(double.IsNaN)
            ? NumberText.Box(numbers.Any(double.IsNaN) ? double.NaN : 0)
            : NumberText.Box(Math.Sqrt(numbers.Sum(x => x / largest * (x / largest))) * largest);
    }
}

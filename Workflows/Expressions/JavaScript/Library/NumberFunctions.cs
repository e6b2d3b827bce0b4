using CaseManagement.Workflows.Expressions.JavaScript.Runtime;
using CaseManagement.Workflows.Expressions.JavaScript.Syntax;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary><c>Number</c> and what stands behind its dot.</summary>
internal static class NumberFunctions
{
    private const double MaxSafeInteger = 9007199254740991;

    public static FunctionTable Table { get; } = new FunctionTable
    {
        ["isFinite"] = (_, a) => Coercion.Box(a.At(0) is double number && double.IsFinite(number)),
        ["isInteger"] = (_, a) => Coercion.Box(IsInteger(a.At(0), double.MaxValue)),
        ["isNaN"] = (_, a) => Coercion.Box(a.At(0) is double.NaN),
        ["isSafeInteger"] = (_, a) => Coercion.Box(IsInteger(a.At(0), MaxSafeInteger)),
        ["parseFloat"] = (run, a) =>
        {
            var text = a.TextAt(run, 0);
            run.Scan(text);
            return NumberText.Box(NumberText.ParsePrefix(text));
        },
        ["parseInt"] = ParseInt,
    }
        .With("EPSILON", Math.Pow(2, -52))
        .With("MAX_SAFE_INTEGER", MaxSafeInteger)
        .With("MIN_SAFE_INTEGER", -MaxSafeInteger)
        .With("MAX_VALUE", double.MaxValue)
        .With("MIN_VALUE", double.Epsilon)
        .With("NaN", double.NaN)
        .With("NEGATIVE_INFINITY", double.NegativeInfinity)
        .With("POSITIVE_INFINITY", double.PositiveInfinity);

    public static LibraryFunction Number { get; } =
        new("Number", (run, _, a) => NumberText.Box(a.Length == 0 ? 0 : Coercion.ToNumber(run, a[0])))
        {
            Members = Table.Members,
        };

    private static bool IsInteger(object? value, double largest) =>
        value is double number && number == Math.Truncate(number) && Math.Abs(number) <= largest;

    private static object ParseInt(Run run, object?[] arguments)
    {
        var whole = arguments.TextAt(run, 0);
        run.Scan(whole);
        var text = Characters.Trim(whole, atEnd: false);
        var isNegative = text.StartsWith("-");
        text = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        var radix = Coercion.ToInt32(run, arguments.At(1));
        if (radix is 0 or 16 && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            text = text[2..];
            radix = 16;
        }

        radix = radix == 0 ? 10 : radix;
        if (radix is < 2 or > 36)
        {
            return double.NaN;
        }

        var length = 0;
        while (length < text.Length && NumberText.DigitOf(text[length]) < radix)
        {
            length++;
        }

        var number = NumberText.ParseDigits(text[..length], radix);
        return NumberText.Box(isNegative ? -number : number);
    }
}

using System.Globalization;
using CaseManagement.Workflows.Expressions.JavaScript;
using NodaTime;
using NodaTime.Text;

namespace CaseManagement.Workflows.Cases;

/// <summary>
/// The functions value expressions have besides the library's: <c>sum, min, max, dateOf, month, addDays, addMonths</c> (pack format §1). Days are texts
/// such as 2026-09-30, so that they compare. What is not known has no day: asked for one, a function fails, and the value stays unknown.
/// </summary>
internal static class ValueFunctions
{
    /// <summary>The function of this name; null where there is none.</summary>
    public static ScriptFunction? Find(string name, DateTimeZone zone) => name switch
    {
        "sum" => arguments => Sum(arguments),
        "min" => arguments => Numbers(arguments).Min(),
        "max" => arguments => Numbers(arguments).Max(),
        "dateOf" => arguments => Text(Day(arguments, zone)),
        "month" => arguments => Day(arguments, zone).ToString("yyyy-MM", CultureInfo.InvariantCulture),
        "addDays" => arguments => Text(Day(arguments, zone).PlusDays(Whole(arguments))),
        "addMonths" => arguments => Text(Day(arguments, zone).PlusMonths(Whole(arguments))),
        _ => null,
    };

    // nothing listed comes to nothing
    private static double Sum(IReadOnlyList<object?> arguments)
    {
        var total = 0d;
        foreach (var item in (arguments.Count > 0 ? arguments[0] as List<object?> : null) ?? [])
        {
            total += Number(arguments is [_, ScriptFunction of, ..] ? of([item]) : item);
        }

        return total;
    }

    private static IEnumerable<double> Numbers(IReadOnlyList<object?> arguments)
    {
        var given = arguments is [List<object?> list] ? list : arguments;
        return given.Count == 0 ? throw Wrong("a number") : given.Select(Number);
    }

    private static double Number(object? value) => value switch
    {
        double number => number,
        null or ScriptUndefined => 0,
        _ => throw Wrong("a number"),
    };

    private static int Whole(IReadOnlyList<object?> arguments) =>
        arguments is [_, double number, ..] && Math.Truncate(number) == number && Math.Abs(number) <= 100_000 ? (int)number : throw Wrong("a whole number");

    private static LocalDate Day(IReadOnlyList<object?> arguments, DateTimeZone zone) => (arguments.Count > 0 ? arguments[0] : null) switch
    {
        ScriptDate { Instant: { } instant } => Instant.FromDateTimeOffset(instant).InZone(zone).Date,
        string text when LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } => day,
        _ => throw Wrong("a day or a moment"),
    };

    private static string Text(LocalDate day) => LocalDatePattern.Iso.Format(day);

    private static ScriptException Wrong(string wanted) => new(ScriptErrorKind.TypeError, $"Expected {wanted}.");
}

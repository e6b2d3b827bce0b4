using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Workflows.Expressions.JavaScript;
using NodaTime;
using NodaTime.Text;

namespace CaseManagement.Workflows.Cases;

/// <summary>
/// Value expressions of packs on our evaluator. A fact is a name; a date is its text, so that days compare; a moment is a date of scripts.
/// What a function is given must be known: <c>dateOf</c> of nothing makes the whole unknown rather than a day that is always earlier.
/// </summary>
public sealed partial class ValueExpressions : IValueExpressions
{
    // what an administrator writes is bounded; what is no longer used is forgotten with the rest
    private const int MostKept = 2_000;

    private static readonly ScriptBudget Budget = new() { MaxSteps = 20_000, MaxAllocatedBytes = 4L * 1024 * 1024, MaxItems = 2_000 };
    private readonly ConcurrentDictionary<string, Compiled?> _compiled = new(StringComparer.Ordinal);

    /// <summary>One for the process: it holds nothing but what it has compiled.</summary>
    public static ValueExpressions Shared { get; } = new();

    /// <inheritdoc/>
    public FactValue Evaluate(string expression, IFactReader facts, string zone)
    {
        if (_compiled.Count > MostKept)
        {
            _compiled.Clear();
        }

        if (_compiled.GetOrAdd(expression, Compile) is not { } compiled)
        {
            return FactValue.Unknown;
        }

        try
        {
            return FromScript(compiled.Script.Evaluate(new Scope(compiled, facts, DateTimeZoneProviders.Tzdb[zone]), Budget));
        }
        catch (Exception error) when (error is ScriptException or ScriptBudgetException)
        {
            return FactValue.Unknown;
        }
    }

    private static Compiled? Compile(string expression)
    {
        try
        {
            return Compiled.Of(expression);
        }
        catch (ScriptSyntaxException)
        {
            return null;
        }
    }

    private static FactValue FromScript(object? value) => value switch
    {
        bool yes => FactValue.Of(yes),
        double number => Number(number),
        string text => LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? FactValue.Of(day.ToDateOnly()) : FactValue.Of(text),
        ScriptDate { Instant: { } instant } => FactValue.Of(instant),
        List<object?> list when list.TrueForAll(item => item is string) => FactValue.OfList(list.Cast<string>()),
        _ => FactValue.Unknown,
    };

    // fifteen digits are what a double keeps; more would show its own noise as money
    private static FactValue Number(double number) =>
        double.IsFinite(number) && Math.Abs(number) <= (double)FactLimits.MaxNumber
            ? FactValue.Of(decimal.Parse(number.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture))
            : FactValue.Unknown;

    private static object? ToScript(FactValue value) => value.Kind switch
    {
        FactValueKind.Text => value.Text,
        FactValueKind.Number => (double)value.Number!.Value,
        FactValueKind.Boolean => value.Boolean,
        FactValueKind.Date => value.Date!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FactValueKind.Instant => new ScriptDate(value.Instant!.Value),
        FactValueKind.List => new ScriptArray(value.List!),
        FactValueKind.Rows => new ScriptArray(value.Rows!.Select(Row)),
        _ => null,
    };

    private static ScriptObject Row(IReadOnlyDictionary<string, FactValue> row)
    {
        var made = new ScriptObject();
        foreach (var (column, value) in row)
        {
            made[column] = ToScript(value);
        }

        return made;
    }

    /// <summary>An expression, with the settings and counts it names: an object of scripts has its members from the start.</summary>
    private sealed partial record Compiled(Script Script, IReadOnlyList<string> Settings, IReadOnlyList<string> Counts)
    {
        public static Compiled Of(string expression) => new(
            Script.Compile(expression, ScriptKind.Expression), [.. Names(SettingNames(), expression)], [.. Names(CountNames(), expression)]);

        private static IEnumerable<string> Names(Regex of, string expression) => of.Matches(expression).Select(match => match.Groups[1].Value).Distinct();

        [GeneratedRegex(@"\bsettings\s*\.\s*([\p{L}_$][\p{L}\p{N}_$]*)")]
        private static partial Regex SettingNames();

        [GeneratedRegex(@"\bcounts\s*\.\s*([\p{L}_$][\p{L}\p{N}_$]*)")]
        private static partial Regex CountNames();
    }

    /// <summary>The names of one evaluation.</summary>
    private sealed class Scope(Compiled compiled, IFactReader facts, DateTimeZone zone) : IScriptScope
    {
        // a fact may be called as it is called, but for these
        private static readonly HashSet<string> OfLibrary = new(StringComparer.Ordinal)
        {
            "Math", "Number", "String", "Boolean", "Array", "Object", "Date", "JSON", "Error", "undefined", "NaN", "Infinity", "parseInt", "parseFloat", "isNaN", "isFinite",
        };

        public bool TryGet(string name, out object? value)
        {
            value = name switch
            {
                "settings" => Members(compiled.Settings, FactNames.Settings),
                "counts" => Members(compiled.Counts, "count:"),
                _ => ValueFunctions.Find(name, zone) ?? (OfLibrary.Contains(name) ? null : ToScript(facts.Read(name))),
            };
            return value is not null || !OfLibrary.Contains(name);
        }

        public bool TrySet(string name, object? value) => false;

        private ScriptObject Members(IReadOnlyList<string> names, string prefix)
        {
            var made = new ScriptObject();
            foreach (var name in names)
            {
                made[name] = ToScript(facts.Read(prefix + name));
            }

            return made;
        }
    }
}

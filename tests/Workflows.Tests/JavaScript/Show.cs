using System.Globalization;
using System.Text;
using CaseManagement.Workflows.Expressions.JavaScript;

namespace CaseManagement.Workflows.Tests.JavaScript;

/// <summary>
/// A value as text that tells apart all JavaScript tells apart, the same as <c>show</c> in <see cref="NodeProcess"/> writes.
/// </summary>
internal static class Show
{
    public static string Value(object? value, int depth = 0) => value switch
    {
        _ when depth > 4 => "deep",
        null => "null",
        ScriptUndefined => "undefined",
        bool boolean => boolean ? "true" : "false",
        double number => number == 0 && double.IsNegative(number) ? "-0" : Text(number),
        string text => Quote(text),
        ScriptDate date => $"Date({Text(date.Time)})",
        List<object?> items => $"[{string.Join(",", items.Select(item => Value(item, depth + 1)))}]",
        ScriptObject properties =>
            $"{{{string.Join(",", properties.Select(property => $"{Quote(property.Key)}:{Value(property.Value, depth + 1)}"))}}}",
        _ when value.GetType().Name == "ScriptError" => "error",
        _ => "function",
    };

    /// <summary>What compiling and evaluating gives: a value, or <c>!</c> and the name of the error.</summary>
    public static string Outcome(string source, ScriptKind kind)
    {
        try
        {
            return Value(Script.Compile(source, kind).Evaluate(new Names(), ScriptBudget.Default));
        }
        catch (ScriptSyntaxException)
        {
            return "!SyntaxError";
        }
        catch (ScriptBudgetException spent)
        {
            return $"!{spent.Limit}";
        }
        catch (ScriptException error)
        {
            return error is { IsThrownByScript: true, Thrown: var thrown } && Value(thrown) != "error"
                ? $"!{Value(thrown)}"
                : $"!{error.Kind}";
        }
    }

    private static string Text(double number) =>
        (string)Script.Compile("String(n)", ScriptKind.Expression).Evaluate(new Names { ["n"] = number }, ScriptBudget.Default)!;

    private static string Quote(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var c in text)
        {
            result.Append(c is >= ' ' and <= '~' and not '"' and not '\\'
                ? c.ToString()
                : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"));
        }

        return result.Append('"').ToString();
    }
}

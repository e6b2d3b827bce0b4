using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary><c>String</c> and what stands behind its dot.</summary>
internal static class StringFunctions
{
    private static readonly FunctionTable Table = new()
    {
        ["fromCharCode"] = (run, a) => Concat(
            run, a.Select(code => ((char)(ushort)Coercion.ToInt32(run, code)).ToString())),
        ["fromCodePoint"] = (run, a) => Concat(run, a.Select(code => FromCodePoint(Coercion.ToNumber(run, code)))),
    };

    public static LibraryFunction String { get; } =
        new("String", (run, _, a) => a.Length == 0 ? string.Empty : Coercion.ToText(run, a[0])) { Members = Table.Members };

    private static string Concat(Run run, IEnumerable<string> parts)
    {
        var text = string.Concat(parts);
        run.AllocateText(text.Length);
        return text;
    }

    private static string FromCodePoint(double point) =>
        point < 0 || point > 0x10ffff || point != Math.Truncate(point) || double.IsNaN(point)
            ? throw new ScriptException(ScriptErrorKind.RangeError, $"Invalid code point {NumberText.Format(point)}")
            : point > 0xffff ? char.ConvertFromUtf32((int)point) : OneCharacter.Of((char)point);
}

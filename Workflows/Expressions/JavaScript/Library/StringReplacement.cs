using System.Text;
using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary><c>replace</c> and <c>replaceAll</c> of a string by a string or a function.</summary>
internal static class StringReplacement
{
    public static string Replace(Run run, string text, object?[] arguments, bool all)
    {
        var sought = arguments.TextAt(run, 0);
        var replacement = Coercion.IsFunction(arguments.At(1)) ? null : arguments.TextAt(run, 1);
        run.Scan(text, sought);
        var result = new StringBuilder();
        var copied = 0;
        var at = text.IndexOf(sought, StringComparison.Ordinal);
        while (at >= 0)
        {
            run.Step();
            var inserted = replacement is null
                ? Coercion.ToText(run, Calls.CallBack(run, arguments[1], sought, NumberText.Box(at), text))
                : Expand(run, replacement, text, at, sought.Length);
            run.RequireText((double)result.Length + (at - copied) + inserted.Length);
            result.Append(text, copied, at - copied).Append(inserted);
            copied = at + sought.Length;
            var next = sought.Length == 0 ? at + 1 : copied;
            at = all && next <= text.Length ? text.IndexOf(sought, next, StringComparison.Ordinal) : -1;
        }

        run.AllocateText((double)result.Length + (text.Length - copied));
        return result.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>Puts in what <c>$$</c>, <c>$&amp;</c>, <c>$`</c> and <c>$'</c> stand for.</summary>
    private static string Expand(Run run, string replacement, string text, int at, int length)
    {
        if (!replacement.Contains('$', StringComparison.Ordinal))
        {
            return replacement;
        }

        var result = new StringBuilder();
        for (var i = 0; i < replacement.Length; i++)
        {
            var next = replacement[i] == '$' && i + 1 < replacement.Length ? replacement[i + 1] : '\0';
            var piece = next switch
            {
                '$' => "$",
                '&' => text.AsSpan(at, length),
                '`' => text.AsSpan(0, at),
                '\'' => text.AsSpan(at + length),
                _ => default,
            };
            var isMark = next is '$' or '&' or '`' or '\'';
            run.RequireText((double)result.Length + piece.Length);
            result.Append(isMark ? piece : replacement.AsSpan(i, 1));
            i += isMark ? 1 : 0;
        }

        run.AllocateText(result.Length);
        return result.ToString();
    }
}

using System.Globalization;
using System.Text;
using CaseManagement.Workflows.Expressions.JavaScript.Runtime;
using CaseManagement.Workflows.Expressions.JavaScript.Syntax;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary>Methods of strings, which are sequences of UTF-16 units. Patterns are strings.</summary>
internal static class StringMethods
{
    private static readonly MethodTable<string> Methods = new("String")
    {
        ["at"] = (run, text, a) => At(
            text, a.IntegerAt(run, 0) is var place && place < 0 ? text.Length + place : place, ScriptUndefined.Value),
        ["charAt"] = (run, text, a) => At(text, a.IntegerAt(run, 0), string.Empty),
        ["charCodeAt"] = (run, text, a) => a.IntegerAt(run, 0) is var place && place >= 0 && place < text.Length
            ? NumberText.Box(text[(int)place])
            : double.NaN,
        ["codePointAt"] = (run, text, a) => CodePointAt(text, a.IntegerAt(run, 0)),
        ["concat"] = (run, text, a) => a.Aggregate(
            text, (before, value) => Arithmetic.Concat(run, before, Coercion.ToText(run, value))),
        ["endsWith"] = EndsWith,
        ["includes"] = (run, text, a) => Coercion.Box(IndexOf(run, text, a) >= 0),
        ["indexOf"] = (run, text, a) => NumberText.Box(IndexOf(run, text, a)),
        ["lastIndexOf"] = LastIndexOf,
        ["localeCompare"] = (run, text, a) => NumberText.Box(Math.Sign(
            CultureInfo.InvariantCulture.CompareInfo.Compare(text, a.TextAt(run, 0), CompareOptions.None))),
        ["normalize"] = Normalize,
        ["padEnd"] = (run, text, a) => text + Padding(run, text, a),
        ["padStart"] = (run, text, a) => Padding(run, text, a) + text,
        ["repeat"] = Repeat,
        ["replace"] = (run, text, a) => StringReplacement.Replace(run, text, a, all: false),
        ["replaceAll"] = (run, text, a) => StringReplacement.Replace(run, text, a, all: true),
        ["slice"] = (run, text, a) => a.PlaceAt(run, 0, text.Length, 0) is var start
            && a.PlaceAt(run, 1, text.Length, text.Length) is var end && start < end
                ? Cut(run, text, start, end)
                : string.Empty,
        ["split"] = Split,
        ["startsWith"] = StartsWith,
        ["substr"] = Substr,
        ["substring"] = Substring,
        ["toLocaleLowerCase"] = (run, text, _) => Lower(run, text),
        ["toLocaleUpperCase"] = (run, text, _) => Upper(run, text),
        ["toLowerCase"] = (run, text, _) => Lower(run, text),
        ["toString"] = (_, text, _) => text,
        ["toUpperCase"] = (run, text, _) => Upper(run, text),
        ["trim"] = (run, text, _) => Trim(run, text, true, true),
        ["trimEnd"] = (run, text, _) => Trim(run, text, false, true),
        ["trimStart"] = (run, text, _) => Trim(run, text, true, false),
        ["valueOf"] = (_, text, _) => text,
    };

    public static object? Find(string name) => Methods.Find(name);

    private static object At(string text, double place, object absent) =>
        place >= 0 && place < text.Length ? OneCharacter.Of(text[(int)place]) : absent;

    private static string Cut(Run run, string text, int start, int end)
    {
        run.AllocateText(end - start);
        return text[start..end];
    }

    private static object CodePointAt(string text, double place)
    {
        if (place < 0 || place >= text.Length)
        {
            return ScriptUndefined.Value;
        }

        var at = (int)place;
        return NumberText.Box(at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1])
            ? char.ConvertToUtf32(text[at], text[at + 1])
            : text[at]);
    }

    private static int IndexOf(Run run, string text, object?[] arguments)
    {
        var sought = arguments.TextAt(run, 0);
        var start = (int)Math.Clamp(arguments.IntegerAt(run, 1), 0, text.Length);
        run.Scan(text, sought);
        return text.IndexOf(sought, start, StringComparison.Ordinal);
    }

    private static object LastIndexOf(Run run, string text, object?[] arguments)
    {
        var sought = arguments.TextAt(run, 0);
        var position = arguments.NumberAt(run, 1);
        run.Scan(text, sought);
        var latest = text.Length - sought.Length;
        if (latest < 0)
        {
            return NumberText.Box(-1);
        }

        var start = double.IsNaN(position) ? latest : (int)Math.Clamp(Math.Truncate(position), 0, latest);
        return NumberText.Box(text.AsSpan(0, start + sought.Length).LastIndexOf(sought, StringComparison.Ordinal));
    }

    private static object StartsWith(Run run, string text, object?[] arguments)
    {
        var sought = arguments.TextAt(run, 0);
        var start = (int)Math.Clamp(arguments.IntegerAt(run, 1), 0, text.Length);
        run.Scan(sought);
        return Coercion.Box(text.AsSpan(start).StartsWith(sought, StringComparison.Ordinal));
    }

    private static object EndsWith(Run run, string text, object?[] arguments)
    {
        var sought = arguments.TextAt(run, 0);
        var end = arguments.At(1) is ScriptUndefined
            ? text.Length
            : (int)Math.Clamp(arguments.IntegerAt(run, 1), 0, text.Length);
        run.Scan(sought);
        return Coercion.Box(text.AsSpan(0, end).EndsWith(sought, StringComparison.Ordinal));
    }

    private static string Substring(Run run, string text, object?[] arguments)
    {
        var a = (int)Math.Clamp(arguments.IntegerAt(run, 0), 0, text.Length);
        var b = arguments.At(1) is ScriptUndefined
            ? text.Length
            : (int)Math.Clamp(arguments.IntegerAt(run, 1), 0, text.Length);
        return Cut(run, text, Math.Min(a, b), Math.Max(a, b));
    }

    private static string Substr(Run run, string text, object?[] arguments)
    {
        var start = arguments.PlaceAt(run, 0, text.Length, 0);
        var length = arguments.At(1) is ScriptUndefined ? text.Length : arguments.IntegerAt(run, 1);
        var end = (int)Math.Clamp(start + length, start, text.Length);
        return Cut(run, text, start, end);
    }

    private static string Repeat(Run run, string text, object?[] arguments)
    {
        var count = arguments.IntegerAt(run, 0);
        if (count < 0 || double.IsInfinity(count))
        {
            throw new ScriptException(ScriptErrorKind.RangeError, $"Invalid count value: {arguments.TextAt(run, 0)}");
        }

        if (text.Length == 0)
        {
            return text;
        }

        run.AllocateText(text.Length * count);
        return new StringBuilder(text.Length * (int)count).Insert(0, text, (int)count).ToString();
    }

    private static string Padding(Run run, string text, object?[] arguments)
    {
        var length = arguments.IntegerAt(run, 0);
        var filler = arguments.At(1) is ScriptUndefined ? " " : arguments.TextAt(run, 1);
        if (length <= text.Length || filler.Length == 0)
        {
            return string.Empty;
        }

        run.AllocateText(length);
        run.AllocateText(length);
        return string.Create((int)length - text.Length, filler, static (result, filler) =>
        {
            for (var i = 0; i < result.Length; i++)
            {
                result[i] = filler[i % filler.Length];
            }
        });
    }

    private static ScriptArray Split(Run run, string text, object?[] arguments)
    {
        var limit = arguments.At(1) is ScriptUndefined ? uint.MaxValue : (uint)Coercion.ToInt32(run, arguments.At(1));
        var parts = new ScriptArray();
        if (limit == 0)
        {
            return parts;
        }

        if (arguments.At(0) is ScriptUndefined)
        {
            parts.Add(text);
            return parts;
        }

        var separator = arguments.TextAt(run, 0);
        run.Scan(text, separator);
        var start = 0;
        while (parts.Count < limit && (separator.Length > 0 || start < text.Length))
        {
            run.Step();
            var end = separator.Length == 0 ? start + 1 : text.IndexOf(separator, start, StringComparison.Ordinal);
            Properties.Append(run, parts, Cut(run, text, start, end < 0 ? text.Length : end));
            if (end < 0)
            {
                break;
            }

            start = end + separator.Length;
        }

        return parts;
    }

    private static string Trim(Run run, string text, bool atStart, bool atEnd)
    {
        var trimmed = Characters.Trim(text, atStart, atEnd);
        run.AllocateText(trimmed.Length);
        return trimmed.ToString();
    }

    private static string Lower(Run run, string text)
    {
        run.AllocateText(text.Length);
        return text.ToLowerInvariant();
    }

    // One character to one character, as .NET has it, except for the sharp s.
    private static string Upper(Run run, string text)
    {
        run.AllocateText(text.Length);
        var upper = text.ToUpperInvariant();
        if (upper.Contains('ß', StringComparison.Ordinal))
        {
            run.AllocateText(upper.Length + upper.Count(c => c == 'ß'));
            upper = upper.Replace("ß", "SS", StringComparison.Ordinal);
        }

        return upper;
    }

    private static string Normalize(Run run, string text, object?[] arguments)
    {
        var form = arguments.At(0) is ScriptUndefined ? "NFC" : arguments.TextAt(run, 0);
        var normalForm = form switch
        {
            "NFC" => NormalizationForm.FormC,
            "NFD" => NormalizationForm.FormD,
            "NFKC" => NormalizationForm.FormKC,
            "NFKD" => NormalizationForm.FormKD,
            _ => throw new ScriptException(
                ScriptErrorKind.RangeError, "The normalization form should be one of NFC, NFD, NFKC, NFKD."),
        };

        // one compatibility character can become 18
        run.Steps(text.Length >> 4);
        run.Allocate(36L * text.Length);
        try
        {
            var normal = text.Normalize(normalForm);
            run.AllocateText(normal.Length);
            return normal;
        }
        catch (ArgumentException)
        {
            // .NET does not normalize half of a surrogate pair
            throw new ScriptException(ScriptErrorKind.RangeError, "The text has half a character and cannot be normalized");
        }
    }
}

using System.Buffers;

namespace CaseManagement.Domain.Packs;

/// <summary>Something in a template that must not be there, with its place.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
/// <param name="Code">One of <see cref="TemplateMistakes"/>.</param>
/// <param name="Part">What stands there, cut to 60 characters.</param>
public sealed record TemplateMistake(int Line, int Column, string Code, string Part);

/// <summary>A placeholder and where it stands.</summary>
public sealed record TemplateName(string Name, int Line, int Column);

/// <summary>Codes of <see cref="TemplateMistake"/>.</summary>
public static class TemplateMistakes
{
    /// <summary>Longer than <see cref="TemplateText.MaxLength"/>.</summary>
    public const string TooLong = "template-too-long";

    /// <summary>More placeholders than <see cref="TemplateText.MaxTags"/>.</summary>
    public const string TooMany = "template-too-many-tags";

    /// <summary>A placeholder is not ended, or ended twice.</summary>
    public const string Open = "template-open";

    /// <summary><c>{{{name}}}</c> and <c>{{&amp;name}}</c> would write values as they are.</summary>
    public const string Unescaped = "template-unescaped";

    /// <summary><c>{{&gt; name}}</c> would take in another template.</summary>
    public const string Partial = "template-partial";

    /// <summary>Anything that calls: only <c>if</c>, <c>unless</c> and <c>else</c> are there.</summary>
    public const string Helper = "template-helper";

    /// <summary>A block ends that has not begun, or begins and does not end, or lies too deep.</summary>
    public const string Block = "template-block";

    /// <summary>A name that is none.</summary>
    public const string Name = "template-name";

    /// <summary>A name nothing stands for.</summary>
    public const string Unknown = "template-unknown";
}

/// <summary>
/// Reads a Handlebars template and finds what a template may not have. Left are placeholders, <c>if</c>, <c>unless</c>, <c>else</c> and remarks:
/// writing one out takes time in proportion to its length, and reaches named texts only.
/// </summary>
public sealed class TemplateText
{
    /// <summary>Longest template and longest text written out, in characters.</summary>
    public const int MaxLength = 64 * 1024;

    public const int MaxTags = 500;
    private const int MaxDepth = 16;
    private const int LongestPart = 60;

    private static readonly SearchValues<char> OfNames = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");

    private static readonly SearchValues<char> OfCalls = SearchValues.Create(" \t\r\n()|");

    private readonly string _text;
    private readonly List<TemplateMistake> _mistakes = [];
    private readonly List<TemplateName> _names = [];
    private readonly Stack<(string Helper, int At)> _blocks = new();

    private TemplateText(string text) => _text = text;

    /// <summary>In the order they stand.</summary>
    public IReadOnlyList<TemplateMistake> Mistakes => _mistakes;

    /// <summary>Every placeholder, as often as it stands there.</summary>
    public IReadOnlyList<TemplateName> Names => _names;

    public static TemplateText Read(string text)
    {
        var read = new TemplateText(text);
        if (text.Length > MaxLength)
        {
            read.Wrong(0, TemplateMistakes.TooLong, "");
        }
        else
        {
            read.Walk();
        }

        return read;
    }

    private void Walk()
    {
        var at = 0;
        for (var tags = 0; _text.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var begin; tags++)
        {
            if (tags == MaxTags)
            {
                Wrong(begin, TemplateMistakes.TooMany, "");
                return;
            }

            at = Tag(begin);
            if (at < 0)
            {
                return;
            }
        }

        foreach (var (helper, opened) in _blocks)
        {
            Wrong(opened, TemplateMistakes.Block, helper);
        }
    }

    /// <summary>Reads one placeholder.</summary>
    /// <returns>Where it ends; negative where nothing after it can be read.</returns>
    private int Tag(int begin)
    {
        if (begin > 0 && _text[begin - 1] == '\\')
        {
            Wrong(begin - 1, TemplateMistakes.Name, "\\");
        }

        if (At(begin + 2) == '{')
        {
            var last = _text.IndexOf("}}", begin, StringComparison.Ordinal);
            Wrong(begin, TemplateMistakes.Unescaped, _text[begin..(last < 0 ? _text.Length : last)]);
            return last < 0 ? -1 : SkipBraces(last);
        }

        if (_text.AsSpan(begin + 2).StartsWith("!--", StringComparison.Ordinal))
        {
            var last = _text.IndexOf("--}}", begin + 5, StringComparison.Ordinal);
            return last < 0 ? Unended(begin) : last + 4;
        }

        var end = _text.IndexOf("}}", begin + 2, StringComparison.Ordinal);
        if (end < 0 || _text.AsSpan(begin + 2, end - begin - 2).Contains("{{", StringComparison.Ordinal))
        {
            return Unended(begin);
        }

        if (At(end + 2) == '}')
        {
            Wrong(end, TemplateMistakes.Open, "}}}");
            return SkipBraces(end);
        }

        Inside(begin, _text[(begin + 2)..end].Trim('~').Trim());
        return end + 2;
    }

    private void Inside(int begin, string inside)
    {
        var isElse = inside == "else";
        if (inside.StartsWith('!'))
        {
            return;
        }

        if (inside.StartsWith('>'))
        {
            Wrong(begin, TemplateMistakes.Partial, inside);
        }
        else if (inside.StartsWith('&'))
        {
            Wrong(begin, TemplateMistakes.Unescaped, inside);
        }
        else if (inside.StartsWith('/'))
        {
            if (!_blocks.TryPop(out var open) || open.Helper != inside[1..].Trim())
            {
                Wrong(begin, TemplateMistakes.Block, inside);
            }
        }
        else if (inside.StartsWith('#'))
        {
            Block(begin, inside);
        }
        else if (isElse)
        {
            if (_blocks.Count == 0)
            {
                Wrong(begin, TemplateMistakes.Block, inside);
            }
        }
        else if (inside.Length == 0 || inside[0] is '^' or '*' or '@' || inside.AsSpan().ContainsAny(OfCalls))
        {
            Wrong(begin, inside.Length == 0 ? TemplateMistakes.Name : TemplateMistakes.Helper, inside);
        }
        else
        {
            Named(begin, inside);
        }
    }

    private void Block(int begin, string inside)
    {
        var words = inside[1..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words is not ["if" or "unless", var name])
        {
            Wrong(begin, TemplateMistakes.Helper, inside);

            // so that its end is no mistake of its own
            _blocks.Push((words is [var helper, ..] ? helper : "", begin));
            return;
        }

        Named(begin, name);
        _blocks.Push((words[0], begin));
        if (_blocks.Count > MaxDepth)
        {
            Wrong(begin, TemplateMistakes.Block, inside);
        }
    }

    private void Named(int begin, string name)
    {
        var isName = name.Length <= 100 && !name.AsSpan().ContainsAnyExcept(OfNames) && name.Split('.').All(part => part.Length > 0 && (char.IsAsciiLetter(part[0]) || part[0] == '_'));
        if (isName && name is not ("this" or "null" or "undefined" or "true" or "false"))
        {
            var (line, column) = PlaceOf(begin);
            _names.Add(new TemplateName(name, line, column));
        }
        else
        {
            Wrong(begin, TemplateMistakes.Name, name);
        }
    }

    private int Unended(int begin)
    {
        Wrong(begin, TemplateMistakes.Open, _text[begin..]);
        return -1;
    }

    private char At(int index) => index < _text.Length ? _text[index] : '\0';

    private int SkipBraces(int at)
    {
        while (At(at) == '}')
        {
            at++;
        }

        return at;
    }

    private void Wrong(int at, string code, string part)
    {
        var (line, column) = PlaceOf(at);
        var firstLine = part.Split('\n')[0].TrimEnd('\r');
        _mistakes.Add(new TemplateMistake(line, column, code, firstLine.Length <= LongestPart ? firstLine : firstLine[..LongestPart] + "…"));
    }

    private (int Line, int Column) PlaceOf(int at)
    {
        var before = _text.AsSpan(0, at);
        return (before.Count('\n') + 1, at - before.LastIndexOf('\n'));
    }
}

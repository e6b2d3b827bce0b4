using System.Globalization;
using System.Text;
using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary><c>JSON.parse</c>: strict JSON; of repeated members the last counts, as in JavaScript.</summary>
internal sealed class JsonReader(Run run, string text)
{
    private int _at;

    public object? Read()
    {
        run.Scan(text);
        var value = ReadValue(0);
        SkipBlanks();
        return _at == text.Length ? value : throw Wrong();
    }

    private char Current => _at < text.Length ? text[_at] : '\0';

    private object? ReadValue(int depth)
    {
        if (depth > run.Budget.MaxJsonDepth)
        {
            throw JsonFunctions.TooDeep(run);
        }

        run.Step();
        SkipBlanks();
        return Current switch
        {
            '{' => ReadObject(depth),
            '[' => ReadArray(depth),
            '"' => ReadString(),
            't' => ReadWord("true", Coercion.True),
            'f' => ReadWord("false", Coercion.False),
            'n' => ReadWord("null", null),
            _ => ReadNumber(),
        };
    }

    private ScriptObject ReadObject(int depth)
    {
        var result = new ScriptObject();
        run.AllocateItems(0);
        _at++;
        SkipBlanks();
        while (Current != '}')
        {
            if (result.Count > 0 && !Accept(','))
            {
                throw Wrong();
            }

            SkipBlanks();
            if (Current != '"')
            {
                throw Wrong();
            }

            var name = ReadString();
            if (!Accept(':'))
            {
                throw Wrong();
            }

            Properties.Set(run, result, name, ReadValue(depth + 1));
            SkipBlanks();
        }

        _at++;
        return result;
    }

    private ScriptArray ReadArray(int depth)
    {
        var result = new ScriptArray();
        run.AllocateItems(0);
        _at++;
        SkipBlanks();
        while (Current != ']')
        {
            if (result.Count > 0 && !Accept(','))
            {
                throw Wrong();
            }

            Properties.Append(run, result, ReadValue(depth + 1));
            SkipBlanks();
        }

        _at++;
        return result;
    }

    private string ReadString()
    {
        var start = ++_at;
        while (_at < text.Length && text[_at] is not ('"' or '\\') && text[_at] >= ' ')
        {
            _at++;
        }

        var result = new StringBuilder(text, start, _at - start, 0);
        while (Current != '"')
        {
            if (_at >= text.Length || Current < ' ')
            {
                throw Wrong();
            }

            result.Append(Current == '\\' ? ReadEscape() : Current);
            _at++;
        }

        _at++;
        run.AllocateText(result.Length);
        return result.ToString();
    }

    private char ReadEscape()
    {
        _at++;
        if (Current != 'u')
        {
            return Current switch
            {
                '"' or '\\' or '/' => Current,
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                _ => throw Wrong(),
            };
        }

        if (_at + 4 >= text.Length
            || !ushort.TryParse(
                text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            throw Wrong();
        }

        _at += 4;
        return (char)code;
    }

    private object? ReadWord(string word, object? value)
    {
        if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0)
        {
            throw Wrong();
        }

        _at += word.Length;
        return value;
    }

    private object ReadNumber()
    {
        var start = _at;
        _at += Current == '-' ? 1 : 0;
        if (Current == '0')
        {
            _at++;
        }
        else
        {
            SkipDigits();
        }

        if (Current == '.')
        {
            _at++;
            SkipDigits();
        }

        if (Current is 'e' or 'E')
        {
            _at++;
            _at += Current is '+' or '-' ? 1 : 0;
            SkipDigits();
        }

        return NumberText.Box(double.Parse(text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private void SkipDigits()
    {
        if (!char.IsAsciiDigit(Current))
        {
            throw Wrong();
        }

        while (char.IsAsciiDigit(Current))
        {
            _at++;
        }
    }

    private bool Accept(char c)
    {
        SkipBlanks();
        var found = Current == c;
        _at += found ? 1 : 0;
        return found;
    }

    private void SkipBlanks()
    {
        while (Current is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }
    }

    private ScriptException Wrong() => new(
        ScriptErrorKind.SyntaxError,
        _at >= text.Length
            ? "Unexpected end of JSON input"
            : string.Create(CultureInfo.InvariantCulture, $"Unexpected '{Current}' in JSON at position {_at}"));
}

using System.Globalization;
using System.Text;
using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary><c>JSON.stringify</c>.</summary>
internal sealed class JsonWriter
{
    private readonly Run _run;
    private readonly object? _replacer;
    private readonly IReadOnlyList<string>? _names;
    private readonly string _indent;
    private readonly StringBuilder _text = new();

    // replacer: A function of name and value, or an array of the names wanted.
    // space: an indent, or its width; 10 at most.
    public JsonWriter(Run run, object? replacer, object? space)
    {
        _run = run;
        _replacer = Coercion.IsFunction(replacer) ? replacer : null;
        _names = replacer is List<object?> names
            ? [.. names.Where(name => name is string or double).Select(name => Coercion.ToText(run, name)).Distinct()]
            : null;
        _indent = space switch
        {
            double width => new string(' ', (int)Math.Clamp(Coercion.ToInteger(run, width), 0, 10)),
            string text => text[..Math.Min(text.Length, 10)],
            _ => string.Empty,
        };
    }

    public object? Write(object? value)
    {
        if (!TryWrite(string.Empty, value, 0))
        {
            return ScriptUndefined.Value;
        }

        _run.AllocateText(_text.Length);
        return _text.ToString();
    }

    /// <summary>False: the value has no JSON and nothing was written.</summary>
    private bool TryWrite(string name, object? value, int depth)
    {
        value = Prepare(name, value);
        if (value is ScriptUndefined || Coercion.IsFunction(value))
        {
            return false;
        }

        if (depth > _run.Budget.MaxJsonDepth)
        {
            throw JsonFunctions.TooDeep(_run);
        }

        _run.Step();
        _run.RequireText(_text.Length);
        switch (value)
        {
            case string text:
                Quote(text);
                break;
            case double number when !double.IsFinite(number):
                _text.Append("null");
                break;
            case List<object?> items:
                WriteArray(items, depth);
                break;
            case ScriptObject properties:
                WriteObject(properties, depth);
                break;
            case ScriptError:
                _text.Append("{}");
                break;
            default:
                _text.Append(Coercion.ToText(_run, value));
                break;
        }

        return true;
    }

    private object? Prepare(string name, object? value)
    {
        if (value is ScriptDate date)
        {
            value = DateText.ToIso(date.Time);
        }
        else if (value is ScriptObject properties
            && properties.TryGet("toJSON", out var toJson)
            && Coercion.IsFunction(toJson))
        {
            value = Calls.CallBack(_run, toJson, name);
        }

        return _replacer is null ? value : Calls.CallBack(_run, _replacer, name, value);
    }

    private void WriteArray(List<object?> items, int depth)
    {
        _text.Append('[');
        for (var i = 0; i < items.Count; i++)
        {
            Separate(i > 0, depth + 1);
            if (!TryWrite(NumberText.Format(i), items[i], depth + 1))
            {
                _text.Append("null");
            }
        }

        End(items.Count > 0, depth, ']');
    }

    private void WriteObject(ScriptObject properties, int depth)
    {
        _text.Append('{');
        var any = false;
        var names = _names is null ? Iteration.Names(_run, properties) : [.. _names.Where(properties.Contains)];
        foreach (var name in names)
        {
            var before = _text.Length;
            Separate(any, depth + 1);
            Quote(name);
            _text.Append(_indent.Length > 0 ? ": " : ":");
            if (TryWrite(name, properties[name], depth + 1))
            {
                any = true;
            }
            else
            {
                _text.Length = before;
            }
        }

        End(any, depth, '}');
    }

    private void Separate(bool hasItems, int depth)
    {
        if (hasItems)
        {
            _text.Append(',');
        }

        NewLine(depth);
    }

    private void End(bool hasItems, int depth, char bracket)
    {
        if (hasItems)
        {
            NewLine(depth);
        }

        _text.Append(bracket);
    }

    private void NewLine(int depth)
    {
        if (_indent.Length > 0)
        {
            _text.Append('\n').Insert(_text.Length, _indent, depth);
        }
    }

    private void Quote(string text)
    {
        _run.RequireText((double)_text.Length + text.Length);
        _run.Scan(text);
        _text.Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isPair = i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]);
            var escape = c switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when c < ' ' || (char.IsSurrogate(c) && !isPair) =>
                    string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => null,
            };
            if (escape is not null)
            {
                _text.Append(escape);
                continue;
            }

            _text.Append(c);
            if (isPair)
            {
                _text.Append(text[++i]);
            }
        }

        _text.Append('"');
    }
}

using System.Text.Json;
using CaseManagement.Workflows.Expressions.JavaScript.Library;

namespace CaseManagement.Workflows.Expressions.JavaScript.Runtime;

/// <summary>
/// Writes one value as JSON. Arrays that share their items are small in memory and can be huge on paper, so what is written
/// is counted.
/// </summary>
internal sealed class ValueWriter(Utf8JsonWriter writer)
{
    private const int MaxDepth = 64;
    private const int MaxValues = 100_000;

    private int _values;

    public void Write(object? value, int depth)
    {
        if (depth > MaxDepth || ++_values > MaxValues)
        {
            throw new ScriptException(
                ScriptErrorKind.RangeError, "The value is too large for JSON, nested too deeply, or in a circle");
        }

        switch (value)
        {
            case bool boolean:
                writer.WriteBooleanValue(boolean);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number == 0 ? 0 : number);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case ScriptDate date when DateText.ToIso(date.Time) is { } iso:
                writer.WriteStringValue(iso);
                break;
            case ScriptError:
                writer.WriteStartObject();
                writer.WriteEndObject();
                break;
            case ScriptObject properties:
                WriteObject(properties, depth);
                break;
            case List<object?> items:
                WriteArray(items, depth);
                break;
            case null or double or ScriptDate or ScriptUndefined or ScriptFunction or Callable:
                writer.WriteNullValue();
                break;
            default:
                // an item of an array the host made
                Write(HostValues.Take(value), depth);
                break;
        }
    }

    private void WriteArray(List<object?> items, int depth)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            Write(item, depth + 1);
        }

        writer.WriteEndArray();
    }

    private void WriteObject(ScriptObject properties, int depth)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in properties)
        {
            if (value is not (ScriptUndefined or ScriptFunction or Callable))
            {
                writer.WritePropertyName(name);
                Write(value, depth + 1);
            }
        }

        writer.WriteEndObject();
    }
}

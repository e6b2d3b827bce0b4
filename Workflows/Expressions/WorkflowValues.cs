using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseManagement.Workflows.Expressions;

/// <summary>A number with a name: stored as the number, read by scripts as the name. Elsa 3.8 treats enums so.</summary>
public sealed record NamedNumber(string Name, int Number);

/// <summary>
/// A value of a workflow is null, a bool, a string, a double, a decimal, a <see cref="NamedNumber"/>, a
/// <see cref="List{T}"/> of values or a <see cref="Dictionary{TKey, TValue}"/> of values by name. Values are never changed in place.
/// </summary>
public static class WorkflowValues
{
    /// <summary>How deep a value may nest.</summary>
    public const int MaxDepth = 64;

    /// <exception cref="ValueConversionException">The value nests too deep or is of a kind no workflow value can be.</exception>
    public static object? From(object? value, int depth = 0) => value switch
    {
        null or bool or string or double or decimal or NamedNumber => value,
        int number => (double)number,
        long number => Math.Abs(number) <= 1L << 53 ? (double)number : (decimal)number,
        float number => (double)number,
        Guid id => id.ToString(),
        DateTimeOffset at => at.ToString("O", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        Enum member => new NamedNumber(member.ToString(), Convert.ToInt32(member, CultureInfo.InvariantCulture)),
        JsonElement element => FromJson(element),
        JsonNode node => FromJson(node),
        _ when depth >= MaxDepth => throw new ValueConversionException($"A value may not nest deeper than {MaxDepth} levels."),
        IReadOnlyDictionary<string, object?> map => FromPairs(map, depth),
        IDictionary<string, object?> map => FromPairs(map, depth),
        IEnumerable list => FromItems(list, depth),
        _ => throw new ValueConversionException($"{value.GetType().Name} is no workflow value."),
    };

    public static object? FromJson(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                return Number(element);
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            case JsonValueKind.Array:
                var list = new List<object?>(element.GetArrayLength());
                foreach (var item in element.EnumerateArray())
                {
                    list.Add(FromJson(item));
                }

                return list;
            case JsonValueKind.Object:
                var map = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var property in element.EnumerateObject())
                {
                    map[property.Name] = FromJson(property.Value);
                }

                return map;
            case JsonValueKind.Undefined or JsonValueKind.Null:
            default:
                return null;
        }
    }

    public static object? FromJson(JsonNode? node) => node switch
    {
        null => null,
        JsonValue value when value.TryGetValue<JsonElement>(out var element) => FromJson(element),
        _ => FromJson(JsonSerializer.SerializeToElement(node)),
    };

    /// <exception cref="ValueConversionException">The text is no JSON.</exception>
    public static object? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return FromJson(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new ValueConversionException("The text is no JSON: " + exception.Message, "文本不是 JSON：" + exception.Message);
        }
    }

    /// <summary>Writes plain JSON; a named number as its number.</summary>
    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case double:
                writer.WriteNullValue();
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case NamedNumber named:
                writer.WriteNumberValue(named.Number);
                break;
            case Dictionary<string, object?> map:
                writer.WriteStartObject();
                foreach (var (name, item) in map)
                {
                    writer.WritePropertyName(name);
                    Write(writer, item);
                }

                writer.WriteEndObject();
                break;
            case List<object?> list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                Write(writer, From(value));
                break;
        }
    }

    public static string ToJson(object? value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            Write(writer, value);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>JSON as a person reads it: no escapes beyond what JSON demands.</summary>
    internal static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 4 * MaxDepth,
        SkipValidation = true,
    };

    private static object Number(JsonElement element)
    {
        var number = element.GetDouble();
        return Math.Abs(number) < 1L << 53 && (Math.Truncate(number) == number || !element.TryGetDecimal(out var exact) || Same(number, exact))
            ? number
            : element.TryGetDecimal(out var large) ? large : number;
    }

    private static bool Same(double number, decimal exact) => exact == (decimal)number && (double)exact == number;

    private static Dictionary<string, object?> FromPairs(IEnumerable<KeyValuePair<string, object?>> pairs, int depth)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, item) in pairs)
        {
            map[name] = From(item, depth + 1);
        }

        return map;
    }

    private static List<object?> FromItems(IEnumerable items, int depth)
    {
        var list = new List<object?>();
        foreach (var item in items)
        {
            list.Add(From(item, depth + 1));
        }

        return list;
    }
}

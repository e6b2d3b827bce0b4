using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript;

/// <summary>Script values to and from System.Text.Json.</summary>
public static class ScriptJson
{
    /// <summary>An undefined element gives <see cref="ScriptUndefined.Value"/>; of repeated members the last counts.</summary>
    public static object? FromElement(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var result = new ScriptObject();
                foreach (var member in element.EnumerateObject())
                {
                    result[member.Name] = FromElement(member.Value);
                }

                return result;
            case JsonValueKind.Array:
                var items = new ScriptArray(element.GetArrayLength());
                foreach (var item in element.EnumerateArray())
                {
                    items.Add(FromElement(item));
                }

                return items;
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                return element.GetDouble();
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            case JsonValueKind.Undefined:
                return ScriptUndefined.Value;
            case JsonValueKind.Null:
            default:
                return null;
        }
    }

    public static object? FromNode(JsonNode? node) =>
        node is null ? null : FromElement(JsonSerializer.SerializeToElement(node));

    /// <summary>
    /// Writes as JSON.stringify would: NaN, infinities and invalid dates as null, dates as ISO text; functions and
    /// undefined are left out of objects and are null elsewhere.
    /// </summary>
    /// <exception cref="ScriptException">
    /// RangeError: nested deeper than 64, in a circle, or of more than 100,000 values; TypeError: not a value a script can hold.
    /// </exception>
    public static void Write(Utf8JsonWriter writer, object? value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        new ValueWriter(writer).Write(value, 0);
    }

    /// <inheritdoc cref="Write(Utf8JsonWriter, object?)"/>
    public static JsonElement ToElement(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, value);
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    /// <inheritdoc cref="Write(Utf8JsonWriter, object?)"/>
    public static JsonNode? ToNode(object? value) => ToElement(value) switch
    {
        { ValueKind: JsonValueKind.Object } element => JsonObject.Create(element),
        { ValueKind: JsonValueKind.Array } element => JsonArray.Create(element),
        { ValueKind: JsonValueKind.Null } => null,
        var element => JsonValue.Create(element),
    };
}

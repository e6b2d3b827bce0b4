using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CaseManagement.Domain.Facts;

/// <summary>
/// The stored form of a fact's value: exact and self-describing, so nothing is guessed when it is read back.
/// Text, number, boolean, null and lists are plain JSON; the rest is <c>{"date": "2026-09-02"}</c>,
/// <c>{"instant": "2026-09-02T02:00:00Z"}</c> and <c>{"rows": [{…}]}</c>.
/// </summary>
public sealed class FactValueJsonConverter : JsonConverter<FactValue>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override FactValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return FactValue.Unknown;
            case JsonTokenType.String:
                return FactValue.Of(reader.GetString());
            case JsonTokenType.Number when reader.TryGetDecimal(out var number):
                return FactValue.Of(number);
            case JsonTokenType.True:
                return FactValue.Of(true);
            case JsonTokenType.False:
                return FactValue.Of(false);
            default:
                using (var document = JsonDocument.ParseValue(ref reader))
                {
                    return FromStored(document.RootElement, 0);
                }
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, FactValue value, JsonSerializerOptions options) =>
        Write(writer, value, tagged: true);

    /// <summary>Writes the value as outside programs read it: dates and moments as ISO strings, rows as an array of objects.</summary>
    public static void WritePlain(Utf8JsonWriter writer, FactValue value) => Write(writer, value, tagged: false);

    private static void Write(Utf8JsonWriter writer, FactValue value, bool tagged)
    {
        switch (value.Kind)
        {
            case FactValueKind.Unknown:
                writer.WriteNullValue();
                break;
            case FactValueKind.Text:
                writer.WriteStringValue(value.Text);
                break;
            case FactValueKind.Number:
                writer.WriteNumberValue(value.Number!.Value);
                break;
            case FactValueKind.Boolean:
                writer.WriteBooleanValue(value.Boolean!.Value);
                break;
            case FactValueKind.Date:
                WriteMoment(writer, "date", FactText.Plain(value), tagged);
                break;
            case FactValueKind.Instant:
                WriteMoment(writer, "instant", FactText.Plain(value), tagged);
                break;
            case FactValueKind.List:
                writer.WriteStartArray();
                foreach (var text in value.List!)
                {
                    writer.WriteStringValue(text);
                }

                writer.WriteEndArray();
                break;
            case FactValueKind.Rows:
                WriteRows(writer, value.Rows!, tagged);
                break;
        }
    }

    private static void WriteMoment(Utf8JsonWriter writer, string tag, string text, bool tagged)
    {
        if (!tagged)
        {
            writer.WriteStringValue(text);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString(tag, text);
        writer.WriteEndObject();
    }

    private static void WriteRows(Utf8JsonWriter writer, IReadOnlyList<IReadOnlyDictionary<string, FactValue>> rows, bool tagged)
    {
        if (tagged)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("rows");
        }

        writer.WriteStartArray();
        foreach (var row in rows)
        {
            writer.WriteStartObject();
            foreach (var (name, value) in row)
            {
                writer.WritePropertyName(name);
                Write(writer, value, tagged);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (tagged)
        {
            writer.WriteEndObject();
        }
    }

    private static FactValue FromStored(JsonElement json, int depth) => json.ValueKind switch
    {
        JsonValueKind.Null => FactValue.Unknown,
        JsonValueKind.String => FactValue.Of(json.GetString()),
        JsonValueKind.Number => json.TryGetDecimal(out var number) ? FactValue.Of(number) : throw NotAFact("a number too large"),
        JsonValueKind.True => FactValue.Of(true),
        JsonValueKind.False => FactValue.Of(false),
        JsonValueKind.Array => FactValue.OfList(json.EnumerateArray().Select(TextOf)),
        JsonValueKind.Object when depth <= FactLimits.MaxDepth => FromTagged(json, depth),
        _ => throw NotAFact("nested too deep"),
    };

    private static FactValue FromTagged(JsonElement json, int depth)
    {
        using var members = json.EnumerateObject();
        if (!members.MoveNext())
        {
            throw NotAFact("an empty object");
        }

        var member = members.Current;
        return member.Name switch
        {
            "date" when DateOnly.TryParseExact(
                TextOf(member.Value), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => FactValue.Of(date),
            "instant" when DateTimeOffset.TryParse(
                TextOf(member.Value), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) => FactValue.Of(instant),
            "rows" when member.Value.ValueKind == JsonValueKind.Array =>
                FactValue.OfRows(member.Value.EnumerateArray().Select(row => RowFromStored(row, depth + 1))),
            _ => throw NotAFact($"the member '{member.Name}'"),
        };
    }

    private static Dictionary<string, FactValue> RowFromStored(JsonElement json, int depth)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw NotAFact("a row that is no object");
        }

        var row = new Dictionary<string, FactValue>(StringComparer.Ordinal);
        foreach (var cell in json.EnumerateObject())
        {
            row[cell.Name] = FromStored(cell.Value, depth);
        }

        return row;
    }

    private static string TextOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.String ? json.GetString()! : throw NotAFact($"{json.ValueKind} where a text belongs");

    private static JsonException NotAFact(string what) => new($"Not a stored fact: {what}.");
}

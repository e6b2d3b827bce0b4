using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CaseManagement.Web.Api.Bodies;

/// <summary>How the API reads and writes JSON.</summary>
public static class ApiJson
{
    /// <summary>Deepest nesting taken.</summary>
    public const int MaxDepth = 32;

    /// <summary>camelCase; absent rather than null; members nobody knows, and members given twice, are refused.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            MaxDepth = MaxDepth,
            AllowDuplicateProperties = false,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            NumberHandling = JsonNumberHandling.Strict,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // answers are never part of a page
        };
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>Instants carry their offset; one without would mean the server's own zone.</summary>
    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        private const string OutOfReach = "An instant lies between the years 1900 and 2200.";

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("An instant is a text.");
            if (!HasOffset(text) || !reader.TryGetDateTimeOffset(out var instant))
            {
                throw new JsonException("An instant is ISO 8601 with its offset, such as 2026-09-02T10:00:00+08:00.");
            }

            return instant.Year is >= 1900 and <= 2200 ? instant.ToUniversalTime() : throw new JsonException(OutOfReach);
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture));

        private static bool HasOffset(string text)
        {
            var time = text.IndexOf('T', StringComparison.Ordinal);
            return time > 0 && (text.EndsWith('Z') || text.AsSpan(time).ContainsAny('+', '-'));
        }
    }
}

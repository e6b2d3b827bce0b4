using System.Text.Json;
using System.Text.Json.Serialization;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Complaints;

/// <summary>How a case is written as one document. Members may be added; none may be renamed without a conversion.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip)]
[JsonSerializable(typeof(Complaint))]
[JsonSerializable(typeof(FactValue))]
public sealed partial class CaseDocument : JsonSerializerContext
{
    public static ReadOnlyMemory<byte> Write(Complaint complaint) => JsonSerializer.SerializeToUtf8Bytes(complaint, Default.Complaint);

    /// <summary>What the complainant described, read without building the case: for comparing many.</summary>
    /// <returns>Null where nothing is said.</returns>
    /// <exception cref="JsonException">The document is not one of a case.</exception>
    public static string? DescriptionIn(ReadOnlySpan<byte> document)
    {
        var reader = new Utf8JsonReader(document);
        foreach (var member in (ReadOnlySpan<string>)["facts", "values", "description"])
        {
            if (!Enter(ref reader, member))
            {
                return null;
            }
        }

        return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    // goes to the value of a member of the object that comes next
    private static bool Enter(ref Utf8JsonReader reader, string member)
    {
        if (reader.TokenType == JsonTokenType.None)
        {
            reader.Read();
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(member);
            reader.Read();
            if (isIt)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    /// <exception cref="JsonException">The document is not one of a case.</exception>
    public static Complaint Read(ReadOnlySpan<byte> document) =>
        JsonSerializer.Deserialize(document, Default.Complaint) ?? throw new JsonException("The document of a case is empty.");
}

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

    /// <exception cref="JsonException">The document is not one of a case.</exception>
    public static Complaint Read(ReadOnlySpan<byte> document) =>
        JsonSerializer.Deserialize(document, Default.Complaint) ?? throw new JsonException("The document of a case is empty.");
}

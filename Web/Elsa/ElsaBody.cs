using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Workflows.Definitions;

namespace CaseManagement.Web.Elsa;

/// <summary>The JSON object a request brings, within bounds; members nobody knows are let be, as Studio sends what it was given.</summary>
public static class ElsaBody
{
    /// <summary>A definition in its envelope.</summary>
    public const int MaxBytes = DefinitionLimits.MaxBytes + (64 * 1024);

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = DefinitionLimits.MaxDepth, AllowDuplicateProperties = false };

    /// <exception cref="DefinitionFormatException">Too large, or no JSON object.</exception>
    public static async Task<JsonObject> ReadAsync(HttpRequest request)
    {
        using var content = new MemoryStream();
        await CopyAsync(request.Body, content, MaxBytes, request.HttpContext.RequestAborted);
        return content.Length == 0 ? [] : Parse(content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    /// <exception cref="DefinitionFormatException">No JSON object.</exception>
    public static JsonObject Parse(ReadOnlySpan<byte> utf8)
    {
        // written by hand and by other tools, with a byte order mark at times
        utf8 = utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        try
        {
            return JsonNode.Parse(utf8, null, Options) as JsonObject ?? throw new DefinitionFormatException("not-an-object", "A JSON object is expected.");
        }
        catch (JsonException exception)
        {
            throw new DefinitionFormatException("not-json", exception.Message);
        }
    }

    /// <exception cref="DefinitionFormatException">It is larger than <paramref name="most"/> bytes.</exception>
    public static async Task CopyAsync(Stream from, MemoryStream to, int most, CancellationToken cancellationToken)
    {
        var chunk = new byte[32 * 1024];
        int count;
        while ((count = await from.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (to.Length + count > most)
            {
                throw new DefinitionFormatException("too-large", $"At most {most} bytes.");
            }

            to.Write(chunk, 0, count);
        }
    }

    /// <summary>A text member; null where there is none.</summary>
    public static string? Text(this JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A true-or-false member; false where there is none.</summary>
    public static bool Flag(this JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    /// <summary>A whole number; null where there is none.</summary>
    public static int? Number(this JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    /// <summary>A list of texts; what is no text is left out.</summary>
    public static IReadOnlyList<string> Texts(this JsonObject json, string name) =>
        json[name] is JsonArray array ? [.. array.Select(i => i is JsonValue value && value.TryGetValue<string>(out var text) ? text : null).OfType<string>()] : [];
}

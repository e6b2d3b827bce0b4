using System.Text.Json;

namespace CaseManagement.Domain.Facts;

/// <summary>JSON from outside, read strictly. JSON may spell half of a character (<c>"\uD800"</c>): it parses, and fails
/// only when it is read as text, so that is looked for before anything is read.</summary>
internal static class JsonText
{
    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 32;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Reads JSON without comments, trailing commas, duplicate members, half characters or deep nesting.</summary>
    public static bool TryParse(string text, out JsonElement json, out string why)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            json = document.RootElement.Clone();
            why = "half a character";
            return IsWellFormed(json);
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            json = default;
            why = error.Message;
            return false;
        }
    }

    /// <summary>Every name and text in the element can be read.</summary>
    public static bool IsWellFormed(JsonElement json)
    {
        try
        {
            return json.ValueKind switch
            {
                JsonValueKind.String => json.GetString() is not null,
                JsonValueKind.Array => json.EnumerateArray().All(IsWellFormed),
                JsonValueKind.Object => json.EnumerateObject().All(member => member.Name is not null && IsWellFormed(member.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}

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
    public static bool TryParse(string text, out JsonElement json, out BilingualText why)
    {
        why = new BilingualText("有半个字符", "half a character");
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            json = document.RootElement.Clone();
            return IsWellFormed(json);
        }
        catch (JsonException error)
        {
            json = default;
            why = WhyOf(error, text);
            return false;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            json = default;
            return false;
        }
    }

    // the library explains in English alone
    private static BilingualText WhyOf(JsonException error, string text)
    {
        var place = error.LineNumber is { } line
            ? new BilingualText($"第 {line + 1} 行第 {(error.BytePositionInLine ?? 0) + 1} 个字节处", $"line {line + 1}, byte {(error.BytePositionInLine ?? 0) + 1}: ")
            : new BilingualText("", "");
        return DeepestIn(text) > MaxDepth
            ? new BilingualText($"{place.Zh}嵌套超过 {MaxDepth} 层", $"{place.En}nested more than {MaxDepth} levels deep")
            : text.AsSpan().Trim().IsEmpty ? new BilingualText("文件是空的", "the file is empty")
            : new BilingualText($"{place.Zh}不符合 JSON 语法，或成员重复", $"{place.En}this is no JSON, or a member is there twice");
    }

    // brackets, wherever they stand; only asked of what could not be read
    private static int DeepestIn(string text)
    {
        var (depth, deepest) = (0, 0);
        foreach (var sign in text)
        {
            depth += sign is '{' or '[' ? 1 : sign is '}' or ']' ? -1 : 0;
            deepest = Math.Max(deepest, depth);
        }

        return deepest;
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

using System.Text.Json;

namespace CaseManagement.Web.Auditing;

/// <summary>What a link tells without its values.</summary>
public static class AuditRows
{
    /// <summary>The fields a link commits to; none for links of before fields were told apart.</summary>
    public static IReadOnlyList<string> FieldsOf(string body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("changes", out var changes) && changes.ValueKind == JsonValueKind.Array
            ? [.. changes.EnumerateArray().Select(c => c.GetProperty("field").GetString() ?? "")]
            : [];
    }

    /// <summary>How whoever did it came in; null where the link does not say.</summary>
    public static string? ViaOf(string body) => OfActor(body, "via");

    /// <summary>For whom it was done, by id; null: in one's own name.</summary>
    public static string? OnBehalfOf(string body) => OfActor(body, "onBehalfOf");

    private static string? OfActor(string body, string member)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("actor", out var actor) && actor.TryGetProperty(member, out var value) ? value.GetString() : null;
    }
}

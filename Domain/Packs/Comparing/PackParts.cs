using System.Text.Json;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Comparing;

/// <summary>A part of a pack with its JSON, made comparable: what is only drawn or generated is left out.</summary>
internal sealed record Part(PartPlace Place, string Path, BilingualText Name, JsonElement Json);

/// <summary>Takes a pack apart into what people speak of: each limit, table, form, template, chain, shape, connection.</summary>
internal static class PackParts
{
    // in the order in which people think of a process
    private static readonly string[] Order =
    [
        "limits.json", "tables.json", "forms.json", "approvals.json", "gates.json", "templates.json", "organisation.json", "facts.json",
        "categories.json", "levels.json", "counters.json", "calendars.json", "calculators.json", "verifications.json", "reports.json",
        "records.json", "pack.json",
    ];

    // members that name an element of a list, the first that is there
    private static readonly string[] Identities = ["key", "id", "kind", "fact", "what"];
    private static readonly string[] Names = ["name", "question", "subject", "title", "message", "text"];

    public static IReadOnlyList<Part> Of(PackWording wording) =>
        [.. wording.Pack.Files.OrderBy(file => Rank(file.Key)).ThenBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => Of(file.Key, file.Value, wording))];

    /// <summary>The key of an element of a list; null where such elements have none.</summary>
    public static string? Identity(JsonElement element) => element.ValueKind != JsonValueKind.Object
        ? null
        : Identities.Select(name => Text(element, name)).FirstOrDefault(key => key is not null);

    /// <summary>What an element is called; its key where it has no name.</summary>
    public static BilingualText NameOf(JsonElement element, string key, PackWording wording) =>
        Names.Select(name => element.TryGetProperty(name, out var member) ? Bilingual(member) : null).FirstOrDefault(name => name is not null)
        ?? (Text(element, "fact") is { } fact ? wording.Fact(fact) : null)
        ?? (Text(element, "at") is { } at && PackWording.Moment(at) is { } moment ? moment : null)
        ?? (Text(element, "who") is { } who ? wording.Candidate(who) : null)
        ?? new BilingualText(key, key);

    public static BilingualText? Bilingual(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.EnumerateObject().All(member => member.Name is "zh" or "en")
            && (Text(json, "zh") ?? Text(json, "en")) is { } either
            ? new BilingualText(Text(json, "zh") ?? either, Text(json, "en") ?? either)
            : null;

    public static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    /// <summary>The place of a file in the order of reading.</summary>
    public static int Rank(string file) =>
        PartPlace.WorkflowOf(file) is not null ? -1 : Array.IndexOf(Order, file) is >= 0 and var place ? place : Order.Length;

    private static IEnumerable<Part> Of(string file, string text, PackWording wording)
    {
        if (!JsonText.TryParse(text, out var root, out _))
        {
            return [];
        }

        return PartPlace.WorkflowOf(file) is not null ? WorkflowParts.Of(file, root, wording)
            : file.StartsWith("scenarios/", StringComparison.Ordinal) ? [new Part(new PartPlace(file, "", ""), "$", PartWords.File(file), root)]
            : Of(file, root, wording);
    }

    private static List<Part> Of(string file, JsonElement root, PackWording wording)
    {
        var parts = new List<Part>();
        var rest = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Array && member.Value.EnumerateArray().All(element => Identity(element) is not null))
            {
                parts.AddRange(member.Value.EnumerateArray().Select((element, index) => new Part(
                    new PartPlace(file, member.Name, Identity(element)!), $"$.{member.Name}[{index}]", NameOf(element, Identity(element)!, wording), element)));
            }
            else
            {
                rest[member.Name] = member.Value;
            }
        }

        if (rest.Count > 0)
        {
            parts.Insert(0, new Part(new PartPlace(file, "", ""), "$", PartWords.File(file), JsonSerializer.SerializeToElement(rest)));
        }

        return parts;
    }
}

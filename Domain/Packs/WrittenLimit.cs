using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Domain.Packs.Reading;

namespace CaseManagement.Domain.Packs;

/// <summary>
/// A time limit as a pack writes it, and changes of it: a change names members in place of those the limit had, null takes a member away, and a unit
/// that takes no number its amount. So what an administrator leaves alone stays as each version of the process has it.
/// </summary>
public static class WrittenLimit
{
    private const string File = "limits.json";

    /// <summary>The members a change may set; key, clock and name belong to the process.</summary>
    public static readonly IReadOnlyList<string> Adjustable =
        ["when", "from", "to", "amount", "unit", "promised", "calendar", "countFrom", "endOf", "ifNonWorking", "reset", "pause", "extend", "may", "notice", "rungs"];

    /// <summary>The pack's limits by key, as they are written.</summary>
    public static IReadOnlyDictionary<string, JsonObject> Of(ProcessPack pack)
    {
        var limits = JsonNode.Parse(pack.Files.GetValueOrDefault(File) ?? "{}")?["limits"] as JsonArray ?? [];
        return limits.OfType<JsonObject>().Where(limit => limit["key"] is JsonValue).ToDictionary(limit => limit["key"]!.GetValue<string>(), StringComparer.Ordinal);
    }

    /// <summary>The limit with a change made to it; a unit that takes no number has none.</summary>
    public static JsonObject With(JsonObject limit, JsonObject change)
    {
        var after = (JsonObject)limit.DeepClone();
        foreach (var (name, value) in change)
        {
            if (value is null)
            {
                after.Remove(name);
            }
            else
            {
                after[name] = value.DeepClone();
            }
        }

        if (after["unit"] is JsonValue unit && unit.TryGetValue<string>(out var word) && LimitDefinition.UnitOf(FactValue.Of(word)) is { } known && !known.TakesAmount())
        {
            after.Remove("amount");
        }

        return after;
    }

    /// <summary>The change that leads from one to the other; empty when they say the same.</summary>
    public static JsonObject Change(JsonObject before, JsonObject after)
    {
        var change = new JsonObject();
        foreach (var name in Adjustable.Where(name => !JsonNode.DeepEquals(before[name], after[name])))
        {
            change[name] = after[name]?.DeepClone();
        }

        return change;
    }

    /// <summary>Reads a limit.</summary>
    /// <exception cref="InvalidTimeRuleException"><c>limit.unreadable</c></exception>
    public static LimitDefinition Read(JsonObject limit)
    {
        var findings = new PackFindings();
        using var json = JsonDocument.Parse(limit.ToJsonString());
        var read = LimitsReader.Limit(new PackObject(json.RootElement.Clone(), File, "$", findings));
        return findings.HasErrors
            ? throw new InvalidTimeRuleException("limit.unreadable", $"The limit {read.Key} cannot be read: {findings.All[0].JsonPath[1..]} {findings.All[0].Message.En}", read.Key)
            : read;
    }

    /// <summary>The pack's files with one limit as it shall be; one it has not is its last.</summary>
    /// <returns>The files, and the limit's place in its file, such as <c>$.limits[2]</c>.</returns>
    public static (Dictionary<string, string> Files, string Path) Replaced(ProcessPack pack, JsonObject limit)
    {
        var file = (JsonObject)JsonNode.Parse(pack.Files[File])!;
        var limits = (JsonArray)file["limits"]!;
        var at = Enumerable.Range(0, limits.Count).Where(index => JsonNode.DeepEquals(limits[index]!["key"], limit["key"])).DefaultIfEmpty(limits.Count).First();
        if (at < limits.Count)
        {
            limits[at] = limit.DeepClone();
        }
        else
        {
            limits.Add(limit.DeepClone());
        }

        return (new Dictionary<string, string>(pack.Files, StringComparer.Ordinal) { [File] = file.ToJsonString() }, $"$.limits[{at}]");
    }

    /// <summary>What differs between two forms of a limit, in words.</summary>
    public static IReadOnlyList<MemberChange> InWords(ProcessPack pack, JsonObject before, JsonObject after)
    {
        var wording = new PackWording(pack);
        using var old = JsonDocument.Parse(before.ToJsonString());
        using var now = JsonDocument.Parse(after.ToJsonString());
        return [.. new JsonDifference(File, wording, wording).Between(old.RootElement, now.RootElement)];
    }

    /// <summary>A condition in words, in the pack's names.</summary>
    public static BilingualText InWords(ProcessPack pack, Classification.Condition condition) => ConditionWords.Of(condition, new PackWording(pack));
}

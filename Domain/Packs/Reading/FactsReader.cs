using System.Text.Json;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Reading;

/// <summary>Reads <c>facts.json</c>.</summary>
internal static class FactsReader
{
    public static IReadOnlyList<FactDefinition> Read(PackObject json) => json.Keyed("facts", Fact, fact => fact.Key, required: true);

    public static FactOption Option(PackObject json) => new(json.Key(), json.Names("name"), json.Condition("when"));

    private static FactDefinition Fact(PackObject json) => Fact(json, 0);

    private static FactDefinition Fact(PackObject json, int depth)
    {
        var key = json.Key();
        if (key.Contains(':', StringComparison.Ordinal) || key.Contains('.', StringComparison.Ordinal))
        {
            json.Error(FindingCodes.KeyInvalid, "key", "事实的键不能含冒号或句点", "A fact's key has neither colon nor full stop");
        }

        var keep = json.TextOrNull("keep");
        if (keep is not (null or "first" or "last"))
        {
            json.Wrong("keep", " first 或 last", "first or last");
        }

        var type = json.Word<FactType>("type");
        if (type >= FactType.Category)
        {
            json.Wrong("type", "流程包可用的类型", "a type that packs may use");
        }

        return new FactDefinition(key, json.Names("name"), type, json.Word<FactSource>("by", depth > 0 ? FactSource.Handler : null))
        {
            Options = Options(json),
            Unit = json.TextOrNull("unit"),
            Min = json.Number("min"),
            Max = json.Number("max"),
            Per = json.TextOrNull("per"),
            Columns = depth < FactLimits.MaxDepth ? json.Keyed("columns", column => Fact(column, depth + 1), column => column.Key) : [],
            Value = json.TextOrNull("value"),
            Undetermined = Undetermined(json),
            KeepsFirst = keep == "first",
            Sensitive = json.Flag("sensitive"),
        };
    }

    // Roles are listed by their keys alone; other options have names.
    private static IReadOnlyList<FactOption>? Options(PackObject json)
    {
        if (json.Member("options") is not { ValueKind: JsonValueKind.Array } options)
        {
            return json.Has("options") ? json.Keyed("options", Option, option => option.Key) : null;
        }

        return options.EnumerateArray().All(option => option.ValueKind == JsonValueKind.String)
            ? [.. json.Texts("options").Select(key => new FactOption(key, null))]
            : json.Keyed("options", Option, option => option.Key);
    }

    private static BilingualText? Undetermined(PackObject json)
    {
        if (json.Member("undetermined") is not { ValueKind: JsonValueKind.String })
        {
            return json.NamesOrNull("undetermined");
        }

        return json.TextOrNull("undetermined") is { } text ? new BilingualText(text, text) : null;
    }
}

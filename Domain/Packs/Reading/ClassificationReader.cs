using System.Text.Json;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Reading;

/// <summary>Reads <c>categories.json</c>, <c>levels.json</c> and <c>tables.json</c>.</summary>
internal static class ClassificationReader
{
    private const int MaxTreeDepth = 12;

    public static IReadOnlyList<CategoryTree> Trees(PackObject json) => json.Keyed("trees", Tree, tree => tree.Key, required: true);

    public static IReadOnlyList<Level> Levels(PackObject json) =>
        json.Keyed("levels", level => new Level(level.Key(), level.Names("name")), level => level.Key, required: true);

    public static IReadOnlyList<DecisionTable> Tables(PackObject json, FactCatalogue facts) =>
        json.Keyed("tables", table => Table(table, facts), table => table.Key, required: true);

    private static CategoryTree Tree(PackObject json)
    {
        var tree = new CategoryTree(json.Key(), json.Names("name"), Nodes(json, "nodes", 0, isRetired: false), json.Clauses());
        var twice = AllKeys(tree.Nodes).GroupBy(key => key, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            json.Error(FindingCodes.KeyTwice, "nodes", $"键“{twice.Key}”重复", $"The key '{twice.Key}' is used twice");
        }

        return tree;
    }

    private static IReadOnlyList<CategoryNode> Nodes(PackObject json, string name, int depth, bool isRetired)
    {
        if (depth > MaxTreeDepth)
        {
            json.Error(FindingCodes.MemberWrong, name, $"分类不能超过 {MaxTreeDepth} 层",
                $"Categories go at most {MaxTreeDepth} levels deep");
            return [];
        }

        return json.List(name, Node, required: depth == 0);

        // what is below a retired category is retired with it
        CategoryNode Node(PackObject node)
        {
            var gone = node.Flag("retired") || isRetired;
            return new CategoryNode(node.Key(), node.Names("name"), Nodes(node, "children", depth + 1, gone)) { IsRetired = gone };
        }
    }

    private static IEnumerable<string> AllKeys(IEnumerable<CategoryNode> nodes) =>
        nodes.SelectMany(node => AllKeys(node.Children).Prepend(node.Key));

    private static DecisionTable Table(PackObject json, FactCatalogue facts) =>
        new(json.Key(), json.Names("name"), json.Word<HitPolicy>("hit"), json.List("rows", row => Row(row, facts), required: true))
        {
            Otherwise = Output(json, "otherwise", facts),
            Live = json.Flag("live"),
            RaiseOnly = json.Flag("raiseOnly"),
            OneStep = json.Flag("oneStep"),
            Priority = json.Texts("priority"),
            Clauses = json.Clauses(),
        };

    private static TableRow Row(PackObject json, FactCatalogue facts)
    {
        if (!json.Has("then"))
        {
            json.Missing("then");
        }

        return new TableRow(json.RequiredCondition("if"), Output(json, "then", facts) ?? TableOutput.None, json.Names("why"), json.Clauses());
    }

    private static TableOutput? Output(PackObject json, string name, FactCatalogue facts)
    {
        if (json.Object(name) is not { } output)
        {
            return null;
        }

        var values = new Dictionary<string, FactValue>(StringComparer.Ordinal);
        foreach (var member in json.Member(name)!.Value.EnumerateObject().Where(member => member.Name != "outcome"))
        {
            values[member.Name] = Value(output, member, facts);
        }

        return new TableOutput(values, output.Texts("outcome"));
    }

    private static FactValue Value(PackObject output, JsonProperty member, FactCatalogue facts)
    {
        if (facts.Find(member.Name) is not { } fact)
        {
            output.Error(FindingCodes.FactUnknown, member.Name, $"没有事实“{member.Name}”", $"There is no fact '{member.Name}'");
            return FactValue.Unknown;
        }

        // A single option stands for a list of one, so that rows of a collect table read naturally.
        var isSingle = fact.IsList && member.Value.ValueKind == JsonValueKind.String;
        var result = FactCoercion.Coerce(isSingle ? fact with { Type = FactType.Choice } : fact, member.Value);
        if (!result.IsGood)
        {
            var code = result.Refusal == FactRefusals.OptionUnknown ? FindingCodes.OptionUnknown : FindingCodes.ValueWrong;
            output.Error(code, member.Name, $"“{member.Name}”不能取这个值", $"'{member.Name}' cannot take this value");
        }

        return isSingle && result.IsGood ? FactValue.OfList([result.Value.Text!]) : result.Value;
    }
}

using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs.Reading;

namespace CaseManagement.Domain.Packs.Checks;

/// <summary><c>tables.json</c> and <c>counters.json</c>.</summary>
internal static class TablesCheck
{
    public static void Run(PackReferences references)
    {
        foreach (var (table, index) in references.Pack.Tables.Values.Select((table, index) => (table, index)))
        {
            Check(table, new Place("tables.json", $"$.tables[{index}]"), references);
        }

        foreach (var (counter, index) in references.Pack.Counters.Values.Select((counter, index) => (counter, index)))
        {
            Check(counter, new Place("counters.json", $"$.counters[{index}]"), references);
        }
    }

    private static void Check(DecisionTable table, Place place, PackReferences references)
    {
        references.Clauses(table.Clauses, place.At(".clause"));
        for (var row = 0; row < table.Rows.Count; row++)
        {
            var at = place.At($".rows[{row}]");
            references.Condition(table.Rows[row].If, at.At(".if"));
            references.Clauses(table.Rows[row].Clauses, at.At(".clause"));
            CheckOutput(table.Rows[row].Then, at.At(".then"), references);
            CheckPriority(table, table.Rows[row].Then, at.At(".then"), references);
        }

        if (table.Otherwise is null)
        {
            references.Findings.Error(
                FindingCodes.TableWithoutOtherwise, place, $"决策表“{table.Key}”没有“其他情况”行",
                $"The table '{table.Key}' has no otherwise row");
        }
        else
        {
            CheckOutput(table.Otherwise, place.At(".otherwise"), references);
        }

        if (table.Hit == HitPolicy.Unique && TableCoverage.IsTooLarge(table))
        {
            references.Findings.Warn(
                FindingCodes.TableOverlap, place, $"决策表“{table.Key}”太大，未检查各行是否重叠",
                $"The table '{table.Key}' is too large to see whether rows overlap");
        }
        else if (table.Hit == HitPolicy.Unique)
        {
            foreach (var (first, second) in TableCoverage.Overlaps(table, references.Pack).Select(found => (found.Other!.Value, found.Row!.Value)))
            {
                references.Findings.Error(
                    FindingCodes.TableOverlap, place.At($".rows[{second}]"),
                    $"第 {first + 1} 行与第 {second + 1} 行可能同时成立", $"Rows {first + 1} and {second + 1} can both match");
            }
        }
    }

    private static void CheckOutput(TableOutput output, Place place, PackReferences references)
    {
        foreach (var (name, _) in output.Facts)
        {
            if (references.Pack.Facts.Find(name) is { } fact && !fact.MayBeWrittenBy(FactOrigin.Table))
            {
                references.Findings.Error(
                    FindingCodes.FactNotWritable, place.At($".{name}"), $"“{name}”不由决策表填写", $"'{name}' is not set by a table");
            }
        }
    }

    private static void CheckPriority(DecisionTable table, TableOutput output, Place place, PackReferences references)
    {
        var isPlaced = table.Priority.Count == 0
            ? output.Facts.TryGetValue("level", out var level) && level.Kind == FactValueKind.Text
            : output.Facts.Values.Select(value => value.Text).Concat(output.Outcomes)
                .Any(text => text is not null && table.Priority.Contains(text));
        if (table.Hit == HitPolicy.Priority && !isPlaced)
        {
            references.Findings.Error(
                FindingCodes.ValueMissing, place, "这一行的结果没有等级，也不在 priority 中",
                "The row gives no level and nothing that stands in priority");
        }
    }

    private static void Check(Counter counter, Place place, PackReferences references)
    {
        references.Clauses(counter.Clauses, place.At(".clause"));
        references.Condition(counter.Where, place.At(".where"));
        references.Setting(counter.Reach.Setting, place.At(".reach"));
        foreach (var fact in counter.Distinct is { } distinct ? counter.Same.Append(distinct) : counter.Same)
        {
            references.Fact(fact, place);
        }

        if (counter.Of is { } of && of.StartsWith("award:", StringComparison.Ordinal))
        {
            references.Calculator(of["award:".Length..], place.At(".of"));
        }

        foreach (var side in counter.Rate is { } rate ? new[] { rate.Of, rate.Base } : [])
        {
            if (side != Counter.Itself && !side.StartsWith(Figures.FigureNames.External, StringComparison.Ordinal))
            {
                references.Fact(side, place.At(".rate"));
            }
        }

        var reaches = counter.Reach.Setting is { } setting
            ? references.Pack.Identity.Settings.FirstOrDefault(candidate => candidate.Key == setting)?.Options?.Select(option => option.Key) ?? []
            : [counter.Reach.Value.Text ?? string.Empty];
        if (reaches.Any(reach => reach is not ("back" or "group")))
        {
            references.Findings.Error(FindingCodes.ValueWrong, place.At(".reach"), "reach 应为 back 或 group",
                "reach should be back or group");
        }
    }
}

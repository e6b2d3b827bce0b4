using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Checks;

/// <summary>Finds rows of a unique table that can both match, by looking for a value of each fact that passes both rows'
/// tests. Settings have their default readings; a fact on the right of a comparison is taken as 0.</summary>
internal static class TableOverlap
{
    // Pairs grow with the square of the rows.
    private const int MaxAlternatives = 400;

    private static readonly FactValue[] Plain =
        [FactValue.Unknown, FactValue.Of(true), FactValue.Of(false), FactValue.Of(0), FactValue.Of("\u0000any"), FactValue.OfList([])];

    /// <summary>A table with more alternatives in its rows is not compared.</summary>
    public static bool IsTooLarge(DecisionTable table) => table.Rows.Sum(row => row.If.Alternatives.Count) > MaxAlternatives;

    public static IEnumerable<(int First, int Second)> Of(DecisionTable table, ProcessPack pack)
    {
        var settings = pack.Settings();
        var rows = table.Rows;
        for (var second = 1; second < rows.Count; second++)
        {
            for (var first = 0; first < second; first++)
            {
                if (CanBothMatch(rows[first].If, rows[second].If, pack, settings))
                {
                    yield return (first, second);
                }
            }
        }
    }

    private static bool CanBothMatch(Condition first, Condition second, ProcessPack pack, PackSettings settings) =>
        first.Alternatives.Any(one => second.Alternatives.Any(other => CanBothMatch(one, other, pack, settings)));

    private static bool CanBothMatch(Alternative first, Alternative second, ProcessPack pack, PackSettings settings) =>
        first.Tests.Concat(second.Tests).GroupBy(part => part.Fact, StringComparer.Ordinal).All(tests =>
            Candidates([.. tests], pack.Facts.Find(tests.Key), settings).Any(value =>
            {
                var reader = new Sample(tests.Key, value, pack.Categories, settings);
                return tests.All(part => part.Test.Matches(part.Fact, reader));
            }));

    private static IEnumerable<FactValue> Candidates(FactTest[] tests, FactDefinition? fact, PackSettings settings)
    {
        var parts = tests.SelectMany(part => part.Test.Parts).ToList();
        var literals = parts.OfType<UnaryTest.Value>().Select(value => value.Literal).Distinct(StringComparer.Ordinal).ToList();
        var values = fact switch
        {
            { IsList: true } or { Type: FactType.Rows } => Lists(parts, literals, settings),
            { Type: FactType.Boolean } => [FactValue.Of(true), FactValue.Of(false)],
            { Options: { } options } => options.Select(option => FactValue.Of(option.Key)),
            _ => Plain
                .Concat(literals.Select(FactValue.Of))
                .Concat(Numbers(parts, settings).Select(FactValue.Of)),
        };
        return values.Append(FactValue.Unknown);
    }

    // Every bound, and a number beside each: between two bounds, below the first, above the last.
    private static IEnumerable<decimal> Numbers(List<UnaryTest> parts, PackSettings settings)
    {
        var bounds = parts.SelectMany(Operands).Select(operand => Bound(operand, settings))
            .Concat(parts.OfType<UnaryTest.Value>().Select(value => value.Typed.Number).OfType<decimal>())
            .Distinct().Order().ToList();
        var between = bounds.Zip(bounds.Skip(1), (low, high) => (low + high) / 2);
        return bounds.Count == 0 ? [0] : bounds.Concat(between).Append(bounds[0] - 1).Append(bounds[^1] + 1);
    }

    private static IEnumerable<FactValue> Lists(List<UnaryTest> parts, List<string> literals, PackSettings settings)
    {
        var sizes = Numbers(parts, settings).Select(number => (int)Math.Clamp(Math.Ceiling(number), 0, FactLimits.MaxRows)).Distinct();
        var fillers = sizes.Select(size => Enumerable.Range(0, size).Select(index => $"\u0000{index}"));
        return fillers.SelectMany(filler => new[]
            {
                FactValue.OfList(filler),
                FactValue.OfList(literals.Concat(filler.Skip(literals.Count))),
            })
            .Concat(literals.Select(literal => FactValue.OfList([literal])));
    }

    private static IEnumerable<Operand> Operands(UnaryTest part) => part switch
    {
        UnaryTest.Compare compare => [compare.Operand],
        UnaryTest.CountCompare count => [count.Operand],
        UnaryTest.Range range => [range.From, range.To],
        _ => [],
    };

    private static decimal Bound(Operand operand, PackSettings settings) =>
        operand.Number ?? (FactNames.SettingKey(operand.Name!) is { } key ? settings.Read(key).Number : null) ?? 0;

    private sealed class Sample(string fact, FactValue value, CategoryTrees categories, PackSettings settings) : IFactReader
    {
        public CategoryTrees Categories => categories;

        public FactValue Read(string name) =>
            name == fact ? value
            : FactNames.SettingKey(name) is { } key ? settings.Read(key)
            : FactValue.Of(0);
    }
}

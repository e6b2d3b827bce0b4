using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Checks;

/// <summary>Values of a fact among which every combination of its tests has a member: options, both truths, every bound with a number
/// on each side, lists of each length that matters, and nothing. Settings have their default readings; a fact on the right of a
/// comparison is taken as 0.</summary>
internal static class FactSamples
{
    /// <summary>Stands for any text that no test names.</summary>
    public const string AnyText = "\u0000any";

    private static readonly FactValue[] Plain =
        [FactValue.Of(true), FactValue.Of(false), FactValue.Of(0), FactValue.Of(AnyText), FactValue.OfList([])];

    /// <summary>Samples of a fact, those people would think of first; <see cref="FactValue.Unknown"/> is the last.</summary>
    /// <param name="name">The fact, or a name with a prefix.</param>
    /// <param name="fact">Its definition; null for a name with a prefix or one that is not known.</param>
    /// <param name="tests">All tests of it that are looked at together.</param>
    /// <param name="settings">The readings.</param>
    public static IEnumerable<FactValue> Of(string name, FactDefinition? fact, IEnumerable<UnaryTest> tests, PackSettings settings)
    {
        var parts = tests.SelectMany(test => test.Parts).ToList();
        var literals = parts.OfType<UnaryTest.Value>().Select(value => value.Literal).Distinct(StringComparer.Ordinal).ToList();
        var values = fact switch
        {
            { IsList: true } or { Type: FactType.Rows } => Lists(parts, literals, settings),
            { Type: FactType.Boolean } => [FactValue.Of(true), FactValue.Of(false)],
            { Options: { } options } => options.Select(option => FactValue.Of(option.Key)),
            { Type: FactType.Number or FactType.Money } => Numbers(parts, settings).Where(number => !(number < fact.Min) && !(number > fact.Max)).Select(FactValue.Of),
            _ when FactNames.TrySplit(name, out var prefix, out _) => OfPrefix(prefix, literals, parts, settings),
            _ => literals.Select(FactValue.Of).Concat(Plain).Concat(Numbers(parts, settings).Select(FactValue.Of)),
        };
        var undetermined = fact?.Undetermined is { } text ? [FactValue.Of(text.Zh), FactValue.Of(text.En)] : Array.Empty<FactValue>();
        return values.Concat(undetermined).Append(FactValue.Unknown).Distinct();
    }

    /// <summary>A case of which one fact is looked at.</summary>
    public static IFactReader Reader(string fact, FactValue value, ProcessPack pack, PackSettings settings) => new Sample(fact, value, pack.Categories, settings);

    private static IEnumerable<FactValue> OfPrefix(string prefix, List<string> literals, List<UnaryTest> parts, PackSettings settings) => prefix switch
    {
        "count" or "rounds" => Numbers(parts, settings).Where(number => number >= 0).Select(FactValue.Of),
        "signed" => [FactValue.Of(true), FactValue.Of(false)],
        "clock" => ConditionCheck.ClockStates.Select(FactValue.Of),
        "approval" => ConditionCheck.ApprovalStates.Select(FactValue.Of),
        "document" => ConditionCheck.DocumentStates.Select(FactValue.Of),
        _ => literals.Append(AnyText).Select(FactValue.Of),
    };

    // Every bound, and a number beside each: one more, one less, and between two that are closer than that.
    private static IEnumerable<decimal> Numbers(List<UnaryTest> parts, PackSettings settings)
    {
        var bounds = parts.SelectMany(Operands).Select(operand => Bound(operand, settings))
            .Concat(parts.OfType<UnaryTest.Value>().Select(value => value.Typed.Number).OfType<decimal>())
            .Distinct().Order().ToList();
        var beside = bounds.SelectMany(bound => new[] { bound - 1, bound + 1 });
        var between = bounds.Concat(beside).Distinct().Order().ToList();
        return bounds.Count == 0 ? [0] : bounds.Concat(beside).Concat(between.Zip(between.Skip(1), (low, high) => (low + high) / 2)).Distinct();
    }

    private static IEnumerable<FactValue> Lists(List<UnaryTest> parts, List<string> literals, PackSettings settings)
    {
        var sizes = Numbers(parts, settings).Select(number => (int)Math.Clamp(Math.Ceiling(number), 0, FactLimits.MaxRows)).Append(0).Distinct();
        var fillers = sizes.Select(size => Enumerable.Range(0, size).Select(index => $"\u0000{index}"));
        return literals.Select(literal => FactValue.OfList([literal])).Concat(fillers.SelectMany(filler => new[]
        {
            FactValue.OfList(literals.Concat(filler.Skip(literals.Count))),
            FactValue.OfList(filler),
        }));
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

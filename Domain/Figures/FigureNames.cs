using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Figures;

/// <summary>A figure a process reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">What people read.</param>
/// <param name="Fact">The fact that stands for it; null where only counters or reports read it.</param>
/// <param name="IsPeriodic">Given for a period, as units sold in a month; else it holds from a day on.</param>
/// <param name="ForFact">The fact whose value says for what it is looked up; null: for all alike.</param>
public sealed record FigureUse(string Name, BilingualText Label, FactDefinition? Fact, bool IsPeriodic, string? ForFact);

/// <summary>Which figures a process reads: facts by <c>reference</c> and <c>external</c>, and what counters and reports name <c>external.x</c>.</summary>
public static class FigureNames
{
    /// <summary>What stands before the name of a figure from outside.</summary>
    public const string External = "external.";

    /// <summary>Several values that say together for what a figure is, as one text.</summary>
    public static string For(IEnumerable<string> values) => string.Join(" / ", values);

    /// <summary>The figures, those of facts first.</summary>
    public static IReadOnlyList<FigureUse> Of(ProcessPack pack)
    {
        var used = pack.OwnFacts.Where(fact => fact.By is FactSource.Reference or FactSource.External && fact.Type is FactType.Number or FactType.Money)
            .Select(fact => new FigureUse(fact.Key, fact.Name, fact, fact.By == FactSource.External, fact.Per is { } per && pack.Facts.Find(per) is not null ? per : null))
            .ToList();
        var named = pack.Counters.Values.SelectMany(counter => counter.Rate is { } rate ? new[] { (rate.Of, For: Same(counter)), (rate.Base, For: Same(counter)) } : [])
            .Concat(pack.Reports.Values.SelectMany(report => report.Measures.SelectMany(measure => new[] { measure.Count.Figure, measure.Base?.Figure })
                .OfType<string>().Select(figure => (figure, For: report.By is [var only] ? only : null))));
        foreach (var (name, forFact) in named.Where(one => one.Item1.StartsWith(External, StringComparison.Ordinal)))
        {
            var key = name[External.Length..];
            if (!used.Exists(use => use.Name == key))
            {
                used.Add(new FigureUse(key, new BilingualText(key, key), null, true, forFact));
            }
        }

        return used;

        static string? Same(Counter counter) => counter.Same is [var only] ? only : null;
    }
}

using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Classification;

/// <summary>A decision table of a process pack.</summary>
public sealed record DecisionTable(string Key, BilingualText Name, HitPolicy Hit, IReadOnlyList<TableRow> Rows)
{
    private const string LevelFact = "level";

    /// <summary>The fall-through row; null where the pack has none (a finding): then nothing is written.</summary>
    public TableOutput? Otherwise { get; init; }

    /// <summary>Worked out again, in the same commit, whenever something in <see cref="Reads"/> changes.</summary>
    public bool Live { get; init; }

    /// <summary>Never lowers the level.</summary>
    public bool RaiseOnly { get; init; }

    /// <summary>One event moves the level by one step only.</summary>
    public bool OneStep { get; init; }

    /// <summary>Outputs in order of precedence, for <see cref="HitPolicy.Priority"/>; empty means the gravest level.</summary>
    public IReadOnlyList<string> Priority { get; init; } = [];

    public IReadOnlyList<string> Clauses { get; init; } = [];

    /// <summary>Every fact, prefixed name and setting a condition of the table reads. A derived fact is named as itself,
    /// not by what it is worked out from.</summary>
    public IReadOnlySet<string> Reads { get; } = Rows.SelectMany(row => row.If.Reads).ToHashSet(StringComparer.Ordinal);

    /// <summary>The ports the table can name; <c>Done</c> stands for a row that names none.</summary>
    public IEnumerable<string> PossibleOutcomes => Rows.Select(row => row.Then)
        .Append(Otherwise ?? TableOutput.None)
        .SelectMany(output => output.Outcomes.DefaultIfEmpty("Done"))
        .Distinct(StringComparer.Ordinal);

    /// <summary>Applies the table to a complaint; writes nothing.</summary>
    /// <param name="reader">The complaint.</param>
    /// <param name="levels">The process's levels, for the gravest of several.</param>
    /// <exception cref="RuleViolationException"><c>table-not-unique</c>: two rows of a unique table match.</exception>
    public TableDecision Evaluate(IFactReader reader, LevelScale levels)
    {
        var hits = new List<int>();
        for (var index = 0; index < Rows.Count; index++)
        {
            if (Rows[index].If.Holds(reader))
            {
                hits.Add(index);
                if (Hit == HitPolicy.First)
                {
                    break;
                }
            }
        }

        RuleViolationException.ThrowUnless(
            Hit != HitPolicy.Unique || hits.Count <= 1,
            new Rule("table-not-unique", $"Rows {string.Join(", ", hits.Select(index => index + 1))} of the unique table '{Key}' match at once."));

        if (hits.Count == 0)
        {
            return new TableDecision(Key, Otherwise ?? TableOutput.None, []);
        }

        if (Hit == HitPolicy.Collect)
        {
            return new TableDecision(Key, Collect(hits), [.. hits.Select(index => Explain(index, reader))]);
        }

        var leading = Hit == HitPolicy.Priority ? hits.OrderBy(index => PrecedenceOf(Rows[index].Then, levels)).First() : hits[0];
        return new TableDecision(Key, Rows[leading].Then, [Explain(leading, reader)]);
    }

    private DecidingRow Explain(int index, IFactReader reader)
    {
        var row = Rows[index];
        return new DecidingRow(index, WhyText.Fill(row.Why, reader), row.Clauses.Count > 0 ? row.Clauses : Clauses);
    }

    internal int PrecedenceOf(TableOutput output, LevelScale levels)
    {
        if (Priority.Count == 0)
        {
            return output.Facts.GetValueOrDefault(LevelFact)?.Text is { } level ? levels.PlaceOf(level) ?? int.MaxValue : int.MaxValue;
        }

        return output.Facts.Values.Select(value => value.Text)
            .Concat(output.Outcomes)
            .Select(text => text is null ? -1 : IndexInPriority(text))
            .Where(place => place >= 0)
            .DefaultIfEmpty(int.MaxValue)
            .Min();
    }

    private int IndexInPriority(string text)
    {
        for (var place = 0; place < Priority.Count; place++)
        {
            if (Priority[place] == text)
            {
                return place;
            }
        }

        return -1;
    }

    private TableOutput Collect(List<int> hits)
    {
        var facts = new Dictionary<string, FactValue>(StringComparer.Ordinal);
        foreach (var (fact, value) in hits.SelectMany(index => Rows[index].Then.Facts))
        {
            facts[fact] = !facts.TryGetValue(fact, out var earlier) ? value
                : earlier.List is { } list && value.List is { } more ? FactValue.OfList(list.Union(more, StringComparer.Ordinal))
                : earlier;
        }

        return new TableOutput(facts, [.. hits.SelectMany(index => Rows[index].Then.Outcomes).Distinct(StringComparer.Ordinal)]);
    }
}

using CaseManagement.Domain.Classification;

namespace CaseManagement.Domain.Packs.Reading;

/// <summary>Reads <c>counters.json</c>.</summary>
internal static class CountersReader
{
    private static readonly string[] SpanUnits = ["days", "weeks", "months", "years"];

    public static IReadOnlyList<Counter> Read(PackObject json) => json.Keyed("counters", Counter, counter => counter.Key, required: true);

    /// <summary>An amount with a unit of calendar time.</summary>
    public static PackSpan Span(PackObject json)
    {
        var amount = json.Whole("amount");
        var unit = json.Text("unit");
        if (amount is null or 0)
        {
            json.Wrong("amount", "正整数", "a whole number above zero");
        }

        if (unit.Length > 0 && !SpanUnits.Contains(unit, StringComparer.Ordinal))
        {
            json.Wrong("unit", " days、weeks、months 或 years", "days, weeks, months or years");
        }

        return new PackSpan(amount ?? 1, unit);
    }

    private static Counter Counter(PackObject json)
    {
        var window = json.Object("window");
        var rate = json.Object("rate");
        var counter = new Counter(json.Key(), json.Names("name"), json.Texts("same", required: true))
        {
            Of = json.TextOrNull("of"),
            Where = json.Condition("where"),
            Distinct = json.TextOrNull("distinct"),
            Window = window is null ? null : Span(window),
            Reach = json.Reading("reach") ?? PolicyReading.Of("back"),
            Link = json.Flag("link"),
            Measure = json.TextOrNull("measure"),
            Rate = rate is null ? null : new CounterRate(rate.Text("of"), rate.Text("base")),
            Threshold = Threshold(json),
            Clauses = json.Clauses(),
        };
        window?.Finish();
        rate?.Finish();
        if (counter.Measure is not (null or Packs.Counter.MonthsInARow or Packs.Counter.RateOf))
        {
            json.Wrong("measure", " consecutiveMonths 或 rate", "consecutiveMonths or rate");
        }

        if ((counter.Measure is not null) != (counter.Rate is not null))
        {
            json.Error(FindingCodes.MemberMissing, "rate", "measure 与 rate 须同时写明", "A measure and a rate go together");
        }

        if ((counter.Measure == Packs.Counter.MonthsInARow) != (counter.Threshold is not null))
        {
            json.Error(FindingCodes.MemberMissing, "threshold", "连续月数须写明 threshold；其他计数的界限写在决策表里",
                "Months in a row need a threshold; that of other counters stands in a table");
        }

        if (counter.Of is { } of && !of.StartsWith(Packs.Counter.Awards, StringComparison.Ordinal) && !of.StartsWith(Packs.Counter.Events, StringComparison.Ordinal))
        {
            json.Wrong("of", " award:计算 或 event:事实", "award:calculator or event:fact");
        }

        return counter;
    }

    private static UnaryTest? Threshold(PackObject json)
    {
        if (json.Member("threshold") is not { } member)
        {
            return null;
        }

        if (UnaryTestParser.TryParse(member, out var test, out var problem))
        {
            return test;
        }

        json.Error(FindingCodes.ConditionInvalid, "threshold", problem!.Message.Zh, problem.Message.En);
        return null;
    }
}

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
        if (counter.Measure is not (null or "consecutiveMonths"))
        {
            json.Wrong("measure", " consecutiveMonths", "consecutiveMonths");
        }

        if ((counter.Measure is not null) != (counter.Rate is not null && counter.Threshold is not null))
        {
            json.Error(FindingCodes.MemberMissing, "measure", "连续月数须同时写明 rate 与 threshold",
                "Months in a row need a measure, a rate and a threshold");
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

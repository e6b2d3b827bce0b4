using System.Text.Json.Serialization;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Counting;

/// <summary>What the counters of its process said of one case when they were last asked, as conditions read <c>count:key</c>.</summary>
public sealed class CaseCounts
{
    [JsonInclude, JsonPropertyName("values")]
    internal Dictionary<string, decimal> Values { get; init; } = [];

    [JsonInclude, JsonPropertyName("as")]
    internal Dictionary<string, CountedAs> Counted { get; init; } = [];

    [JsonIgnore]
    public IReadOnlyDictionary<string, decimal> All => Values;

    /// <summary>Unknown while the facts that cases are counted by are not known.</summary>
    public FactValue Read(string counter) => Values.TryGetValue(counter, out var count) ? FactValue.Of(count) : FactValue.Unknown;

    /// <summary>By what the case was last counted; null: it was not.</summary>
    public CountedAs? AsOf(string counter) => Counted.GetValueOrDefault(counter);

    /// <summary>Notes what a counter says now. A count that changed is recorded and may move tables.</summary>
    public void Note(CaseAct act, string counter, CountedAs? counted, decimal? count)
    {
        if (counted is null)
        {
            Counted.Remove(counter);
        }
        else
        {
            Counted[counter] = counted;
        }

        decimal? before = Values.TryGetValue(counter, out var known) ? known : null;
        if (before == count)
        {
            return;
        }

        if (count is { } now)
        {
            Values[counter] = now;
        }
        else
        {
            Values.Remove(counter);
        }

        // one is the case itself and worth no word
        if ((before ?? 1) != (count ?? 1))
        {
            act.Record(CaseEvents.Counted, ("counter", counter), ("from", before), ("to", count));
        }

        act.Log.Signal(CaseSignals.FactsChanged);
    }
}

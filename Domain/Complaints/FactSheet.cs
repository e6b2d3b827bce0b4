using System.Text.Json.Serialization;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Complaints;

/// <summary>What is known about one case. Only the case itself writes here, so that every change is recorded and acted upon.</summary>
public sealed class FactSheet
{
    [JsonInclude, JsonPropertyName("values")]
    internal Dictionary<string, FactValue> Values { get; init; } = new(StringComparer.Ordinal);

    [JsonIgnore]
    public IReadOnlyDictionary<string, FactValue> All => Values;

    [JsonIgnore]
    public FactValue this[string name] => Values.GetValueOrDefault(name) ?? FactValue.Unknown;

    public string? Text(string name) => this[name].Text;

    public DateTimeOffset? Instant(string name) => this[name].Instant;

    public bool Is(string name) => this[name].Boolean == true;

    /// <summary>A value that is given no more.</summary>
    public static readonly Rule Retired = new(FactRefusals.OptionRetired, "Nothing is given this value any more.");

    /// <summary>Writes facts somebody gave. Moments among them stamp, the rest is recorded as one event.</summary>
    /// <exception cref="RuleViolationException"><see cref="Retired"/>: a case keeps a retired value, none is given one.</exception>
    public void Change(CaseAct act, IReadOnlyDictionary<string, FactValue> facts, string? reason)
    {
        foreach (var (name, value) in facts)
        {
            RuleViolationException.ThrowUnless(this[name] == value || act.Rules.Pack.Facts.Find(name)?.IsRetired(value) != true, Retired);
        }

        var changes = Apply(facts);
        if (changes.Count > 0)
        {
            act.Record(CaseEvents.FactsChanged, ("facts", CaseFacts.ToJson(changes.ToDictionary(c => c.Name, c => c.New))),
                ("before", CaseFacts.ToJson(changes.ToDictionary(c => c.Name, c => c.Old))), ("reason", reason));
            Touched(act, changes);
        }
    }

    /// <summary>Notes the moment something happened. A fact that keeps its first value keeps it; a clock that runs to this moment is met.</summary>
    public void Stamp(CaseAct act, string moment, DateTimeOffset at)
    {
        if (Instant(moment) is { } first && act.Rules.KeepsFirst(moment))
        {
            at = first;
        }

        if (Instant(moment) != at)
        {
            Values[moment] = FactValue.Of(at);
            act.Log.Signal(CaseSignals.FactsChanged);
        }

        act.Complaint.Clocks.MomentReached(act, moment, at);
    }

    /// <summary>Writes without a word; the caller records.</summary>
    internal IReadOnlyList<FactChange> Apply(IReadOnlyDictionary<string, FactValue> facts)
    {
        var changes = new List<FactChange>();
        foreach (var (name, value) in facts)
        {
            var old = this[name];
            if (old != value)
            {
                Set(name, value);
                changes.Add(new FactChange(name, old, value));
            }
        }

        return changes;
    }

    internal void Touched(CaseAct act, IReadOnlyList<FactChange> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }

        act.Log.Signal(CaseSignals.FactsChanged);
        act.Complaint.Approvals.NoteDrafters(act, changes.Select(c => c.Name));
        foreach (var moment in changes.Where(c => c.New.Instant is not null))
        {
            act.Complaint.Clocks.MomentReached(act, moment.Name, moment.New.Instant!.Value);
        }
    }

    internal void Set(string name, FactValue value)
    {
        if (value.IsUnknown)
        {
            Values.Remove(name);
        }
        else
        {
            Values[name] = value;
        }
    }
}

/// <summary>One fact's change.</summary>
public sealed record FactChange(string Name, FactValue Old, FactValue New);

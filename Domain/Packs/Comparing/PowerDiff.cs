using System.Text.Json;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Comparing;

/// <summary>What a change gives away.</summary>
public enum PowerKind
{
    /// <summary>Something leaves the organisation by a new way.</summary>
    Egress,

    /// <summary>Somebody is told who was not told before.</summary>
    Recipient,

    /// <summary>A message carries personal data it did not carry before.</summary>
    PersonalData,

    /// <summary>Somebody may work on cases, or see them, who could not before.</summary>
    Candidate,

    /// <summary>A gate is gone or another.</summary>
    Gate,

    /// <summary>An approval is gone, or asked in other cases.</summary>
    Approval,

    /// <summary>Something was hidden and no longer is, or in other cases.</summary>
    Confidentiality,

    /// <summary>Somebody was kept from a step, or more people were needed.</summary>
    Exclusion,
}

/// <summary>One power that a version of a process gains over another, or one guard that it loses.</summary>
public sealed record PowerChange(PowerKind Kind, PartPlace Place, BilingualText Text);

/// <summary>
/// What a version of a process may do to people and their data that the version in use may not: an attacker who has taken over a process owner's
/// account needs one of these. An empty diff means that publishing gives nobody anything new.
/// </summary>
public static class PowerDiff
{
    /// <summary>The powers gained and the guards lost, by kind.</summary>
    /// <param name="before">The version in use; null when none ever was: then every power is new.</param>
    /// <param name="after">The version to be published.</param>
    public static IReadOnlyList<PowerChange> Between(PackWording? before, PackWording after)
    {
        var (old, now) = (before is null ? null : new PackPowers(before), new PackPowers(after));
        var gained = now.Reach.Values.Where(power => old is null || !Had(old, power)).Select(power => power.Change);
        return [.. gained.Concat(old is null ? [] : Lost(old, now)).DistinctBy(change => (change.Kind, change.Text)).OrderBy(change => change.Kind)];
    }

    // a candidate of a new step is no news where they were candidates of another step already
    private static bool Had(PackPowers old, Power power) =>
        old.Reach.ContainsKey(power.Key) || (power.Candidate is { } candidate && !old.Places.Contains(power.Change.Place) && old.Candidates.Contains(candidate));

    private static IEnumerable<PowerChange> Lost(PackPowers old, PackPowers now)
    {
        foreach (var (key, guard) in old.Guards)
        {
            // what guarded a step that is gone guards nothing
            if (guard.NeedsItsPlace && !now.Places.Contains(guard.Change.Place))
            {
                continue;
            }

            if (!now.Guards.TryGetValue(key, out var left))
            {
                yield return guard.Change;
            }
            else if (guard.Terms is { } terms && left.Terms is { } others && !IsAsStrict(terms, others))
            {
                var (was, becomes) = (guard.Change.Text, left.TermsText);
                yield return guard.Change with { Text = new BilingualText($"{was.Zh}——现为：{becomes.Zh}", $"{was.En}; now: {becomes.En}") };
            }
        }
    }

    // the same; more people than before; fewer who may; or without a condition, in every case. Another condition may be weaker, so it is told.
    private static bool IsAsStrict(JsonElement before, JsonElement after) => (before.ValueKind, after.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => after.GetDouble() >= before.GetDouble(),
        (JsonValueKind.Array, JsonValueKind.Array) => after.EnumerateArray().All(one => before.EnumerateArray().Any(other => JsonElement.DeepEquals(one, other))),
        (_, JsonValueKind.Object) when !after.EnumerateObject().Any() => true,
        _ => JsonElement.DeepEquals(before, after),
    };
}

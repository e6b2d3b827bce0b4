using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
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
public static partial class PowerDiff
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

    // the same; more people than before; fewer who may; without a condition, in every case; or from a lower threshold on. Another condition may be weaker, so it is told.
    private static bool IsAsStrict(JsonElement before, JsonElement after) => (before.ValueKind, after.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => after.GetDouble() >= before.GetDouble(),
        (JsonValueKind.Array, JsonValueKind.Array) => after.EnumerateArray().All(one => before.EnumerateArray().Any(other => JsonElement.DeepEquals(one, other))),
        (_, JsonValueKind.Object) when !after.EnumerateObject().Any() => true,
        (JsonValueKind.Object, JsonValueKind.Object) when IsOnlyWhen(before, out var was) && IsOnlyWhen(after, out var becomes) => HoldsAsOften(was, becomes),
        _ => JsonElement.DeepEquals(before, after),
    };

    private static bool IsOnlyWhen(JsonElement terms, out JsonElement when) => terms.TryGetProperty("when", out when) && terms.EnumerateObject().Count() == 1;

    // whatever met the old condition meets the new one: facts that need not be met any more, thresholds that are met sooner
    private static bool HoldsAsOften(JsonElement before, JsonElement after) =>
        JsonElement.DeepEquals(before, after)
        || (before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object
            && after.EnumerateObject().All(fact => before.TryGetProperty(fact.Name, out var was) && (JsonElement.DeepEquals(was, fact.Value) || IsMetSooner(was, fact.Value))));

    private static bool IsMetSooner(JsonElement before, JsonElement after) =>
        before.ValueKind == JsonValueKind.String && after.ValueKind == JsonValueKind.String
        && Threshold().Match(before.GetString()!) is { Success: true } was && Threshold().Match(after.GetString()!) is { Success: true } becomes
        && was.Groups["than"].Value == becomes.Groups["than"].Value
        && decimal.TryParse(was.Groups["number"].ValueSpan, CultureInfo.InvariantCulture, out var from) && decimal.TryParse(becomes.Groups["number"].ValueSpan, CultureInfo.InvariantCulture, out var to)
        && (was.Groups["than"].Value[0] == '>' ? to <= from : to >= from);

    [GeneratedRegex(@"^\s*(?<than>[<>]=?)\s*(?<number>-?[0-9]{1,15}(\.[0-9]{1,10})?)\s*$")]
    private static partial Regex Threshold();
}

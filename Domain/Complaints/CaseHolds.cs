using System.Text.Json.Serialization;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Complaints;

/// <summary>That a hold be released was asked for; another head has yet to decide.</summary>
/// <param name="Reason">Why.</param>
/// <param name="By">Who asked, by id.</param>
/// <param name="ByName">Their name.</param>
/// <param name="At">When.</param>
public sealed record HoldRelease(string Reason, string By, string? ByName, DateTimeOffset At);

/// <summary>A reason in law for which nothing of a case may go: a lawsuit, an inquiry, an audit.</summary>
/// <param name="Number">From 1 within the case; never given twice.</param>
/// <param name="Reason">Why, in the words of who set it.</param>
/// <param name="By">Who set it, by id.</param>
/// <param name="ByName">Their name.</param>
/// <param name="At">When.</param>
public sealed record LegalHold(int Number, string Reason, string By, string? ByName, DateTimeOffset At)
{
    /// <summary>That it be released was asked for; null while nobody has.</summary>
    public HoldRelease? Release { get; init; }
}

/// <summary>
/// The legal holds that stand on one case. While one stands nothing of the case is erased, archived away or changed by a retention run. One person
/// sets a hold; two heads release it.
/// </summary>
public sealed class CaseHolds
{
    /// <summary>Holds that stand on one case at a time.</summary>
    public const int Most = 20;

    [JsonInclude, JsonPropertyName("standing")]
    internal List<LegalHold> Items { get; set; } = [];

    /// <summary>How many have ever been set.</summary>
    [JsonInclude]
    public int Count { get; internal set; }

    /// <summary>Those that stand, the oldest first.</summary>
    [JsonIgnore]
    public IReadOnlyList<LegalHold> Standing => Items;

    [JsonIgnore]
    public bool IsHeld => Items.Count > 0;

    /// <summary>Sets a hold. Whether this person may was asked before: who supervises the case, or an auditor.</summary>
    /// <exception cref="RuleViolationException"><see cref="HoldRules.PeopleOnly"/>, <see cref="HoldRules.TooMany"/>, <see cref="ComplaintRules.ReasonTooShort"/></exception>
    public LegalHold Set(CaseAct act, string? reason)
    {
        var person = act.By.PersonId ?? throw new RuleViolationException(HoldRules.PeopleOnly);
        var why = Reason(reason);
        RuleViolationException.ThrowUnless(Items.Count < Most, HoldRules.TooMany);
        var hold = new LegalHold(++Count, why, person, act.By.Actor.Name, act.At);
        Items.Add(hold);
        act.Record(CaseEvents.HoldSet, ("hold", hold.Number), ("reason", why));
        return hold;
    }

    /// <summary>Asks to release a hold. It stands until another head agrees.</summary>
    /// <exception cref="RuleViolationException">
    /// <see cref="HoldRules.Unknown"/>, <see cref="HoldRules.HeadsOnly"/>, <see cref="HoldRules.AskedAlready"/>, <see cref="ComplaintRules.ReasonTooShort"/>
    /// </exception>
    public void AskRelease(CaseAct act, int number, string? reason)
    {
        var place = PlaceOf(number);
        RuleViolationException.ThrowUnless(CaseConfidentiality.MayAsk(act), HoldRules.HeadsOnly);
        RuleViolationException.ThrowUnless(Items[place].Release is null, HoldRules.AskedAlready);
        var why = Reason(reason);
        Items[place] = Items[place] with { Release = new HoldRelease(why, act.By.PersonId!, act.By.Actor.Name, act.At) };
        act.Record(CaseEvents.HoldReleaseAsked, ("hold", number), ("reason", why));
    }

    /// <summary>Agrees that a hold be released, or refuses it.</summary>
    /// <exception cref="RuleViolationException"><see cref="HoldRules.Unknown"/>, <see cref="HoldRules.NothingAsked"/>, <see cref="HoldRules.SecondPerson"/></exception>
    public void Decide(CaseAct act, int number, bool agrees)
    {
        var place = PlaceOf(number);
        var asked = Items[place].Release ?? throw new RuleViolationException(HoldRules.NothingAsked);
        RuleViolationException.ThrowUnless(MayDecide(Items[place], act.By, act.Complaint.Lead, act.Rules.Chart), HoldRules.SecondPerson);
        if (agrees)
        {
            Items.RemoveAt(place);
        }
        else
        {
            Items[place] = Items[place] with { Release = null };
        }

        act.Record(
            agrees ? CaseEvents.HoldReleased : CaseEvents.HoldReleaseRefused, ("hold", number), ("reason", asked.Reason), ("askedBy", asked.By), ("askedByName", asked.ByName));
    }

    /// <summary>
    /// Whether this performer, who works on the case, decides on a release somebody else asked for: another head of the leading department or above;
    /// where there is no other, somebody who works for the whole organisation.
    /// </summary>
    public static bool MayDecide(LegalHold hold, Performer by, string? lead, OrganisationChart chart) =>
        hold.Release is { } asked && by.PersonId is { } person && person != asked.By
        && (CaseConfidentiality.MayAsk(by, lead, chart) || (chart.HeadsOver(lead).All(h => h == asked.By) && by.Memberships.Any(m => m.Department is null)));

    private int PlaceOf(int number)
    {
        var place = Items.FindIndex(h => h.Number == number);
        RuleViolationException.ThrowUnless(place >= 0, HoldRules.Unknown);
        return place;
    }

    private static string Reason(string? reason)
    {
        RuleViolationException.ThrowUnless(reason?.Trim() is { Length: >= Complaint.ShortestReason and <= LongestReason }, ComplaintRules.ReasonTooShort);
        Complaint.ThrowUnlessText(reason!);
        return reason!.Trim();
    }

    private const int LongestReason = 2000;
}

/// <summary>The rules about legal holds. Outside programs rely on the codes.</summary>
public static class HoldRules
{
    public static readonly Rule PeopleOnly = new("hold.people-only", "A legal hold is set by a person.");
    public static readonly Rule TooMany = new("hold.too-many", "At most 20 legal holds stand on one case.");
    public static readonly Rule Unknown = new("hold.unknown", "No such legal hold stands on the case.");
    public static readonly Rule HeadsOnly = new("hold.heads-only", "Only a head of the leading department or above asks for the release.");
    public static readonly Rule AskedAlready = new("hold.asked-already", "The release has been asked for already.");
    public static readonly Rule NothingAsked = new("hold.nothing-asked", "Nobody has asked for this hold to be released.");
    public static readonly Rule SecondPerson = new("hold.second-person", "Another head than the one who asked decides.");
}

using System.Text.Json.Nodes;
using CaseManagement.Domain.Masking;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Complaints;

/// <summary>Something covered was shown to one person for a while.</summary>
/// <param name="Person">Who, by id.</param>
/// <param name="Until">When it is covered again.</param>
public sealed record Reveal(string Person, DateTimeOffset Until)
{
    /// <summary>What: <see cref="Reveals.Identity"/> and keys of sensitive facts.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [Reveals.Identity];
}

/// <summary>An auditor wants to be shown something, and a second person has yet to agree.</summary>
/// <param name="Person">Who, by id.</param>
/// <param name="Name">Their name.</param>
/// <param name="Fields">What.</param>
/// <param name="Purpose">One of <see cref="Reveals.Purposes"/>.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When they asked.</param>
public sealed record RevealWish(string Person, string? Name, IReadOnlyList<string> Fields, string Purpose, string Reason, DateTimeOffset At);

/// <summary>
/// Showing what is covered to somebody who works on the case or answers for it: for a listed purpose and with a reason, on one case, for a quarter of an hour. Auditors are
/// shown it once a second person agrees.
/// </summary>
public static class Reveals
{
    /// <summary>The field that stands for name, address and numbers of the complainant, and the one complained of.</summary>
    public const string Identity = "identity";

    /// <summary>
    /// To reach the complainant, to check who they are, to look for the same complainant elsewhere, because the law asks for it, or to audit how the case was handled.
    /// </summary>
    public static readonly IReadOnlyList<string> Purposes = ["contact", "verify", "duplicate", "legal", "audit"];

    /// <summary>How long it is shown.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromMinutes(15);

    /// <summary>How long what an auditor asked for waits for a second person.</summary>
    public static readonly TimeSpan Waiting = TimeSpan.FromDays(2);

    /// <summary>So many in one day are usual; of the next the head is told.</summary>
    public const int UsualPerDay = 10;

    /// <summary>Whether a person may be shown what is covered at all: never who has a part in the matter, or whom a rule of the process keeps out.</summary>
    public static bool MayBeShown(Complaint complaint, CaseRules rules, Performer who) =>
        who.PersonId is { } person && !complaint.Exclusion.Bars(person)
        && !CaseConfidentiality.Hides("complainant", complaint, rules, who)
        && (complaint.Confidentiality.Level < ConfidentialityLevel.Identity || !CaseConfidentiality.IsColleagueOfRespondent(complaint, who));

    /// <summary>What is covered on a case and may be revealed to this reader, who may act on it or audits it.</summary>
    /// <param name="complaint">The case.</param>
    /// <param name="rules">Its rules.</param>
    /// <param name="who">The reader.</param>
    /// <param name="sight">What they are shown now.</param>
    public static IReadOnlyList<string> OpenTo(Complaint complaint, CaseRules rules, Performer who, Sight sight)
    {
        if (!MayBeShown(complaint, rules, who))
        {
            return [];
        }

        var mask = new CaseMask(complaint, rules, who, sight);
        return [.. mask.CoversIdentity && !complaint.Complainant.Anonymous ? [Identity] : Array.Empty<string>(), .. mask.CoveredFacts];
    }

    /// <summary>Records it and shows it, to somebody who may act on the case. The caller commits this before anything is read.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="fields">What; of an empty list the identity.</param>
    /// <param name="purpose">One of <see cref="Purposes"/>.</param>
    /// <param name="reason">Why, at least <see cref="Complaint.ShortestReason"/> characters.</param>
    /// <exception cref="RuleViolationException">
    /// <see cref="ConfidentialityRules.NothingToReveal"/>, <see cref="ConfidentialityRules.PurposeUnknown"/>, <see cref="ComplaintRules.ReasonTooShort"/>
    /// </exception>
    public static void Show(CaseAct act, IReadOnlyList<string> fields, string? purpose, string? reason)
    {
        var (asked, why) = Checked(act, Standing.Answers, mayAct: true, fields, purpose, reason);
        Give(act, act.By.PersonId!, asked);
        act.Record(CaseEvents.Revealed, ("fields", List(asked)), ("purpose", purpose), ("reason", why));
    }

    /// <summary>An auditor asks; nothing is shown before a second person agrees.</summary>
    /// <inheritdoc cref="Show"/>
    public static void Ask(CaseAct act, IReadOnlyList<string> fields, string? purpose, string? reason)
    {
        var (asked, why) = Checked(act, Standing.Audits, mayAct: false, fields, purpose, reason);
        var kept = act.Complaint.Confidentiality;
        kept.RevealWishes.RemoveAll(w => w.Person == act.By.PersonId || w.At + Waiting <= act.At);
        kept.RevealWishes.Add(new RevealWish(act.By.PersonId!, act.By.Actor.Name, asked, purpose!, why, act.At));
        act.Record(CaseEvents.RevealAsked, ("fields", List(asked)), ("purpose", purpose), ("reason", why));
    }

    /// <summary>What auditors have asked for and is still open.</summary>
    public static IEnumerable<RevealWish> Waits(Complaint complaint, DateTimeOffset now) => complaint.Confidentiality.RevealWishes.Where(w => w.At + Waiting > now);

    /// <summary>Whether somebody who sees the case may decide on it: another auditor, or a head of the leading department or above.</summary>
    public static bool MayDecide(RevealWish wish, Complaint complaint, CaseRules rules, Performer who) =>
        who.PersonId is { } person && person != wish.Person && !complaint.Exclusion.Bars(person)
        && (who.Memberships.Any(m => m.Role == Performer.Auditor) || CaseConfidentiality.MayAsk(who, complaint.Lead, rules.Chart));

    /// <summary>Agrees to what an auditor asked, or refuses it.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="person">The auditor, by id.</param>
    /// <param name="agrees">Whether it is shown.</param>
    /// <exception cref="RuleViolationException"><see cref="ConfidentialityRules.NothingAsked"/>, <see cref="ConfidentialityRules.SecondPerson"/></exception>
    public static void Decide(CaseAct act, string? person, bool agrees)
    {
        var wish = Waits(act.Complaint, act.At).FirstOrDefault(w => w.Person == person) ?? throw new RuleViolationException(ConfidentialityRules.NothingAsked);
        RuleViolationException.ThrowUnless(MayDecide(wish, act.Complaint, act.Rules, act.By), ConfidentialityRules.SecondPerson);
        act.Complaint.Confidentiality.RevealWishes.Remove(wish);
        if (agrees)
        {
            Give(act, wish.Person, wish.Fields);
        }

        act.Record(
            agrees ? CaseEvents.Revealed : CaseEvents.RevealRefused,
            ("fields", List(wish.Fields)), ("purpose", wish.Purpose), ("reason", wish.Reason), ("askedBy", wish.Person), ("askedByName", wish.Name));
    }

    private static (IReadOnlyList<string> Fields, string Reason) Checked(CaseAct act, Standing reading, bool mayAct, IReadOnlyList<string> fields, string? purpose, string? reason)
    {
        var open = OpenTo(act.Complaint, act.Rules, act.By, Sight.Of(act.Complaint, act.Rules, act.By, mayAct, reading, now: null));
        IReadOnlyList<string> asked = fields.Count == 0 ? [Identity] : [.. fields.Distinct(StringComparer.Ordinal)];
        RuleViolationException.ThrowUnless(asked.All(open.Contains), ConfidentialityRules.NothingToReveal);
        RuleViolationException.ThrowUnless(purpose is not null && Purposes.Contains(purpose), ConfidentialityRules.PurposeUnknown);
        RuleViolationException.ThrowUnless(reason?.Trim() is { Length: >= Complaint.ShortestReason and <= Complaint.MaxText }, ComplaintRules.ReasonTooShort);
        return (asked, reason!.Trim());
    }

    private static void Give(CaseAct act, string person, IReadOnlyList<string> fields)
    {
        var reveals = act.Complaint.Confidentiality.Reveals;
        reveals.RemoveAll(r => r.Until <= act.At || (r.Person == person && r.Fields.All(fields.Contains)));
        reveals.Add(new Reveal(person, act.At + Lasting) { Fields = fields });
    }

    private static JsonArray List(IReadOnlyList<string> fields) => new([.. fields.Select(f => (JsonNode?)f)]);
}

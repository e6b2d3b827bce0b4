using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Complaints;

/// <summary>A covered identity was shown to one person for a while.</summary>
/// <param name="Person">Who, by id.</param>
/// <param name="Until">When it is covered again.</param>
public sealed record Reveal(string Person, DateTimeOffset Until);

/// <summary>Showing a covered identity to somebody who works on the case or answers for it: for a listed purpose and with a reason, on one case, for a quarter of an hour.</summary>
public static class Reveals
{
    /// <summary>To reach the complainant, to check who they are, to look for the same complainant elsewhere, or because the law asks for it.</summary>
    public static readonly IReadOnlyList<string> Purposes = ["contact", "verify", "duplicate", "legal"];

    /// <summary>How long it is shown.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromMinutes(15);

    /// <summary>So many in one day are usual; of the next the head is told.</summary>
    public const int UsualPerDay = 10;

    /// <summary>Whether there is something covered that may be revealed to this reader, who may act on the case.</summary>
    public static bool IsOpenTo(Complaint complaint, CaseRules rules, Performer who) =>
        who.PersonId is { } person && !complaint.Exclusion.Bars(person)
        && complaint is { CoversIdentity: true, Complainant.Anonymous: false }
        && !CaseConfidentiality.Hides("complainant", complaint, rules, who)
        && !CaseConfidentiality.IsColleagueOfRespondent(complaint, who);

    /// <summary>Records it and shows it. The caller commits this before anything is read.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="purpose">One of <see cref="Purposes"/>.</param>
    /// <param name="reason">Why, at least <see cref="Complaint.ShortestReason"/> characters.</param>
    /// <param name="today">How many this person has had today, this one counted.</param>
    /// <exception cref="RuleViolationException">
    /// <see cref="ConfidentialityRules.NothingToReveal"/>, <see cref="ConfidentialityRules.PurposeUnknown"/>, <see cref="ComplaintRules.ReasonTooShort"/>
    /// </exception>
    public static void Show(CaseAct act, string? purpose, string? reason, int today)
    {
        var complaint = act.Complaint;
        RuleViolationException.ThrowUnless(IsOpenTo(complaint, act.Rules, act.By), ConfidentialityRules.NothingToReveal);
        RuleViolationException.ThrowUnless(purpose is not null && Purposes.Contains(purpose), ConfidentialityRules.PurposeUnknown);
        RuleViolationException.ThrowUnless(reason?.Trim() is { Length: >= Complaint.ShortestReason and <= Complaint.MaxText }, ComplaintRules.ReasonTooShort);
        var reveals = complaint.Confidentiality.Reveals;
        reveals.RemoveAll(r => r.Until <= act.At || r.Person == act.By.PersonId);
        reveals.Add(new Reveal(act.By.PersonId!, act.At + Lasting));
        act.Record(CaseEvents.Revealed, ("purpose", purpose), ("reason", reason!.Trim()));
        if (today == UsualPerDay + 1)
        {
            TellHead(act);
        }
    }

    // the head of the person's own department; of nobody's, whoever heads the case's
    private static void TellHead(CaseAct act)
    {
        var chart = act.Rules.Chart;
        var department = act.By.Memberships.Select(m => m.Department).FirstOrDefault(d => d is not null) ?? act.Complaint.Lead;
        var head = chart.HeadAt(department, act.By.PersonId, barred: act.Complaint.Exclusion.Barred).Candidate;
        act.Log.Send(new CaseMessage(ProductTemplates.ManyReveals, head, Text: $"{act.By.Actor.Name}今天已查看 {UsualPerDay} 次以上的保密身份。", Escalation: true)
        {
            TextEn = $"{act.By.Actor.Name} has looked at covered identities more than {UsualPerDay} times today.",
        });
    }
}

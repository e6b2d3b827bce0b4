using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;

namespace CaseManagement.Domain.Delegations;

/// <summary>
/// Who acts for whom, and whether they may. The two are one: what either may not do, the one may not do for the other. Nothing is passed on: who acts for
/// somebody does not act for those whom that person acts for.
/// </summary>
public static class StandIns
{
    /// <summary>What counts at a moment and lets a person act for others.</summary>
    public static IEnumerable<Delegation> DelegatedTo(this OrganisationChart chart, string person, DateTimeOffset at) =>
        chart.Delegations.Where(d => d.To == person && d.IsInForce(at));

    /// <summary>Those who act at a moment for any of these people, by id.</summary>
    public static IEnumerable<string> ActingForAny(this OrganisationChart chart, IReadOnlyCollection<string> people, DateTimeOffset at) =>
        chart.Delegations.Where(d => d.IsInForce(at) && people.Contains(d.From)).Select(d => d.To);

    /// <summary>The absence a person is in at a moment; null while they are there.</summary>
    public static Delegation? AwayAt(this OrganisationChart chart, string person, DateTimeOffset at) =>
        chart.Delegations.FirstOrDefault(d => d.IsCover && d.From == person && d.IsInForce(at));

    /// <summary>Those for whom a person may do a task of a case, by who they are to the task: its holder, else those who may take it.</summary>
    public static IEnumerable<Performer> WhomFor(Complaint complaint, HumanTask task, Performer who, OrganisationChart chart, DateTimeOffset at)
    {
        if (who.PersonId is not { } person || who.OnBehalfOf is not null || !task.IsOpen)
        {
            return [];
        }

        IEnumerable<string> others = task.Assignee is { } holder ? [holder] : chart.DelegatedTo(person, at).Select(d => d.From).Distinct(StringComparer.Ordinal);
        return others.Where(o => o != person).Select(chart.Find).OfType<StaffRecord>().Select(s => s.AsPerformer())
            .Where(other => Refusal(complaint, task, who.For(other), chart, at) is null);
    }

    /// <summary>Why somebody may not act on a task for another; null: they may, as far as the case itself says. Access to it by rank or department is asked before.</summary>
    /// <param name="complaint">The case.</param>
    /// <param name="task">Its task.</param>
    /// <param name="who">Who acts, with the person acted for.</param>
    /// <param name="chart">The organisation.</param>
    /// <param name="at">When.</param>
    public static Rule? Refusal(Complaint complaint, HumanTask task, Performer who, OrganisationChart chart, DateTimeOffset at)
    {
        if (who.PersonId is not { } person || who.OnBehalfOf is not { PersonId: { } owner } other)
        {
            return DelegationRules.NoneHere;
        }

        // who cannot see the case learns nothing of it
        if (complaint.Confidentiality.Level == ConfidentialityLevel.Sealed)
        {
            return DelegationRules.SealedCase;
        }

        if (person == owner || !chart.Knows(person) || chart.Find(owner) is null || !Lets(complaint, task, person, owner, chart, at))
        {
            return DelegationRules.NoneHere;
        }

        return ((string[])[person, owner]).Any(p => complaint.Exclusion.Bars(p)) || !Sees(complaint, who) || !Sees(complaint, other)
            || !(task.Assignee is { } holder ? holder == owner : task.Admits(other))
            || CaseTasks.IsBarred(complaint, task, [person, owner])
                ? TaskRules.NotACandidate
                : task.NotOf.Contains(person) || task.NotOf.Contains(owner) ? TaskRules.OwnApproval : null;
    }

    /// <summary>Checks that a person's own task may be done by another for them.</summary>
    /// <exception cref="RuleViolationException">It may not.</exception>
    internal static void ThrowUnlessMayDelegate(CaseAct act, HumanTask task, StaffRecord to)
    {
        var complaint = act.Complaint;
        RuleViolationException.ThrowUnless(act.By.OnBehalfOf is null, DelegationRules.NotOnward);
        RuleViolationException.ThrowUnless(complaint.Confidentiality.Level != ConfidentialityLevel.Sealed, DelegationRules.SealedCase);
        RuleViolationException.ThrowUnless(
            act.By.PersonId is { } me && (task.Assignee == me || (task.Assignee is null && CaseTasks.Admits(complaint, task, act.By))), DelegationRules.NotYourTask);
        RuleViolationException.ThrowUnless(to.Id != act.By.PersonId, DelegationRules.NotOneself);
        RuleViolationException.ThrowUnless(act.Rules.Chart.Knows(to.Id), DelegationRules.PersonUnknown);
        RuleViolationException.ThrowUnless(MayBeGiven(complaint, task, to), TaskRules.NotACandidate);
    }

    /// <summary>Whether a task might be done by this person for its holder.</summary>
    public static bool MayBeGiven(Complaint complaint, HumanTask task, StaffRecord to) =>
        !complaint.Exclusion.Bars(to.Id) && Sees(complaint, to.AsPerformer()) && !CaseTasks.IsBarred(complaint, task, [to.Id]) && !task.NotOf.Contains(to.Id);

    /// <summary>A task comes to somebody who is away: whoever covers is told, if they may do it.</summary>
    internal static void TellCover(CaseAct act, HumanTask task, string person)
    {
        var chart = act.Rules.Chart;
        if (chart.AwayAt(person, act.At) is { } away && chart.Find(person) is { } absent && chart.Find(away.To) is { } cover
            && act.Complaint.Confidentiality.Level != ConfidentialityLevel.Sealed && MayBeGiven(act.Complaint, task, cover))
        {
            act.Log.Send(new CaseMessage(
                Packs.ProductTemplates.TaskCovered, Candidates.UserPrefix + cover.Id, Text: $"{absent.Name}不在岗，新任务“{task.TitleZh}”可由你代办。")
            {
                TextEn = $"{absent.Name} is away; you may do the new task \"{task.TitleEn}\" for them.",
            });
        }
    }

    private static bool Lets(Complaint complaint, HumanTask task, string person, string owner, OrganisationChart chart, DateTimeOffset at) =>
        (task.Assignee == owner && task.DelegatedTo == person)
        || chart.DelegatedTo(person, at).Any(d => d.From == owner && d.IsFor(complaint.Process, task.Kind));

    // what is kept closely is for those it names, and both must be among them
    private static bool Sees(Complaint complaint, Performer who) =>
        complaint.Confidentiality.Level < ConfidentialityLevel.Restricted || complaint.Confidentiality.ReadBy.Exists(who.Is);
}

using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Delegations;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Cases;

/// <summary>What is done on a case for somebody else, and one's own tasks that a colleague may do.</summary>
public sealed class CaseDelegations(CaseReader reader, CaseDeeds deeds, People people, Absences absences, IStringLocalizer<CaseWords> words)
{
    /// <summary>The action of the case's menu.</summary>
    public const string Verb = "delegate";

    /// <summary>In place of a person: nobody does it for one any more.</summary>
    public const string Nobody = "-";

    /// <summary>Does something in one's own name, or for whom it is done.</summary>
    public async Task<ActionAnswer> DoAsync(CaseView view, string? onBehalfOf, Action<CaseAct> deed, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(onBehalfOf) || onBehalfOf == view.Person.Id ? await deeds.DoAsync(view, deed, cancellationToken)
        : await people.FindAsync(onBehalfOf, cancellationToken) is { } other ? await deeds.DoForAsync(view, other, deed, cancellationToken)
        : ActionAnswer.Refused(deeds.Say(DelegationRules.NoneHere, view));

    /// <summary>Lets a colleague do one's own task, or nobody any more.</summary>
    public async Task<ActionAnswer> DelegateAsync(CaseView view, HumanTask task, string? to, string? note, CancellationToken cancellationToken)
    {
        if (to is null)
        {
            return await deeds.DoAsync(view, act => act.Complaint.Tasks.Delegate(act, task.Id, null, null), view.Scope.HasCases, cancellationToken);
        }

        if (await people.FindAsync(to, cancellationToken) is not { } person || view.Rules.Chart.Find(to) is not { } staff)
        {
            return ActionAnswer.Invalid(words["ChoosePerson"]);
        }

        // whoever is to act must see the case by themselves
        return !CaseAccess.HandlesCases(person) || await reader.OpenAsync(view.Complaint.Id.Value, person, cancellationToken) is null
            ? ActionAnswer.Refused(words["DeputySeesNot", person.Name])
            : await deeds.DoAsync(view, act => act.Complaint.Tasks.Delegate(act, task.Id, staff, note), cancellationToken);
    }

    /// <summary>The same as the case's menu sends it.</summary>
    public async Task<ActionAnswer> ActAsync(CaseView view, string? task, string? to, string? note, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(task, out var id) || view.Complaint.Tasks.All.FirstOrDefault(t => t.Id == id) is not { } found)
        {
            return ActionAnswer.Invalid(words["ChooseTask"]);
        }

        return string.IsNullOrEmpty(to) ? ActionAnswer.Invalid(words["ChoosePerson"]) : await DelegateAsync(view, found, to == Nobody ? null : to, note, cancellationToken);
    }

    /// <summary>The reader's own tasks and those who may do them; null where there is nothing to delegate.</summary>
    public async Task<FormField[]?> FieldsAsync(CaseView view, CancellationToken cancellationToken)
    {
        var tasks = Own(view).ToList();
        var fitting = tasks.Count == 0 ? [] : (await people.AllAsync(cancellationToken)).Where(p => tasks.Exists(t => MayDo(view, t, p))).ToList();
        if (fitting.Count == 0)
        {
            return null;
        }

        var named = await absences.ChoicesAsync(cancellationToken);
        IEnumerable<Choice> nobody = tasks.Exists(t => t.DelegatedTo is not null) ? [new Choice(Nobody, words["DelegateNobody"])] : [];
        return
        [
            new FormField { Key = "task", Label = words["Task"], Type = FieldType.Choice, Required = true, Options = [.. tasks.Select(t => new Choice(t.Id.ToString(), TitleOf(t)))], Values = [tasks[0].Id.ToString()], Wide = true },
            new FormField { Key = "to", Label = words["DelegateTo"], Type = FieldType.Choice, Required = true, Options = [.. nobody, .. fitting.Select(named)], Help = words["DelegateHelp"] },
            new FormField { Key = "note", Label = words["DelegateNote"], Type = FieldType.Text, Wide = true },
        ];
    }

    /// <summary>Tasks of the reader's that somebody else might do for them.</summary>
    public static IEnumerable<HumanTask> Own(CaseView view) => !view.MayAct || view.Complaint.Confidentiality.Level == ConfidentialityLevel.Sealed
        ? []
        : view.Complaint.Tasks.Open.Where(t => t.Assignee == view.Person.Id || (t.Assignee is null && view.MayTake(t))).OrderBy(t => t.Assignee is null ? 1 : 0);

    /// <summary>Whether somebody is worth offering for a task: they handle cases, the rules let them, and they most likely see the case. Before it is done, it is looked whether they do.</summary>
    public static bool MayDo(CaseView view, HumanTask task, Person person)
    {
        var (complaint, chart) = (view.Complaint, view.Rules.Chart);
        return person.Id != view.Person.Id && CaseAccess.HandlesCases(person) && chart.Find(person.Id) is { } staff && StandIns.MayBeGiven(complaint, task, staff)
            && (complaint.Handler == person.Id || chart.HeadsOver(complaint.Lead).Contains(person.Id)
                || person.Memberships.Any(m => m.Department is null || m.Department == complaint.Lead)
                || complaint.Tasks.Open.Any(t => t.Assignee == person.Id || (t.Assignee is null && t.Admits(person.AsPerformer()))));
    }

    private static string TitleOf(HumanTask task) => PackWords.Language.StartsWith("en", StringComparison.Ordinal) ? task.TitleEn : task.TitleZh;
}

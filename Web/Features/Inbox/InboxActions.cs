using System.Security.Claims;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>Does one thing to the tasks of several cases, each by itself in a burst of its own: what cannot be done is said of its row, the rest is done.</summary>
public sealed class InboxActions(CaseReader reader, ICaseActions actions, People people, Absences absences, IStringLocalizer<InboxWords> words) : IInboxActions
{
    public const string Claim = "claim";
    public const string Release = "release";

    /// <summary>A supervisor gives tasks to somebody, whoever holds them.</summary>
    public const string Assign = "assign";

    /// <summary>One gives one's own tasks to somebody, and says why.</summary>
    public const string HandOver = "handover";

    /// <summary>A supervisor puts cases under a legal hold.</summary>
    public const string Hold = CaseProtection.Hold;

    /// <summary>One lets somebody do one's own tasks, which stay one's own.</summary>
    public const string Delegate = CaseDelegations.Verb;

    private static readonly string[] All = [Claim, Release, HandOver, Delegate, Assign, Hold];

    /// <summary>What a reader may do to several.</summary>
    public static IReadOnlyList<string> For(CaseScope scope) => !scope.HasCases ? [] : scope.IsSupervisor ? All : All[..^2];

    public async Task<BulkPreview?> PreviewAsync(BulkForm form, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!All.Contains(form.Action))
        {
            return null;
        }

        var (lines, tasks) = (new List<BulkLine>(), new List<(CaseView View, HumanTask Task)>());
        foreach (var id in form.Ids.Distinct())
        {
            if (await reader.OpenAsync(id, user, cancellationToken) is { } view)
            {
                if (form.Action == Hold)
                {
                    lines.Add(new BulkLine(id, view.Complaint.Number, view.Mask.Say(view.Complaint.Subject), CaseProtection.MayHold(view) ? null : words["Cannot_hold"].Value));
                    continue;
                }

                var task = TaskFor(form.Action, view);
                lines.Add(new BulkLine(id, view.Complaint.Number, view.Mask.Say(view.Complaint.Subject), task is null ? words[$"Cannot_{form.Action}"].Value : null) { Task = TitleOf(task) });
                tasks.AddRange(task is null ? [] : [(view, task)]);
            }
        }

        return new BulkPreview(form, words[$"Do_{form.Action}"], lines, Names(form.Action) ? await EligibleAsync(form.Action, tasks, cancellationToken) : [])
        {
            AsksReason = Names(form.Action) || form.Action == Hold,
            NeedsReason = form.Action is HandOver or Hold,
        };
    }

    public async Task<BulkPreview> ApplyAsync(BulkPreview preview, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var form = preview.Form;
        if (Names(form.Action) && preview.People.All(p => p.Value != form.To))
        {
            return preview with { Error = words["ChoosePerson"] };
        }

        if (preview.NeedsReason && string.IsNullOrWhiteSpace(form.Reason))
        {
            return preview with { Error = words[form.Action == Hold ? "HoldReasonMissing" : "NoteMissing"] };
        }

        var lines = new List<BulkLine>();
        foreach (var line in preview.Lines)
        {
            lines.Add(line.Refused is null ? await ApplyAsync(line, form, user, cancellationToken) : line);
        }

        return preview with { Lines = lines, IsResult = true };
    }

    private async Task<BulkLine> ApplyAsync(BulkLine line, BulkForm form, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (form.Action == Hold)
        {
            var held = await actions.ActAsync(line.CaseId, Hold, FormAnswers.Of(("reason", form.Reason)), user, cancellationToken);
            return held.Result == ActionEnd.Done ? line : line with { Refused = held.Message ?? words["Cannot_hold"] };
        }

        // looked at again: it may have changed since the preview
        if (await reader.OpenAsync(line.CaseId, user, cancellationToken) is not { } view || TaskFor(form.Action, view) is not { } task)
        {
            return line with { Refused = words[$"Cannot_{form.Action}"] };
        }

        var answer = form.Action switch
        {
            Claim => await actions.ClaimAsync(line.CaseId, task.Id, null, user, cancellationToken),
            Release => await actions.ReleaseAsync(line.CaseId, task.Id, null, user, cancellationToken),
            Delegate => await actions.DelegateAsync(line.CaseId, task.Id, form.To!, form.Reason, user, cancellationToken),
            _ => await actions.AssignAsync(line.CaseId, task.Id, form.To!, form.Reason, user, cancellationToken),
        };
        return answer.Result == ActionEnd.Done ? line : line with { Refused = answer.Message ?? words[$"Cannot_{form.Action}"] };
    }

    private static bool Names(string action) => action is Assign or HandOver or Delegate;

    private static HumanTask? TaskFor(string action, CaseView view) => action switch
    {
        Claim => view.Complaint.Tasks.Open.FirstOrDefault(t => t.Assignee is null && view.MayTake(t)),
        Delegate => CaseDelegations.Own(view).FirstOrDefault(),
        Assign => view.Supervises ? view.Complaint.Tasks.Open.OrderBy(t => t.Assignee is null ? 0 : 1).ThenBy(t => t.CreatedAt).FirstOrDefault() : null,
        _ => view.MayAct ? view.Complaint.Tasks.Open.FirstOrDefault(t => t.Assignee == view.Person.Id) : null,
    };

    private async Task<IReadOnlyList<Choice>> EligibleAsync(string action, List<(CaseView View, HumanTask Task)> tasks, CancellationToken cancellationToken)
    {
        var named = await absences.ChoicesAsync(cancellationToken);
        return
        [
            .. (await people.AllAsync(cancellationToken)).Where(p => tasks.Exists(t => action == Delegate
                ? CaseDelegations.MayDo(t.View, t.Task, p)
                : t.Task.Assignee != p.Id && CaseTasks.Admits(t.View.Complaint, t.Task, p.AsPerformer()))).Select(named),
        ];
    }

    private static string? TitleOf(HumanTask? task) =>
        task is null ? null : PackWords.Language.StartsWith("en", StringComparison.Ordinal) ? task.TitleEn : task.TitleZh;
}

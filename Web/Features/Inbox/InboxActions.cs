using System.Security.Claims;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>Claims or releases the tasks of several cases, each by itself: what cannot be done is named, the rest is done.</summary>
public sealed class InboxActions(CaseReader reader, ICaseActions actions, IStringLocalizer<InboxWords> words) : IInboxActions
{
    public const string Claim = "claim";
    public const string Release = "release";

    private const int MostNamed = 10;

    public async Task<BulkPreview?> PreviewAsync(BulkForm form, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (form.Action is not (Claim or Release))
        {
            return null;
        }

        var lines = new List<BulkLine>();
        foreach (var id in form.Ids.Distinct())
        {
            if (await reader.OpenAsync(id, user, cancellationToken) is { } view)
            {
                var refused = TaskFor(form.Action, view) is null ? words[$"Cannot_{form.Action}"].Value : null;
                lines.Add(new BulkLine(id, view.Complaint.Number, view.Complaint.Subject, refused));
            }
        }

        return new BulkPreview(form, words[form.Action == Claim ? "Claim" : "Release"], lines, []);
    }

    public async Task<ActionAnswer> ApplyAsync(BulkForm form, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var failed = new List<string>();
        foreach (var id in form.Ids.Distinct())
        {
            if (await reader.OpenAsync(id, user, cancellationToken) is not { } view)
            {
                continue;
            }

            if (TaskFor(form.Action, view) is not { } task)
            {
                failed.Add(words["Failed", view.Complaint.Number, words[$"Cannot_{form.Action}"]]);
                continue;
            }

            var answer = form.Action == Claim
                ? await actions.ClaimAsync(id, task.Id, user, cancellationToken)
                : await actions.ReleaseAsync(id, task.Id, user, cancellationToken);
            if (answer.Result != ActionEnd.Done)
            {
                failed.Add(words["Failed", view.Complaint.Number, answer.Message ?? ""]);
            }
        }

        if (failed.Count == 0)
        {
            return ActionAnswer.Done;
        }

        var named = string.Join(words["Separator"], failed.Take(MostNamed));
        return ActionAnswer.Refused(words["BulkPartly", form.Ids.Distinct().Count() - failed.Count, failed.Count, named]);
    }

    private static HumanTask? TaskFor(string action, CaseView view) => action == Claim
        ? view.Complaint.Tasks.Open.FirstOrDefault(t => t.Assignee is null && view.MayTake(t))
        : view.MayAct ? view.Complaint.Tasks.Open.FirstOrDefault(t => t.Assignee == view.Person.Id) : null;
}

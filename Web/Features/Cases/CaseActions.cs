using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Forms;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Workflows.Cases;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Cases;

/// <summary>Does what a person asks on a case. The domain decides; here its refusals become words beside the form.</summary>
public sealed class CaseActions(
    CaseReader reader, CaseRuntime cases, CaseDiagram diagram, TaskDrafts drafts, LostRaces races, CaseDeeds deeds, CaseEntries entries, ReplyDesk desk, CaseRelations relations, CasePrivacy privacy, CaseProtection protection, CaseDelegations delegations, People people, ITrackingCodes codes,
    IStringLocalizer<CaseWords> words) : ICaseActions
{
    private static readonly Rule Changed = new("task-changed", "What the task is about has changed since it was shown.");

    /// <summary>The reader may grant an extension: nobody need be asked, or they are who must be asked.</summary>
    public static bool MayGrant(CaseView view, ExtensionRule rule) =>
        rule.Approval is null || view.Rules.Chain(rule.Approval).Steps.All(s => view.Facts.ResolveWho([s.Who]).Any(view.Person.AsPerformer().Is));

    public async Task<ActionAnswer> CompleteAsync(
        Guid id, Guid task, string outcome, FormAnswers answers, string version, string? onBehalfOf, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await reader.OpenAsync(id, user, cancellationToken) is not { } view || view.Complaint.Tasks.All.FirstOrDefault(t => t.Id == task) is not { } found)
        {
            return ActionAnswer.NotFound;
        }

        var form = found.Form is { } key ? view.Rules.Form(key) : null;
        var asked = new FactOverlay(new Dictionary<string, FactValue> { [FactNames.TaskOutcome] = FactValue.Of(outcome) }, view.Facts.For(found.Element));
        var data = TypedAnswers.Of(form, answers, view.Rules.Pack.Facts, asked, view.Zone, Covering(view));
        var completion = new TaskCompletion
        {
            Outcome = outcome,
            Data = data,
            Reason = One(answers, TaskPanels.Reason),
            Text = One(answers, TaskPanels.Words),
            Signatures = answers.Values.GetValueOrDefault(TaskPanels.Signatures, []),
            With = answers.Values.GetValueOrDefault(TaskPanels.With, []),
        };
        if (found.IsOpen && (view.MayTake(found) || view.WhomFor(found).Count > 0) && await ErrorsAsync(view, found, form, asked, completion, cancellationToken) is { Count: > 0 } errors)
        {
            return ActionAnswer.Invalid(words["NotComplete"], errors);
        }

        var answer = await delegations.DoAsync(view, onBehalfOf, act =>
        {
            var now = act.Complaint.Tasks.Find(task);
            RuleViolationException.ThrowUnless(!now.IsOpen || version.Length == 0 || version == TaskPanels.VersionOf(act.Complaint, act.Rules, now), Changed);
            act.Complaint.Tasks.Complete(act, task, completion);
        }, cancellationToken);
        if (answer.Result == ActionEnd.Done)
        {
            await drafts.DropAsync(view.Person.Id, task, cancellationToken);
            return answer;
        }

        return await RefusedAsync(view, found, answers, answer, cancellationToken);
    }

    public async Task<DateTimeOffset?> KeepDraftAsync(Guid id, Guid task, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await reader.OpenAsync(id, user, cancellationToken) is { } view && view.Complaint.Tasks.Open.FirstOrDefault(t => t.Id == task) is { } found && (view.MayTake(found) || view.WhomFor(found).Count > 0)
            ? await drafts.KeepAsync(view.Person.Id, task, answers, cancellationToken)
            : null;

    public Task<ActionAnswer> ClaimAsync(Guid id, Guid task, string? onBehalfOf, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        OnTaskAsync(id, task, onBehalfOf, user, act => act.Complaint.Tasks.Claim(act, task), cancellationToken);

    public Task<ActionAnswer> ReleaseAsync(Guid id, Guid task, string? onBehalfOf, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        OnTaskAsync(id, task, onBehalfOf, user, act => act.Complaint.Tasks.Release(act, task), cancellationToken);

    public async Task<ActionAnswer> DelegateAsync(Guid id, Guid task, string? to, string? note, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await reader.OpenAsync(id, user, cancellationToken) is not { } view || view.Complaint.Tasks.All.FirstOrDefault(t => t.Id == task) is not { } found)
        {
            return ActionAnswer.NotFound;
        }

        return await RefusedAsync(view, found, null, await delegations.DelegateAsync(view, found, to, note, cancellationToken), cancellationToken);
    }

    public async Task<ActionAnswer> AssignAsync(Guid id, Guid task, string to, string? note, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await reader.OpenAsync(id, user, cancellationToken) is not { } view || view.Complaint.Tasks.All.FirstOrDefault(t => t.Id == task) is not { } found)
        {
            return ActionAnswer.NotFound;
        }

        return await people.FindAsync(to, cancellationToken) is { } person
            ? await AssignAsync(view, found, person, note?.Trim(), cancellationToken)
            : ActionAnswer.Invalid(words["ChoosePerson"]);
    }

    public async Task<DateTimeOffset?> KeepDraftAsync(Guid id, EntryForm entry, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await reader.OpenAsync(id, user, cancellationToken) is { MayAct: true } view ? await entries.KeepDraftAsync(view, entry, cancellationToken) : null;

    public async Task<(ActionAnswer Answer, Guid? Letter)> WriteAsync(Guid id, EntryForm entry, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await reader.OpenAsync(id, user, cancellationToken) is { } view ? await entries.WriteAsync(view, entry, cancellationToken) : (ActionAnswer.NotFound, null);

    public async Task<(EntryForm Entry, ReplyPreview? Preview, string? Error)?> PrepareAsync(Guid id, EntryForm entry, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await reader.OpenAsync(id, user, cancellationToken) is not { MayAct: true } view)
        {
            return null;
        }

        if (entry.Act == "fill")
        {
            return await desk.FillAsync(view, entry, cancellationToken) is { } filled ? (filled, null, null) : (entry, null, words["ChooseTemplate"]);
        }

        return (entry, await desk.PreviewAsync(view, entry, cancellationToken), null);
    }

    public async Task<ActionAnswer> ActAsync(Guid id, string action, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await reader.OpenAsync(id, user, cancellationToken) is not { } view)
        {
            return ActionAnswer.NotFound;
        }

        var reason = One(answers, "reason");
        return action switch
        {
            "level" => await deeds.DoAsync(view, act => act.Complaint.OverrideLevel(act, One(answers, "level") ?? "", reason), cancellationToken),
            "withdraw" => await deeds.DoAsync(view, act => act.Complaint.Withdraw(act, reason), cancellationToken),
            "reopen" when view.Supervises => await deeds.TryAsync(view, () => cases.ReopenAsync(id, view.Person.AsPerformer(), reason, cancellationToken)),
            "retry" when view.Supervises => await deeds.TryAsync(view, () => cases.RetryAsync(id, view.Person.AsPerformer(), cancellationToken)),
            "answer" => await deeds.DoAsync(
                view,
                act =>
                {
                    var outcome = One(answers, "outcome") ?? "";
                    act.Complaint.ThrowUnlessAwaited(outcome);
                    act.Complaint.Answer(act, outcome, reason, new Dictionary<string, FactValue>());
                },
                cancellationToken),
            "ask" => await AskAsync(view, answers, cancellationToken),
            "reply-for" => int.TryParse(One(answers, "question"), NumberStyles.None, CultureInfo.InvariantCulture, out var question)
                ? await deeds.DoAsync(view, act => act.Complaint.Dialogue.Reply(act, question, One(answers, "text") ?? ""), cancellationToken)
                : ActionAnswer.Invalid(words["ChooseQuestion"]),
            "reissue" => await ReissueAsync(view, cancellationToken),
            "facts" => await FactsAsync(view, answers, reason, cancellationToken),
            "link" => await LinkAsync(view, answers, cancellationToken),
            _ when CasePrivacy.Verbs.Contains(action) => await privacy.ActAsync(view, action, answers, cancellationToken),
            _ when CaseProtection.Verbs.Contains(action) => await protection.ActAsync(view, action, answers, cancellationToken),
            CaseRecords.Submit or CaseRecords.Pay => int.TryParse(One(answers, "amount"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? await deeds.DoAsync(
                    view,
                    act =>
                    {
                        if (action == CaseRecords.Pay)
                        {
                            act.Complaint.Amounts.Settle(act, number, reason);
                        }
                        else
                        {
                            act.Complaint.Amounts.Submit(act, number);
                        }
                    },
                    cancellationToken)
                : ActionAnswer.Invalid(words["ChooseAmount"]),
            "hand-over" => await HandOverAsync(view, answers, cancellationToken),
            CaseDelegations.Verb => await delegations.ActAsync(view, One(answers, "task"), One(answers, "to"), One(answers, "note"), cancellationToken),
            _ => ActionAnswer.NotFound,
        };
    }

    public async Task<Note?> PreviewLevelAsync(Guid id, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await reader.OpenAsync(id, user, cancellationToken) is not { MayAct: true } view)
        {
            return null;
        }

        try
        {
            // why does not matter yet
            var (tried, clocks) = await cases.TryOutAsync(
                id, view.Person.AsPerformer(), act => act.Complaint.OverrideLevel(act, One(answers, "level") ?? "", "-"), cancellationToken);
            string At(DateTimeOffset? at) => at is { } due ? DateText.Of(due, view.Calendar, PackWords.Language) : words["NothingDue"];
            var moves = clocks.Select(one => words["LevelMoves", view.Words.ClockKey(one.Clock), At(one.OldDueAt), At(one.NewDueAt)].Value
                + (tried.Complaint.Clocks.All[one.Clock].BreachedAt is not null && view.Complaint.Clocks.All[one.Clock].BreachedAt is null ? words["LevelLate"].Value : ""));
            return new Note(NoteKind.Info, clocks.Count == 0 ? words["LevelMovesNothing"] : words["LevelWould", string.Join(words["LevelSeparator"], moves)]) { Id = "would-move" };
        }
        catch (RuleViolationException refused)
        {
            return new Note(NoteKind.Warning, deeds.Say(refused.Rule, view)) { Id = "would-move" };
        }
    }

    public async Task<ActionAnswer> ClockAsync(
        Guid id, string clock, string verb, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await reader.OpenAsync(id, user, cancellationToken) is not { } view || !view.Complaint.Clocks.All.TryGetValue(clock, out var running))
        {
            return ActionAnswer.NotFound;
        }

        var reason = One(answers, CaseClockPanels.Reason) ?? "";
        return verb switch
        {
            "pause" => await PauseAsync(view, clock, reason, answers, cancellationToken),
            "resume" => await deeds.DoAsync(view, act => act.Complaint.Clocks.Resume(act, clock), cancellationToken),
            "extend" => await ExtendAsync(view, running, One(answers, CaseClockPanels.Until), reason, cancellationToken),
            "promise" => await deeds.DoAsync(view, act => act.Complaint.Clocks.Promise(act, clock, Date(One(answers, CaseClockPanels.Until)), reason), cancellationToken),
            _ => ActionAnswer.NotFound,
        };
    }

    private async Task<ActionAnswer> PauseAsync(CaseView view, string clock, string reason, FormAnswers answers, CancellationToken cancellationToken)
    {
        var (from, to) = (One(answers, CaseClockPanels.From), One(answers, CaseClockPanels.To));
        var (since, until) = (LocalTimes.Read(from, view.Zone), LocalTimes.Read(to, view.Zone));
        return (string.IsNullOrEmpty(from) || since is not null) && (string.IsNullOrEmpty(to) || until is not null)
            ? await deeds.DoAsync(view, act => act.Complaint.Clocks.Pause(act, clock, reason, since, until, One(answers, CaseClockPanels.Note)), cancellationToken)
            : ActionAnswer.Invalid(words["MomentUnreadable"]);
    }

    private async Task<ActionAnswer> ExtendAsync(CaseView view, Clock clock, string? until, string reason, CancellationToken cancellationToken) =>
        Date(until) is { } day
            ? await deeds.DoAsync(
                view, act => act.Complaint.Clocks.AskExtension(act, clock.Key, new ExtensionRequest { Reason = reason, AskedAt = act.At, Until = day }), cancellationToken)
            : ActionAnswer.Invalid(deeds.Say(ClockRules.ExtensionAmount, view));

    private static DateOnly? Date(string? typed) =>
        DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private Task<ActionAnswer> AskAsync(CaseView view, FormAnswers answers, CancellationToken cancellationToken)
    {
        var pause = One(answers, "pause") is { } typed and not CaseMenu.NoPause ? typed.Split(' ', 2) : null;
        return deeds.DoAsync(
            view, act => act.Complaint.Dialogue.Ask(act, One(answers, "text") ?? "", pause?[0], pause is [_, var reason] ? reason : null), cancellationToken);
    }

    private Task<ActionAnswer> ReissueAsync(CaseView view, CancellationToken cancellationToken)
    {
        // made before the burst, which must not write keys
        var code = codes.Create();
        return deeds.TryAsync(
            view,
            () => cases.ActAsync(
                view.Complaint.Id.Value, view.Person.AsPerformer(), act => act.Complaint.ReissueCode(act, code.Hash, code.Sealed), cancellationToken),
            CaseMenu.MayReissue(view));
    }

    private async Task<ActionAnswer> FactsAsync(CaseView view, FormAnswers answers, string? reason, CancellationToken cancellationToken)
    {
        var covers = Covering(view);
        var (values, refused) = (new Dictionary<string, FactValue>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var fact in view.Rules.Pack.Facts.All.Where(f => !f.HasOwnVerb))
        {
            // a case keeps its subject and description; the rest may be emptied
            if (TypedAnswers.Read(fact, answers) is not { } typed
                || (typed.ValueKind == JsonValueKind.Null && (fact.Key is "subject" or "description" || view.Facts.Read(fact.Key).IsBlank || covers(fact.Key))))
            {
                continue;
            }

            var result = view.Rules.Pack.Facts.Accept(fact.Key, typed, FactOrigin.Handler, view.Zone);
            if (result.IsGood)
            {
                values[fact.Key] = result.Value;
            }
            else
            {
                refused[fact.Key] = words["FieldRefused", view.Words.Fact(fact.Key), deeds.Say(result.Refusal!)];
            }
        }

        return refused.Count > 0
            ? ActionAnswer.Invalid(null, refused)
            : await deeds.DoAsync(view, act => act.Complaint.ChangeFacts(act, values, reason), cancellationToken);
    }

    // what the person is not shown was not in the form, so that an empty field says nothing
    private static Func<string, bool> Covering(CaseView view)
    {
        var (mask, facts) = (view.Mask, view.Facts);
        return fact => facts.Read(fact) is var value && mask.Fact(fact, value) != value;
    }

    private async Task<ActionAnswer> LinkAsync(CaseView view, FormAnswers answers, CancellationToken cancellationToken) =>
        await relations.FindAsync(view, One(answers, "to")?.Trim() ?? "", cancellationToken) is { } other
            ? await deeds.DoAsync(view, act => act.Complaint.Link(act, other, One(answers, "kind") ?? LinkKinds.Related), cancellationToken)
            : ActionAnswer.Invalid(words["NoSuchNumber"]);

    private async Task<ActionAnswer> HandOverAsync(CaseView view, FormAnswers answers, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(One(answers, "task"), out var task) || view.Complaint.Tasks.All.FirstOrDefault(t => t.Id == task) is not { } found)
        {
            return ActionAnswer.Invalid(words["ChooseTask"]);
        }

        if (One(answers, "to") is not { } id || await people.FindAsync(id, cancellationToken) is not { } to)
        {
            return ActionAnswer.Invalid(words["ChoosePerson"]);
        }

        return await AssignAsync(view, found, to, null, cancellationToken);
    }

    private async Task<ActionAnswer> AssignAsync(CaseView view, HumanTask task, Person to, string? note, CancellationToken cancellationToken)
    {
        var answer = view.Supervises || task.Assignee == view.Person.Id
            ? await deeds.DoAsync(
                view,
                act =>
                {
                    act.Complaint.Tasks.Assign(act, task.Id, to.AsPerformer());
                    if (!string.IsNullOrEmpty(note))
                    {
                        act.Complaint.Note(act, note);
                    }
                },
                cancellationToken)
            : ActionAnswer.Refused(deeds.Say(TaskRules.HeldByAnother, view));
        return await RefusedAsync(view, task, null, answer, cancellationToken);
    }

    private async Task<ActionAnswer> OnTaskAsync(Guid id, Guid task, string? onBehalfOf, ClaimsPrincipal user, Action<CaseAct> deed, CancellationToken cancellationToken)
    {
        if (await reader.OpenAsync(id, user, cancellationToken) is not { } view || view.Complaint.Tasks.All.FirstOrDefault(t => t.Id == task) is not { } found)
        {
            return ActionAnswer.NotFound;
        }

        return await RefusedAsync(view, found, null, await delegations.DoAsync(view, onBehalfOf, deed, cancellationToken), cancellationToken);
    }

    /// <summary>A refusal because somebody else was faster says who and when; what was typed is kept.</summary>
    private async Task<ActionAnswer> RefusedAsync(CaseView view, HumanTask task, FormAnswers? answers, ActionAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Result is not (ActionEnd.Refused or ActionEnd.Forbidden) || await races.WhoWasFasterAsync(view, task.Id, cancellationToken) is not { } who)
        {
            return answer;
        }

        var said = who;
        if (answers is not null && answers.Values.Values.Any(v => v.Count > 0))
        {
            await drafts.KeepAsync(view.Person.Id, task.Id, answers, cancellationToken);
            said = words["FasterKept", who];
        }

        // who could do it a moment ago may only look since another has it
        return answer.Result == ActionEnd.Forbidden ? ActionAnswer.Forbidden(said) : ActionAnswer.Refused(said);
    }

    private async Task<Dictionary<string, string>> ErrorsAsync(
        CaseView view, HumanTask task, FormDefinition? form, IFactReader asked, TaskCompletion completion, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var result = FormCheck.Validate(form, completion.Data, asked, view.Rules.Pack.Facts, completion.Signatures, FactOrigin.Form, view.Zone);
        foreach (var refused in result.Invalid)
        {
            errors[refused.Fact] = deeds.Say(refused.Refusal!);
        }

        foreach (var missing in result.Missing)
        {
            errors.TryAdd(missing, deeds.Say("required"));
        }

        if (result.MissingSignatures.Count > 0)
        {
            errors[TaskPanels.Signatures] = deeds.Say(FormResult.SignatureMissing);
        }

        if (completion.Reason is null && (task.Kind == TaskKind.Approval ? completion.Outcome != ApprovalOutcomes.Approved : task is { Kind: TaskKind.Question, Form: null }))
        {
            errors[TaskPanels.Reason] = deeds.Say(TaskRules.ReasonRequired, view);
        }

        var route = completion.Text is null ? await diagram.GetAsync(view, cancellationToken) : null;
        if (route is not null && ((TaskPanels.IsReply(view, route, task, out var needed) && needed) || TaskPanels.AsksForMaterial(route, task, completion.Outcome)))
        {
            errors[TaskPanels.Words] = deeds.Say("required");
        }

        return errors;
    }

    private static string? One(FormAnswers answers, string key) => answers.Values.GetValueOrDefault(key, []) is [var first, ..] ? first : null;
}

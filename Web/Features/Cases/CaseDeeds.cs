using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Features.Cases;

/// <summary>Runs one deed on one case, once for each form that was sent, and turns refusals into answers.</summary>
public sealed class CaseDeeds(CaseRuntime cases, SentForms sent, RuleTexts rules, Denials denials)
{
    // what the person can put right by filling something in
    private static readonly HashSet<string> Input =
    [
        "reason-required", "reason-too-short", "link-kind-unknown", "text-required", "text-too-long", "text-unusable", "too-many-questions", "level-unknown", "answer-unknown", "outcome-unknown", "clock.pause-reason-unknown",
        "clock.extension-amount", "clock.extension-not-later", "clock.extension-too-long", "clock.pause-in-future", "clock.time-goes-back",
        "confidentiality.not-raised", "confidentiality.names-missing", "confidentiality.nothing-changes", "respondent.too-long", "reveal.purpose-unknown", "respondent.person-unknown",
        "clock.promise-missing", "contact-wrong", "subject-wrong", "request.kind-unknown", "clock.promise-in-past",
    ];

    public Task<ActionAnswer> DoAsync(CaseView view, Action<CaseAct> deed, CancellationToken cancellationToken) =>
        DoAsync(view, deed, view.MayAct, cancellationToken);

    /// <inheritdoc cref="DoAsync(CaseView, Action{CaseAct}, CancellationToken)"/>
    /// <param name="mayAct">Whether they may, whatever else they may.</param>
    public Task<ActionAnswer> DoAsync(CaseView view, Action<CaseAct> deed, bool mayAct, CancellationToken cancellationToken) =>
        DoAsync(view, view.Person.AsPerformer(), deed, mayAct, cancellationToken);

    /// <summary>Does it for another, as whom the reader may act here; their own work on the case is not asked for.</summary>
    public Task<ActionAnswer> DoForAsync(CaseView view, Person other, Action<CaseAct> deed, CancellationToken cancellationToken) =>
        DoAsync(view, view.Person.AsPerformer().For(other.AsPerformer()), deed, view.Scope.HasCases, cancellationToken);

    /// <summary>Does something with a transaction of its own, once for the form that was sent.</summary>
    /// <param name="view">The case.</param>
    /// <param name="work">What is done; it answers what is kept and answered again when the form comes twice.</param>
    /// <param name="cancellationToken">Stops before it is committed.</param>
    /// <returns>How it ended, and what the work answered; null where it was refused.</returns>
    public async Task<(ActionAnswer Answer, string? Kept)> OnceAsync(CaseView view, Func<ICaseTransaction, ValueTask<string>> work, CancellationToken cancellationToken)
    {
        string? kept = null;
        var answer = await TryAsync(
            view,
            async () =>
            {
                (_, kept) = await cases.OnceAsync(
                    sent.NextKey(view), async transaction => (StatusCodes.Status200OK, await work(transaction)), view.Now, cancellationToken);
                return kept;
            },
            view.MayAct);
        return (answer, kept);
    }

    /// <summary>Does it, unless the reader may only read the case.</summary>
    public Task<ActionAnswer> TryAsync<T>(CaseView view, Func<ValueTask<T>> deed) => TryAsync(view, deed, view.MayAct);

    /// <summary>Does it if they may, whatever else they may.</summary>
    public async Task<ActionAnswer> TryAsync<T>(CaseView view, Func<ValueTask<T>> deed, bool may)
    {
        if (!may)
        {
            return ActionAnswer.Forbidden(rules.Say("may-only-read"));
        }

        try
        {
            await deed();
            return ActionAnswer.Done;
        }
        catch (RuleViolationException violation)
        {
            await denials.NoteTaskAsync(view.Person.AsPerformer().Actor, view.Complaint.Id.Value, violation, CancellationToken.None);
            var text = rules.Say(violation.Rule, view.Rules.Pack);
            return Input.Contains(violation.Rule.Code) || RuleTexts.Missing(violation.Rule).Count > 0
                ? ActionAnswer.Invalid(text, RuleTexts.Missing(violation.Rule).ToDictionary(f => f, _ => rules.Say("required"), StringComparer.Ordinal))
                : ActionAnswer.Refused(text);
        }
        catch (InvalidTimeRuleException)
        {
            return ActionAnswer.Invalid(rules.Say("time-rule"));
        }
        catch (StoreBusyException)
        {
            return ActionAnswer.Refused(rules.Say("busy"));
        }
    }

    private Task<ActionAnswer> DoAsync(CaseView view, Performer by, Action<CaseAct> deed, bool mayAct, CancellationToken cancellationToken) => TryAsync(
        view,
        () => cases.OnceAsync(
            sent.NextKey(view),
            async transaction =>
            {
                await cases.ActAsync(transaction, view.Complaint.Id.Value, by, deed, cancellationToken);
                return (StatusCodes.Status200OK, "{}");
            },
            view.Now, cancellationToken),
        mayAct);

    public string Say(Rule rule, CaseView view) => rules.Say(rule, view.Rules.Pack);

    public string Say(string code) => rules.Say(code);
}

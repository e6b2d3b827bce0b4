using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Forms;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Portal;
using CaseManagement.Workflows.Cases;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Follow;

/// <summary>
/// What a complainant does to their case by themselves: each is the case's own deed, done by the complainant, once for each token of a form, and wakes the
/// process as any other.
/// </summary>
public sealed class ComplainantDeeds(CaseRuntime cases, PortalGate gate, FormTokens tokens, RuleTexts rules, TimeProvider clock, IStringLocalizer<FollowWords> words)
{
    private static readonly Performer Complainant = new() { Actor = Actor.ComplainantByPortal };

    // what the complainant can put right by filling something in
    private static readonly HashSet<string> Input = ["reason-required", "text-required", "text-too-long", "text-unusable"];

    /// <summary>Does it.</summary>
    /// <param name="id">The case of the session.</param>
    /// <param name="key">The token of the form.</param>
    /// <param name="deed">What is done.</param>
    /// <param name="cancellationToken">Stops before it is committed.</param>
    public Task<ActionAnswer> DoAsync(Guid id, string? key, Action<CaseAct> deed, CancellationToken cancellationToken) => TryAsync(
        id, key,
        async token => await cases.OnceAsync(
            new RequestKey($"portal/{id:N}", "deed/" + token, ""),
            async transaction =>
            {
                await cases.ActAsync(transaction, id, Complainant, deed, cancellationToken);
                return (StatusCodes.Status200OK, "{}");
            },
            clock.GetUtcNow(), cancellationToken),
        cancellationToken);

    /// <summary>Asks for a closed case to be taken up again. The second of two who ask finds it open.</summary>
    public Task<ActionAnswer> ReopenAsync(Guid id, string? key, string? reason, CancellationToken cancellationToken) => TryAsync(
        id, key,
        async _ =>
        {
            var read = await cases.ReadAsync(id, cancellationToken);
            RuleViolationException.ThrowUnless(read is not null && FollowedCase.MayReopen(read.Complaint, read.Rules), ComplaintRules.ReopeningNotDrawn);
            CaseDialogue.ThrowUnlessUsable(reason);
            await cases.ReopenAsync(id, Complainant, reason, cancellationToken);
        },
        cancellationToken);

    /// <summary>Types what was filled into a form.</summary>
    /// <param name="form">What a complainant may fill of it.</param>
    /// <param name="answers">As typed.</param>
    /// <param name="act">The case.</param>
    /// <exception cref="InvalidInputException">Something is missing or cannot be taken.</exception>
    public static IReadOnlyDictionary<string, FactValue> Typed(FormDefinition form, FormAnswers answers, CaseAct act)
    {
        var strange = answers.Values.Keys.Concat(answers.TableFields).Where(k => form.Fields.All(f => f.Fact != k)).Select(k => new InputProblem(k, FactRefusals.FactNotOnForm, "The form has no such field."));
        var data = TypedAnswers.Of(form, answers, act.Rules.Pack.Facts, act.Facts, act.Rules.Zone);
        var result = FormCheck.Validate(form, data, act.Facts, act.Rules.Pack.Facts, origin: FactOrigin.Complainant, zone: act.Rules.Zone);
        List<InputProblem> problems =
        [
            .. strange,
            .. result.Invalid.Select(r => new InputProblem(r.Fact, r.Refusal!, "The value is refused.")),
            .. result.Missing.Concat(result.TooShort).Where(f => !data.ContainsKey(f)).Select(f => new InputProblem(f, "required", "This is required.")),
        ];
        return problems.Count == 0 ? result.Values : throw new InvalidInputException(problems);
    }

    private async Task<ActionAnswer> TryAsync(Guid id, string? key, Func<string, Task> deed, CancellationToken cancellationToken)
    {
        if (tokens.Read(key) is not { } token)
        {
            return ActionAnswer.Invalid(words["OpenTooLong"]);
        }

        if (!await gate.MayDoAsync(id, cancellationToken))
        {
            return ActionAnswer.Refused(words["TooMuch"]);
        }

        try
        {
            await deed(token);
            return ActionAnswer.Done;
        }
        catch (RuleViolationException violation)
        {
            // a gate's words are for staff
            var code = violation.Rule.Code;
            return Input.Contains(code) ? ActionAnswer.Invalid(rules.Say(code)) : ActionAnswer.Refused(words[code == ComplaintRules.AlreadyRated.Code ? "RatedBefore" : "NotNow"]);
        }
        catch (InvalidInputException)
        {
            return ActionAnswer.Invalid(words["LookAgain"]);
        }
        catch (StoreBusyException)
        {
            return ActionAnswer.Refused(rules.Say("busy"));
        }
    }
}

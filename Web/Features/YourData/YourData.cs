using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Portal;
using CaseManagement.Web.Privacy;
using CaseManagement.Workflows.Cases;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.YourData;

/// <summary>Puts the page about a complainant's personal data together, and registers what they ask.</summary>
public sealed class YourData(
    CaseRuntime cases, DataRequests requests, PortalGate gate, FormTokens tokens, RuleTexts rules, TimeProvider clock, IStringLocalizer<YourDataWords> words)
{
    private static readonly Performer Complainant = new() { Actor = Actor.ComplainantByPortal };

    public async Task<(YourDataPage Page, CaseRules Rules)?> GetAsync(Guid id, bool isProved, CancellationToken cancellationToken)
    {
        if (await cases.ReadAsync(id, cancellationToken) is not { Complaint.Request: null } read)
        {
            return null;
        }

        var (complaint, now) = (read.Complaint, clock.GetUtcNow());
        return (
            new YourDataPage
            {
                Number = complaint.Number,
                Zone = read.Rules.Zone,
                IsProved = isProved,
                AreTaken = await requests.AreTakenAsync(cancellationToken),
                Rights = [.. DataRequestKinds.All.Select(k => new RightChoice(k, words[$"Right_{k}"], words[$"Means_{k}"]))],
                Requests = [.. complaint.Rights.Requests.Reverse().Select(r => Of(r, complaint.Rights, isProved, now))],
                Marks = [.. Marks(complaint.Rights)],
                Key = tokens.Create(),
            },
            read.Rules);
    }

    /// <summary>Registers a request, once for each token of a form.</summary>
    public async Task<ActionAnswer> AskAsync(Guid id, string? key, string? kind, string? text, CancellationToken cancellationToken)
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
            var prepared = await requests.PrepareAsync([id], kind, text, DataRequests.OwnPage, cancellationToken);
            await cases.OnceAsync(
                new RequestKey($"portal/{id:N}", "data/" + token, ""),
                async transaction =>
                {
                    await requests.RegisterAsync(transaction, prepared, Complainant, cancellationToken);
                    return (StatusCodes.Status201Created, "{}");
                },
                clock.GetUtcNow(), cancellationToken);
            return ActionAnswer.Done;
        }
        catch (RuleViolationException violation)
        {
            var code = violation.Rule.Code;
            return code is "request.kind-unknown" ? ActionAnswer.Invalid(words["ChooseRight"])
                : code.StartsWith("text-", StringComparison.Ordinal) ? ActionAnswer.Invalid(code == ComplaintRules.TextRequired.Code ? words["SayWhat"] : rules.Say(code))
                : ActionAnswer.Refused(code == DataRequestRules.TooMany.Code ? words["TooManyRequests"] : words["NotTaken"]);
        }
        catch (InvalidInputException)
        {
            return ActionAnswer.Refused(words["NotTaken"]);
        }
        catch (StoreBusyException)
        {
            return ActionAnswer.Refused(rules.Say("busy"));
        }
    }

    private MadeRequest Of(NotedRequest request, CaseRights rights, bool isProved, DateTimeOffset now)
    {
        var export = rights.Exports.LastOrDefault(e => e.Request == request.Number);
        return new MadeRequest(request.Number, words[$"Right_{request.Kind}"], StateOf(request), request.At, request.Reason)
        {
            FetchHref = isProved && export?.IsOpenAt(now) == true ? $"{PortalServices.Path}/case/data/files/{export.Id}" : null,
            FetchUntil = export?.IsOpenAt(now) == true ? export.EndsAt : null,
            FetchedAt = export?.DownloadedAt,
        };
    }

    private StateMark StateOf(NotedRequest request) => request.Outcome switch
    {
        null => new(StateShape.Waiting, words["State_open"]),
        DataRequestOutcomes.Granted or DataRequestOutcomes.Partly => new(StateShape.Done, words[$"State_{request.Outcome}"]),
        var outcome => new(StateShape.Ended, words[$"State_{outcome}"]),
    };

    private IEnumerable<string> Marks(CaseRights rights)
    {
        if (rights.Erasure is not null)
        {
            yield return words["ToBeErased"];
        }
        else if (rights.Restriction is { } restriction)
        {
            yield return words[restriction.UntilClosing ? "RestrictedUntilClosing" : "Restricted"];
        }

        foreach (var correction in rights.Corrections)
        {
            yield return words["CorrectedBy", correction.Request, correction.Text];
        }
    }
}

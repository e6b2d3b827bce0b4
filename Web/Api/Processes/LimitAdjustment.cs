using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using MovedClock = CaseManagement.Web.Configuration.MovedClock;

namespace CaseManagement.Web.Api.Processes;

/// <summary>Shows programs what a change of a limit would do, and does it.</summary>
public sealed class LimitAdjustment(StoredConfigurations configurations, IConfigurationWriter writer, LimitChanges changes, ApiCases allowed, RequestOnce once, ReadLog reads)
{
    /// <summary>Somebody changed the limit since it was looked at, or the change to undo is not the newest.</summary>
    public static readonly Rule Changed = new("limit-changed", "The limit has been changed since it was looked at.");

    /// <summary>There is nothing of that number to take back.</summary>
    public static readonly Rule NothingToUndo = new("change-not-undoable", "There is no such change, or a newer one of the same limit is in force.");

    /// <summary>What the change would move. Nothing is stored.</summary>
    public async Task<LimitChangeAnswer> PreviewAsync(
        string process, string limit, LimitRequest request, (int Page, int Size)? page, ApiCaller caller, string language, CancellationToken cancellationToken)
    {
        var proposal = Proposed(await configurations.CurrentAsync(cancellationToken), process, limit, request);
        ThrowIfWrong(proposal, language);
        return await AnswerAsync(proposal, await MovedAsync(proposal, caller, cancellationToken), null, page, caller, language, cancellationToken);
    }

    /// <summary>What adding, taking away or moving a limit would do. Nothing is stored.</summary>
    public async Task<LimitChangeAnswer> PreviewAsync(
        Func<CaseConfiguration, LimitProposal> propose, (int Page, int Size)? page, ApiCaller caller, string language, CancellationToken cancellationToken)
    {
        var proposal = ThrowIfWrong(propose(await configurations.CurrentAsync(cancellationToken)), language);
        return await AnswerAsync(proposal, await MovedAsync(proposal, caller, cancellationToken), null, page, caller, language, cancellationToken);
    }

    /// <summary>Adds, takes away or moves a limit.</summary>
    public Task<FirstAnswer> ApplyAsync(HttpContext context, Func<CaseConfiguration, LimitProposal> propose, string? seen, string? reason) =>
        ApplyAsync(context, propose, seen, reason, Changed);

    /// <summary>What taking a change back would move. Nothing is stored.</summary>
    public async Task<LimitChangeAnswer> PreviewUndoAsync(
        string process, long change, (int Page, int Size)? page, ApiCaller caller, string language, CancellationToken cancellationToken)
    {
        var proposal = LimitProposal.Undoing(await configurations.CurrentAsync(cancellationToken), process, change) ?? throw new RuleViolationException(NothingToUndo);
        return await AnswerAsync(proposal, await MovedAsync(proposal, caller, cancellationToken), null, page, caller, language, cancellationToken);
    }

    /// <summary>Changes the limit.</summary>
    public Task<FirstAnswer> ApplyAsync(HttpContext context, string process, string limit, LimitRequest request) =>
        ApplyAsync(context, now => Proposed(now, process, limit, request), request.Seen, request.Reason, Changed);

    /// <summary>Takes a change back, for the cases it was made for.</summary>
    public Task<FirstAnswer> UndoAsync(HttpContext context, string process, long change, string? reason) =>
        ApplyAsync(context, now => LimitProposal.Undoing(now, process, change), null, reason, NothingToUndo);

    private async Task<FirstAnswer> ApplyAsync(
        HttpContext context, Func<CaseConfiguration, LimitProposal?> propose, string? seen, string? reason, Rule otherwise)
    {
        RuleViolationException.ThrowUnless(!string.IsNullOrWhiteSpace(reason), ComplaintRules.ReasonRequired);
        var (key, caller, language) = (await RequestOnce.KeyOfAsync(context), ApiCaller.Of(context), ApiLanguage.Of(context));
        return await writer.RunWithContextAsync(
            (db, transaction) => once.RunAsync(
                key,
                transaction,
                async () =>
                {
                    var applied = await changes.ApplyAsync(
                        db, transaction, now => propose(now) is { } proposal ? ThrowIfWrong(proposal, language) : null, seen, reason!.Trim(), caller.Performer, context.RequestAborted)
                        ?? throw new RuleViolationException(otherwise);
                    return FirstAnswer.Of(StatusCodes.Status200OK, await AnswerAsync(applied.Proposal, applied.Moved, applied.Entry, null, caller, language, context.RequestAborted));
                },
                context.RequestAborted),
            context.RequestAborted);
    }

    // that somebody looked is recorded first
    private async Task<IReadOnlyList<MovedClock>> MovedAsync(LimitProposal proposal, ApiCaller caller, CancellationToken cancellationToken)
    {
        await reads.PreviewedAsync(proposal, caller.Performer.Actor, cancellationToken);
        return await changes.PreviewAsync(proposal, cancellationToken);
    }

    private static LimitProposal Proposed(CaseConfiguration now, string process, string limit, LimitRequest request)
    {
        var published = now.Published.GetValueOrDefault(process) ?? throw new RuleViolationException(CaseRuntime.NoProcess);
        var rule = now.RulesFor(published, now.LimitsVersion(process)).Limit(limit).Rule;
        return LimitProposal.Of(now, process, limit, request.Patch(rule), request.Scope == Persistence.Settings.LimitChangeScope.OpenCases);
    }

    private static LimitProposal ThrowIfWrong(LimitProposal proposal, string language) => proposal.Problems.Count == 0
        ? proposal
        : throw new InvalidInputException([.. proposal.Problems.Select(p => new InputProblem(p.Code == LimitProposal.NothingToChange ? "amount" : p.Path.Length == 0 ? "limit" : p.Path, p.Code, p.Message.In(language)))]);

    private async Task<LimitChangeAnswer> AnswerAsync(
        LimitProposal proposal, IReadOnlyList<MovedClock> moved, string? entry, (int Page, int Size)? page, ApiCaller caller, string language,
        CancellationToken cancellationToken)
    {
        var elsewhen = moved.Where(one => one.IsDueElsewhen).ToList();
        var known = await allowed.KnownAsync(caller, [.. elsewhen.Select(one => one.CaseId)], cancellationToken);
        var affected = elsewhen.Where(one => known.Contains(one.CaseId)).ToList();
        var restricted = new RestrictedCount(elsewhen.Where(one => !known.Contains(one.CaseId)).DistinctBy(one => one.CaseId).Count());
        var shown = page is { } asked ? affected.Skip((asked.Page - 1) * asked.Size).Take(asked.Size) : affected;
        return new LimitChangeAnswer(
            [.. shown.Select(one => new AffectedCase(one.CaseId, one.Number, one.Counted.Clock.Key, one.Counted.OldDueAt, one.Counted.NewDueAt, one.Counted.IsLateAtOnce))],
            affected.Count, affected.Count(one => one.Counted.IsLateAtOnce), entry, proposal.After?.Rule.ToSentence(language), restricted.Told)
        {
            Limit = proposal.Limit,
            WithoutDue = affected.Count(one => one.Counted.NewDueAt is null),
        };
    }
}

using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Api.Complaints;

/// <summary>Does something to one case for a request, once, and answers with the case.</summary>
public sealed class CaseDeeds(CaseRuntime runtime, ApiCases allowed, RequestOnce once)
{
    public async Task<FirstAnswer> DoAsync(HttpContext context, Guid id, Action<CaseAct> deed)
    {
        await allowed.RequireWorkableAsync(id, ApiCaller.Of(context), context.RequestAborted);
        return await once.RunAsync(context, transaction => DoAsync(context, transaction, id, deed));
    }

    /// <summary>The same with the next number of a sequence, taken in the same transaction, so that numbers have no gaps.</summary>
    public async Task<FirstAnswer> DoNumberedAsync(HttpContext context, Guid id, string sequence, Action<CaseAct, long> deed)
    {
        await allowed.RequireWorkableAsync(id, ApiCaller.Of(context), context.RequestAborted);
        return await once.RunAsync(context, async transaction =>
        {
            var number = await transaction.NextAsync(sequence, context.RequestAborted);
            return await DoAsync(context, transaction, id, act => deed(act, number));
        });
    }

    /// <summary>Does something after which the case is not the caller's to read.</summary>
    public async Task GiveUpAsync(HttpContext context, Guid id, Action<CaseAct> deed) => await once.RunAsync(context, async transaction =>
    {
        await runtime.ActAsync(transaction, id, ApiCaller.Of(context).Performer, deed, context.RequestAborted);
        return new FirstAnswer(StatusCodes.Status204NoContent, "{}");
    });

    /// <summary>What a deed would do to the case's clocks; nothing is stored.</summary>
    public async Task<IReadOnlyList<LevelPreviewAnswer>> TryAsync(HttpContext context, Guid id, Action<CaseAct> deed)
    {
        var caller = ApiCaller.Of(context);
        await allowed.RequireWorkableAsync(id, caller, context.RequestAborted);
        var (tried, clocks) = await runtime.TryOutAsync(
            id,
            caller.Performer,
            deed,
            context.RequestAborted);
        return [.. clocks.Select(one => tried.Complaint.Clocks.All[one.Clock] is var clock
            ? new LevelPreviewAnswer(one.Clock, clock.LimitKey, one.OldDueAt, one.NewDueAt, clock.BreachedAt is not null)
            : throw new InvalidOperationException("A clock is gone."))];
    }

    /// <summary>Opens a closed case again; people need to supervise it.</summary>
    public async Task<FirstAnswer> ReopenAsync(HttpContext context, Guid id, string? reason)
    {
        await allowed.RequireSupervisedAsync(id, ApiCaller.Of(context), context.RequestAborted);
        return await once.RunApartAsync(context, async () => Answer(context, await runtime.ReopenAsync(id, ApiCaller.Of(context).Performer, reason, context.RequestAborted)));
    }

    /// <summary>Types facts as the process declares them.</summary>
    /// <exception cref="InvalidInputException">Some are refused; each is named.</exception>
    public static Dictionary<string, FactValue> Typed(CaseAct act, IReadOnlyDictionary<string, JsonElement>? facts, FactOrigin origin, string prefix = "")
    {
        var results = (facts ?? new Dictionary<string, JsonElement>()).Select(f => act.Rules.Pack.Facts.Accept(f.Key, f.Value, origin, act.Rules.Zone)).ToList();
        var problems = results.Where(r => !r.IsGood)
            .Select(r => new InputProblem(prefix + r.Fact, r.Refusal!, $"The value of '{r.Fact}' is refused: {r.Refusal}.")).ToList();
        return problems.Count == 0 ? results.ToDictionary(r => r.Fact, r => r.Value, StringComparer.Ordinal) : throw new InvalidInputException(problems);
    }

    private async ValueTask<FirstAnswer> DoAsync(HttpContext context, ICaseTransaction transaction, Guid id, Action<CaseAct> deed)
    {
        var caller = ApiCaller.Of(context);
        var outcome = await runtime.ActAsync(
            transaction,
            id,
            caller.Performer,
            deed,
            context.RequestAborted);
        return Answer(context, outcome);
    }

    private static FirstAnswer Answer(HttpContext context, CaseOutcome outcome) =>
        FirstAnswer.Of(StatusCodes.Status200OK, CaseWords.For(context).Of(CaseReader.ReadCaseFor(outcome.Complaint, outcome.Rules, ApiCaller.Of(context), mayAct: true)));
}

using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Delegations;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Delegations;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Delegations;

/// <summary>
/// Who acts for whom: absences that are covered, and delegations. For people only, by their session or their own key: a program acts for nobody and has nobody
/// act for it. One task is delegated with <c>tasks/{id}/delegate</c>.
/// </summary>
[Route("api/v1/delegations"), Tags("Delegations")]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status403Forbidden)]
public sealed class DelegationsController(
    CaseManagementDbContext db, People people, StoredConfigurations configurations, Delegating delegating, RequestOnce once, TimeProvider clock) : ApiController
{
    private static readonly Rule Unknown = new("delegation-unknown", "There is no such delegation, or it is none of yours.");

    private static readonly TaskKind[] Kinds = [TaskKind.Work, TaskKind.Approval, TaskKind.Question];

    /// <summary>Those the caller gave, may give for others, or acts by; the one that begins last comes first.</summary>
    /// <param name="state"><c>ahead</c>, <c>inForce</c>, <c>over</c>, or absent for all.</param>
    /// <param name="paging">Which part of the list.</param>
    /// <param name="cancellationToken">Stops.</param>
    [HttpGet, ApiAccess(ApiScopes.TasksRead, ApiRoles.Anyone)]
    [ProducesResponseType<Listed<DelegationAnswer>>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> List([FromQuery] string? state, [FromQuery] PageRequest paging, CancellationToken cancellationToken)
    {
        var me = Me();
        var stand = StandOf(state);
        var (now, context) = (clock.GetUtcNow(), await ContextAsync(cancellationToken));
        var found = DelegationSight.Of(db, me.Id, context.Names.Keys, context.Chart);
        found = stand switch
        {
            DelegationStand.Ahead => found.Where(d => d.EndedAt == null && d.Starts > now),
            DelegationStand.InForce => found.Where(d => d.EndedAt == null && d.Starts <= now && d.Ends > now),
            DelegationStand.Over => found.Where(d => d.EndedAt != null || d.Ends <= now),
            null => found,
        };
        var total = await found.CountAsync(cancellationToken);
        var rows = await found.OrderByDescending(d => d.Starts).ThenBy(d => d.Id).Skip(paging.Before).Take(paging.PageSize).ToListAsync(cancellationToken);
        return JsonAnswers.Json(new Listed<DelegationAnswer>([.. rows.Select(row => AnswerOf(row, me, now, context))], total));
    }

    /// <summary>Has somebody act for the caller, or for a person whose unit the caller supervises or leads. Both are told when it begins and when it ends.</summary>
    [HttpPost, ApiAccess(ApiScopes.TasksWrite, ApiRoles.Anyone)]
    [ProducesResponseType<DelegationAnswer>(StatusCodes.Status201Created)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest), ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> Set([FromBody] DelegationRequest request, CancellationToken cancellationToken)
    {
        var me = Me();
        var context = await ContextAsync(cancellationToken);
        var (order, key) = (OrderOf(request, me, context), await RequestOnce.KeyOfAsync(HttpContext));
        return JsonAnswers.Json(await delegating.SetAsync(
            order, me,
            (transaction, set) => once.RunAsync(
                key, transaction,
                async () => FirstAnswer.Of(StatusCodes.Status201Created, AnswerOf(await set(), me, clock.GetUtcNow(), context)), cancellationToken),
            cancellationToken));
    }

    /// <summary>Ends one before its time: whoever might set it, and the one who acts.</summary>
    [HttpPost("{id:guid}/end"), ApiAccess(ApiScopes.TasksWrite, ApiRoles.Anyone)]
    [ProducesResponseType<DelegationAnswer>(StatusCodes.Status200OK)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound), ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> End(Guid id, CancellationToken cancellationToken)
    {
        var me = Me();
        var (context, key) = (await ContextAsync(cancellationToken), await RequestOnce.KeyOfAsync(HttpContext));
        return JsonAnswers.Json(await delegating.EndAsync(
            id, me,
            (transaction, end) => once.RunAsync(
                key, transaction,
                async () => FirstAnswer.Of(
                    StatusCodes.Status200OK, AnswerOf(await end() ?? throw new RuleViolationException(Unknown), me, clock.GetUtcNow(), context)), cancellationToken),
            cancellationToken));
    }

    private Person Me() => Caller.Person ?? throw ApiCases.Forbidden();

    private async Task<Surroundings> ContextAsync(CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        return new Surroundings(
            configuration.Chart, Delegating.ZoneOf(configuration), configuration.Published.Keys.ToHashSet(StringComparer.Ordinal),
            (await people.AllAsync(cancellationToken)).ToDictionary(p => p.Id, p => p.Name, StringComparer.Ordinal));
    }

    private static DelegationOrder OrderOf(DelegationRequest request, Person me, Surroundings context)
    {
        var problems = new List<InputProblem>();
        Check(!string.IsNullOrWhiteSpace(request.To), "to", "required", "Say who acts.");
        Check(string.IsNullOrWhiteSpace(request.To) || context.Names.ContainsKey(request.To), "to", "person-unknown", "Nobody of this id works here.");
        Check(request.From is null || context.Names.ContainsKey(request.From), "from", "person-unknown", "Nobody of this id works here.");
        Check(request.First is not null, "first", "required", "Say the first day.");
        Check(request.Last is not null, "last", "required", "Say the last day.");
        foreach (var process in (request.Processes ?? []).Where(p => !context.Processes.Contains(p)))
        {
            problems.Add(new InputProblem("processes", CaseRuntime.NoProcess.Code, $"No process '{process}' is published."));
        }

        var kinds = Kinds.Where(k => (request.Kinds ?? []).Contains(NameOf(k))).ToList();
        Check((request.Kinds ?? []).All(k => Kinds.Any(known => NameOf(known) == k)), "kinds", FactRefusals.OptionUnknown, "Of work, approval, question.");
        if (problems.Count > 0)
        {
            throw new InvalidInputException(problems);
        }

        return new DelegationOrder(request.From ?? me.Id, request.To!, request.First!.Value, request.Last!.Value, request.Reason)
        {
            IsCover = request.Cover,
            Processes = [.. (request.Processes ?? []).Distinct(StringComparer.Ordinal)],
            Kinds = kinds.Count == Kinds.Length ? [] : kinds,
        };

        void Check(bool holds, string field, string code, string message)
        {
            if (!holds)
            {
                problems.Add(new InputProblem(field, code, message));
            }
        }
    }

    private static DelegationStand? StandOf(string? state) => state is null or "" ? null
        : Enum.GetValues<DelegationStand>().Where(s => NameOf(s) == state).Select(s => (DelegationStand?)s).FirstOrDefault()
            ?? throw new InvalidInputException([new InputProblem("state", FactRefusals.OptionUnknown, "One of ahead, inForce, over.")]);

    private static DelegationAnswer AnswerOf(StoredDelegation row, Person me, DateTimeOffset now, Surroundings context)
    {
        var (delegation, stand) = (row.AsDelegation(), row.StandOf(now));
        string? Name(string id) => context.Names.GetValueOrDefault(id);
        return new DelegationAnswer
        {
            Id = row.Id,
            From = row.FromId,
            FromName = Name(row.FromId),
            To = row.ToId,
            ToName = Name(row.ToId),
            First = DateWords.DayOf(row.Starts, context.Zone),
            Last = DateWords.DayOf(row.Ends.AddTicks(-1), context.Zone),
            Zone = context.Zone,
            StartsAt = row.Starts,
            EndsAt = row.Ends,
            Cover = row.IsCover,
            Processes = delegation.Processes,
            Kinds = [.. delegation.Kinds.Select(k => NameOf(k))],
            Reason = row.Reason,
            State = NameOf(stand),
            SetBy = row.SetBy,
            SetAt = row.SetAt,
            EndedAt = row.EndedAt,
            EndedBy = row.EndedBy,
            MayEnd = stand != DelegationStand.Over && DelegationRules.MayEnd(delegation, me.Id, context.Chart),
        };
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private sealed record Surroundings(OrganisationChart Chart, string Zone, IReadOnlySet<string> Processes, IReadOnlyDictionary<string, string> Names);
}

using CaseManagement.Domain;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Features.Lessons;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Lessons;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Lessons;

/// <summary>What was learned from a closed case. It names nobody.</summary>
public sealed record LessonAnswer
{
    public required Guid Id { get; init; }
    public required string Process { get; init; }
    public string? Category { get; init; }
    public string? Level { get; init; }
    public required string Title { get; init; }
    public required string Situation { get; init; }
    public required string Cause { get; init; }
    public required string Measures { get; init; }
    public required string Advice { get; init; }
    public required DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>The case it comes from; absent where the caller may not see it, or it is gone.</summary>
    public Guid? Complaint { get; init; }
}

/// <summary>The case library: what was learned from closed cases and released.</summary>
[Route("api/v1/lessons"), Tags("Lessons")]
public sealed class LessonsController(CaseManagementDbContext db, ApiCases allowed) : ApiController
{
    private static readonly Rule Unknown = new("lesson-unknown", "There is no such lesson.");

    /// <summary>Released lessons, the last released first.</summary>
    /// <param name="q">Words, all of which must be there.</param>
    /// <param name="process">Of this process.</param>
    /// <param name="paging">Which part of the list.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    [HttpGet, ApiAccess(ApiScopes.CasesRead, ApiRoles.Anyone)]
    [ProducesResponseType<Listed<LessonAnswer>>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> List([FromQuery] string? q, [FromQuery] string? process, [FromQuery] PageRequest paging, CancellationToken cancellationToken)
    {
        var found = Allowed(LessonSearch.Released(db, q, process));
        var total = await found.CountAsync(cancellationToken);
        var rows = await found.Skip(paging.Before).Take(paging.PageSize).ToListAsync(cancellationToken);
        return JsonAnswers.Json(new Listed<LessonAnswer>(await AnswersAsync(rows, cancellationToken), total));
    }

    /// <summary>One released lesson.</summary>
    [HttpGet("{id:guid}"), ApiAccess(ApiScopes.CasesRead, ApiRoles.Anyone)]
    [ProducesResponseType<LessonAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> Get(Guid id, CancellationToken cancellationToken) =>
        await Allowed(LessonSearch.Released(db, null, null)).SingleOrDefaultAsync(l => l.Id == id, cancellationToken) is { } lesson
            ? JsonAnswers.Json((await AnswersAsync([lesson], cancellationToken))[0])
            : throw new RuleViolationException(Unknown);

    private IQueryable<StoredLesson> Allowed(IQueryable<StoredLesson> lessons) =>
        Caller.Bounds is { Processes: { Count: > 0 } processes } ? lessons.Where(l => processes.Contains(l.ProcessKey)) : lessons;

    private async Task<IReadOnlyList<LessonAnswer>> AnswersAsync(IReadOnlyList<StoredLesson> lessons, CancellationToken cancellationToken)
    {
        var ids = lessons.Select(l => l.ComplaintId).ToList();
        var seen = await (await allowed.VisibleAsync(Caller, cancellationToken)).Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToHashSetAsync(cancellationToken);
        return
        [
            .. lessons.Select(l => new LessonAnswer
            {
                Id = l.Id,
                Process = l.ProcessKey,
                Category = l.Category,
                Level = l.Level,
                Title = l.Title,
                Situation = l.Situation,
                Cause = l.Cause,
                Measures = l.Measures,
                Advice = l.Advice,
                ReleasedAt = l.DecidedAt ?? l.ProposedAt,
                Complaint = seen.Contains(l.ComplaintId) ? l.ComplaintId : null,
            }),
        ];
    }
}

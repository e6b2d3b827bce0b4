using CaseManagement.Domain;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Complaints;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Moves;
using CaseManagement.Workflows.CaseActivities;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Processes;

/// <summary>Running cases go to another version of their process.</summary>
[Route("api/v1/processes/{key}/migrate"), Tags("Processes")]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
public sealed class MigrationController(
    ProcessMigration migration, ApiCases allowed, RefusalWords words, RequestOnce once) : ApiController
{
    /// <summary>
    /// Looks at, or moves, the open cases of a version, up to 500 at a time; each case is a commit of its own. Sent again, it goes on with those
    /// that have not moved.
    /// </summary>
    [HttpPost, ApiAccess(ApiScopes.ProcessesPublish, ApiRoles.ProcessOwner)]
    [ProducesResponseType<MigrationAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> Migrate(string key, [FromBody] MigrationRequest request, CancellationToken cancellationToken)
    {
        var order = Read(key, request);
        return JsonAnswers.Json(request.DryRun
            ? FirstAnswer.Of(StatusCodes.Status200OK, await RunAsync(order, request, cancellationToken))
            : await once.RunApartAsync(HttpContext, async () => FirstAnswer.Of(StatusCodes.Status200OK, await RunAsync(order, request, cancellationToken))));
    }

    private static MigrationOrder Read(string key, MigrationRequest request)
    {
        var problems = new List<InputProblem>();
        Need(request.From is >= 1, "from", "required", "Say which version the cases are on.");
        Need(request.To is >= 1, "to", "required", "Say which version they go to.");
        Need(request.Limit is null or (>= 1 and <= ProcessMigration.LargestBatch), "limit", "out-of-range", $"1 to {ProcessMigration.LargestBatch}.");
        foreach (var (old, now) in request.Map ?? new Dictionary<string, string>())
        {
            Need(!string.IsNullOrEmpty(old) && !string.IsNullOrEmpty(now), $"map.{old}", "required", "Name the step before and the step after.");
        }

        if (problems.Count > 0)
        {
            throw new InvalidInputException(problems);
        }

        return new MigrationOrder(key, request.From!.Value, request.To!.Value, request.Map ?? new Dictionary<string, string>(), request.Reason?.Trim() ?? "");

        void Need(bool holds, string field, string code, string message)
        {
            if (!holds)
            {
                problems.Add(new InputProblem(field, code, message));
            }
        }
    }

    private async Task<MigrationAnswer> RunAsync(MigrationOrder order, MigrationRequest request, CancellationToken cancellationToken)
    {
        var batch = await migration.RunAsync(
            order, request.DryRun, request.After, request.Limit ?? ProcessMigration.LargestBatch, Caller.Performer, cancellationToken);
        var seen = await SeenAsync(batch.Results, cancellationToken);
        var language = ApiLanguage.Of(HttpContext);
        return new MigrationAnswer
        {
            From = order.From,
            To = order.To,
            DryRun = request.DryRun,
            Unmapped = [.. batch.Outline.Workflows.SelectMany(w => w.Unmapped.Select(n => new UnmappedAnswer(w.Workflow, n.Id, ShapeTexts.Of(n).In(language), n.TypeName)))],
            Results = [.. batch.Results.Where(r => seen(r.Complaint)).Select(r => AnswerOf(r, batch.Outline, language))],
            Restricted = [.. UnseenCases.Of(batch.Results.Where(r => !seen(r.Complaint)))
                .Select(u => new RestrictedAnswer(CaseWords.Lower(u.End), u.Code, u.Shape, u.Count))],
            Left = batch.Left,
            Next = batch.Next,
        };
    }

    private MigratedAnswer AnswerOf(CaseMigration result, MigrationOutline outline, string language) => new(
        result.Complaint, result.Number, CaseWords.Lower(result.End),
        [.. result.Refusals.Select(r => new RefusalAnswer(r.Code, r.ActivityId, words.Say(r, outline, language)))],
        [.. result.Clocks.Select(c => new MigratedClockAnswer(c.Clock, c.OldDueAt, c.NewDueAt))],
        result.PassedOver);

    private async Task<Func<Guid, bool>> SeenAsync(IReadOnlyList<CaseMigration> results, CancellationToken cancellationToken)
    {
        var ids = results.Select(r => r.Complaint).ToList();
        var seen = await (await allowed.VisibleAsync(Caller, cancellationToken))
            .Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToHashSetAsync(cancellationToken);
        return seen.Contains;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Complaints;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api;

/// <summary>One link of an audit chain.</summary>
/// <param name="Seq">From 1, without gaps within an entity.</param>
/// <param name="At">In the product's own time.</param>
/// <param name="RecordedAt">By the wall clock.</param>
/// <param name="Type">What happened.</param>
/// <param name="By">Who did it.</param>
/// <param name="Data">What there is to say about it.</param>
/// <param name="Body">The canonical text that is hashed.</param>
/// <param name="Hash">Lower-case hex.</param>
public sealed record AuditAnswer(
    long Seq, DateTimeOffset At, DateTimeOffset RecordedAt, string Type, ActorAnswer By, JsonElement Data, string Body, string Hash);

/// <summary>What was recorded, for good.</summary>
[Route("api/v1/audit"), Tags("Audit")]
public sealed class AuditController(CaseManagementDbContext db, CaseReader reader, ApiCases allowed, ReadLog reads) : ApiController
{
    private const string CasePrefix = "complaint:";

    private static readonly string[] OwnersStreams = ["process:", "calendar:", "workflow:"];

    /// <summary>The chain of one entity: a case (<c>complaint:id</c> or its id), <c>process:key</c>, <c>calendar:key</c>.</summary>
    [HttpGet, ApiAccess(ApiScopes.AuditRead, ApiRoles.Anyone)]
    [ProducesResponseType<Listed<AuditAnswer>>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> List(
        [FromQuery] string? entity, [FromQuery] DateTimeOffset? from, [FromQuery] DateTimeOffset? to, [FromQuery] PageRequest paging, CancellationToken cancellationToken)
    {
        var name = entity is { Length: > 0 } given ? given : throw new InvalidInputException([new InputProblem("entity", "required", "Name an entity.")]);
        var (rows, read) = Guid.TryParse(name.StartsWith(CasePrefix, StringComparison.Ordinal) ? name[CasePrefix.Length..] : name, out var id)
            ? await OfCaseAsync(id, cancellationToken)
            : (OfConfiguration(name), null);
        await reads.ChainedAsync(ReadLog.AuditAsked, Caller.Performer.Actor, new JsonObject { ["entity"] = name, ["from"] = from, ["to"] = to }, cancellationToken);
        rows = from is { } since ? rows.Where(e => e.At >= since) : rows;
        rows = to is { } until ? rows.Where(e => e.At < until) : rows;
        var total = await rows.CountAsync(cancellationToken);
        var language = ApiLanguage.Of(HttpContext);
        var found = await rows.OrderBy(e => e.Sequence).Skip(paging.Before).Take(paging.PageSize).ToListAsync(cancellationToken);
        return JsonAnswers.Json(new Listed<AuditAnswer>([.. found.Select(e => AnswerOf(e, read, language))], total));
    }

    private async Task<(IQueryable<EventRow> Rows, ReadCase? Case)> OfCaseAsync(Guid id, CancellationToken cancellationToken)
    {
        ThrowUnless(ApiRoles.Staff | ApiRoles.Auditor);
        if (!Caller.Roles.HasFlag(ApiRoles.Auditor))
        {
            await allowed.RequireWorkableAsync(id, Caller, cancellationToken);
        }

        var read = await reader.GetAsync(id, Caller, cancellationToken);
        var hides = read.HidesFiles;
        return (db.Events.AsNoTracking().Where(e => e.ComplaintId == id && !(hides && Features.Cases.EventSentences.FileTypes.Contains(e.Type))), read);
    }

    private IQueryable<EventRow> OfConfiguration(string stream)
    {
        // owners of processes read about those, not about people, keys and sessions
        ThrowUnless(OwnersStreams.Any(kind => stream.StartsWith(kind, StringComparison.Ordinal))
            ? ApiRoles.Administrator | ApiRoles.ProcessOwner | ApiRoles.Auditor
            : ApiRoles.Administrator | ApiRoles.Auditor);
        var noCase = Guid.Empty; // as a parameter it has a type on every database
        return db.ConfigurationEvents.AsNoTracking().Where(e => e.Stream == stream).Select(e => new EventRow
        {
            ComplaintId = noCase,
            Sequence = e.Sequence,
            At = e.At,
            RecordedAt = e.RecordedAt,
            Type = e.Type,
            ActorKind = e.ActorKind,
            ActorId = e.ActorId,
            ActorName = e.ActorName,
            Data = e.Data,
            Salt = e.Salt,
            Body = e.Body,
            Hash = e.Hash,
        });
    }

    private void ThrowUnless(ApiRoles roles)
    {
        if (!Caller.May(ApiScopes.AuditRead, roles))
        {
            throw ApiCases.Forbidden();
        }
    }

    private static AuditAnswer AnswerOf(EventRow row, ReadCase? read, string language) => new(
        row.Sequence, row.At, row.RecordedAt, row.Type, TimelineReader.By(row, language), TimelineReader.DataOf(row, read), row.Body, Convert.ToHexStringLower(row.Hash));
}

using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api;

/// <summary>What to verify: a case, a time, what changed since an anchor; nothing: everything.</summary>
/// <param name="Case">The case's id, or <c>complaint:id</c>.</param>
/// <param name="From">Streams with an event recorded at or after this.</param>
/// <param name="To">And before this.</param>
/// <param name="SinceAnchor">Streams that changed after this anchor.</param>
/// <param name="AnchorsFile">The text of a file of anchors kept elsewhere, one a line.</param>
public sealed record VerifyRequest(string? Case, DateTimeOffset? From, DateTimeOffset? To, long? SinceAnchor, string? AnchorsFile);

/// <summary>Where the first fault is.</summary>
/// <param name="Fault">gap, hash, column, head, value, erasure, leaf, root, signature, link or outsideCopy.</param>
public sealed record FirstBadAnswer(string Fault, string? Stream, long? Seq, long? Anchor);

/// <summary>How a verification ended.</summary>
public sealed record VerifyAnswer(bool Ok, long Rows, long Streams, long Anchors, long Erased, FirstBadAnswer? FirstBad, double Seconds);

/// <summary>What to take out.</summary>
/// <param name="Case">One case; else what was recorded in a time.</param>
/// <param name="Values">With values, masked for the caller.</param>
/// <param name="Reason">Why; it is recorded.</param>
public sealed record AuditExportRequest(string? Case, DateTimeOffset? From, DateTimeOffset? To, bool Values, string? Reason);

/// <summary>An anchor as it stands in files and mails.</summary>
public sealed record AnchorAnswer(long N, DateTimeOffset At, int Count, string Root, string PrevAnchorHash, long Erasures, string KeyId, string Signature);

/// <summary>Shows that what was recorded is what is there.</summary>
[Route("api/v1/audit"), Tags("Audit")]
public sealed class AuditVerifyController(CaseManagementDbContext db, AuditVerification verification, AuditExport export, ApiCases allowed) : ApiController
{
    private const string CasePrefix = "complaint:";
    private const int MostAnchors = 500;

    /// <summary>Verifies chains, anchors and values, and stops at the first fault. It reads beside the bursts.</summary>
    [HttpPost("verify"), ApiAccess(ApiScopes.AuditVerify, ApiRoles.Administrator | ApiRoles.Auditor)]
    [ProducesResponseType<VerifyAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> Verify([FromBody] VerifyRequest? request, CancellationToken cancellationToken)
    {
        var wanted = request ?? new VerifyRequest(null, null, null, null, null);
        if (wanted.SinceAnchor < 0)
        {
            throw Wrong("sinceAnchor", "Anchors count from 0, which is before the first.");
        }

        CheckPeriod(wanted.From, wanted.To);
        if (new object?[] { wanted.Case, wanted.From ?? wanted.To, wanted.SinceAnchor }.Count(one => one is not null) > 1)
        {
            throw Wrong("case", "Name a case, or a time, or an anchor.");
        }

        var extent = new AuditExtent { Case = CaseOf(wanted.Case), From = wanted.From, To = wanted.To, SinceAnchor = wanted.SinceAnchor };
        if (extent.Case is { } id && Caller.Person?.Is(Organisation.SystemRoles.Administrator) != true)
        {
            await allowed.RequireVisibleAsync(id, Caller, cancellationToken);
        }

        var verdict = await verification.RunAsync(extent, wanted.AnchorsFile?.Split('\n'), Caller.Performer.Actor, cancellationToken);
        return JsonAnswers.Json(new VerifyAnswer(
            verdict.Ok, verdict.Rows, verdict.Streams, verdict.Anchors, verdict.Erased,
            verdict.FirstBad is { } bad ? new FirstBadAnswer(JsonNamingPolicy.CamelCase.ConvertName(bad.Fault.ToString()), bad.Stream, bad.Sequence, bad.Anchor) : null, verdict.Seconds));
    }

    /// <summary>Anchors after one, the oldest first; 500 at most.</summary>
    [HttpGet("anchors"), ApiAccess(ApiScopes.AuditVerify, ApiRoles.Administrator | ApiRoles.Auditor)]
    [ProducesResponseType<IReadOnlyList<AnchorAnswer>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Anchors([FromQuery] long after, CancellationToken cancellationToken)
    {
        var found = await db.AuditAnchors.AsNoTracking().Where(a => a.Number > after).OrderBy(a => a.Number).Take(MostAnchors).ToListAsync(cancellationToken);
        return JsonAnswers.Json(found.Select(a => new AnchorAnswer(
            a.Number, a.At, a.Count, Convert.ToHexStringLower(a.Root), Convert.ToHexStringLower(a.Previous), a.Erasures, a.KeyId, Convert.ToBase64String(a.Signature))).ToList());
    }

    /// <summary>Takes links out as a zip file that <c>verify-audit</c> checks without the database.</summary>
    [HttpPost("export"), ApiAccess(ApiScopes.AuditRead, ApiRoles.Administrator | ApiRoles.Auditor), Produces("application/zip", "application/problem+json")]
    [ProducesResponseType(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> Export([FromBody] AuditExportRequest request, CancellationToken cancellationToken)
    {
        CheckPeriod(request.From, request.To);
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > 1000)
        {
            throw Wrong("reason", "Say why, in 1000 characters at most.");
        }

        var order = new AuditExportOrder(CaseOf(request.Case), request.From, request.To, request.Values, request.Reason.Trim());
        if (order.Case is { } id)
        {
            await allowed.RequireVisibleAsync(id, Caller, cancellationToken);
        }

        return await export.IsTooMuchAsync(order, Caller, cancellationToken)
            ? throw Wrong("from", "These are more rows than one file takes; choose a shorter time.")
            : File(await export.WriteAsync(order, Caller, cancellationToken), "application/zip", "audit.zip");
    }

    private static void CheckPeriod(DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from >= to)
        {
            throw Wrong("to", "The end comes before the beginning.");
        }
    }

    private static Guid? CaseOf(string? text) => string.IsNullOrWhiteSpace(text) ? null
        : Guid.TryParse(text.StartsWith(CasePrefix, StringComparison.Ordinal) ? text[CasePrefix.Length..] : text, out var id) ? id
        : throw Wrong("case", "A case is named by its id.");

    private static InvalidInputException Wrong(string field, string message) => new([new InputProblem(field, "out-of-range", message)]);
}

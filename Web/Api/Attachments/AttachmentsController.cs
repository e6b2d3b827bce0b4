using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Files;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api.Attachments;

/// <summary>The files of a case.</summary>
[Route("api/v1/complaints/{id:guid}/attachments"), Tags("Complaints")]
public sealed class AttachmentsController(ApiCases allowed, AttachmentReader reader, AttachmentForm form, CaseFiles files, RequestOnce once) : ApiController
{
    // twenty files of 50 MB, and their headers
    private const long MaxBody = 1001L * 1024 * 1024;

    /// <summary>Adds files: a multipart form with one part for each. All are added or none.</summary>
    [HttpPost, ApiAccess(ApiScopes.CasesWrite, ApiRoles.Staff), StreamedForm, RequestSizeLimit(MaxBody)]
    [ProducesResponseType<AttachmentsAnswer>(StatusCodes.Status201Created)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> Add(Guid id, CancellationToken cancellationToken)
    {
        await allowed.RequireWorkableAsync(id, Caller, cancellationToken);
        var received = await form.ReceiveAsync(Request, AttachmentSource.Staff, cancellationToken);
        return JsonAnswers.Json(await once.RunAsync(HttpContext, AttachmentForm.HashOf(received), async transaction =>
        {
            var outcome = await files.AttachAsync(transaction, id, received, Caller.Performer, cancellationToken);
            var added = received.Select(r => r.Id).ToHashSet();
            return FirstAnswer.Of(
                StatusCodes.Status201Created, new AttachmentsAnswer([.. outcome.Complaint.Attachments.Where(a => added.Contains(a.Id)).Select(AttachmentReader.Of)]));
        }));
    }

    /// <summary>The files of a case, oldest first.</summary>
    [HttpGet, ApiAccess(ApiScopes.CasesRead, ApiRoles.Staff | ApiRoles.Auditor | ApiRoles.Reader)]
    [ProducesResponseType<Listed<AttachmentAnswer>>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> List(Guid id, CancellationToken cancellationToken)
    {
        var found = await reader.ListAsync(id, Caller, cancellationToken);
        return JsonAnswers.Json(new Listed<AttachmentAnswer>([.. found.Select(AttachmentReader.Of)], found.Count));
    }

    /// <summary>The content of one file: of an image the copy without what was written into it.</summary>
    [HttpGet("{attachment:guid}"), ApiAccess(ApiScopes.CasesRead, ApiRoles.Staff | ApiRoles.Auditor | ApiRoles.Reader), Produces("application/octet-stream", "application/problem+json")]
    [ProducesResponseType(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound), ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> Content(Guid id, Guid attachment, CancellationToken cancellationToken)
    {
        var found = await reader.FindAsync(id, attachment, Caller, cancellationToken);
        return files.OpenShown(found) is { } content ? FileAnswers.Download(this, content, found) : throw new RuleViolationException(ComplaintRules.FileUnknown);
    }
}

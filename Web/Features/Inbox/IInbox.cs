using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>Reads the inbox; only what the reader may see, counts included.</summary>
public interface IInboxQuery
{
    Task<InboxPage> GetAsync(InboxFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>The pane for one case, or null when there is none the reader may see.</summary>
    Task<CasePreview?> PreviewAsync(Guid caseId, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>Does one thing to several cases.</summary>
public interface IInboxActions
{
    /// <summary>What would happen; null when there is no such action.</summary>
    Task<BulkPreview?> PreviewAsync(BulkForm form, ClaimsPrincipal user, CancellationToken cancellationToken);

    Task<ActionAnswer> ApplyAsync(BulkForm form, ClaimsPrincipal user, CancellationToken cancellationToken);
}

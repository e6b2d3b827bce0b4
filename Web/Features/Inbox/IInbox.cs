using System.Security.Claims;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>Reads the inbox; only what the reader may see, counts included.</summary>
public interface IInboxQuery
{
    Task<InboxPage> GetAsync(InboxFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>The views with how many each holds; <paramref name="view"/> is the one that is shown.</summary>
    Task<IReadOnlyList<InboxViewGroup>> ViewsAsync(string? view, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>The pane for one case, or null when there is none the reader may see.</summary>
    Task<CasePreview?> PreviewAsync(Guid caseId, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>Does one thing to several cases.</summary>
public interface IInboxActions
{
    /// <summary>What would happen; null when there is no such action.</summary>
    Task<BulkPreview?> PreviewAsync(BulkForm form, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Does it, case by case.</summary>
    /// <param name="preview">What would happen, as worked out just now.</param>
    /// <param name="user">Who does it.</param>
    /// <param name="cancellationToken">Stops before the next case.</param>
    /// <returns>What came of each; or what is missing, and nothing was done.</returns>
    Task<BulkPreview> ApplyAsync(BulkPreview preview, ClaimsPrincipal user, CancellationToken cancellationToken);
}

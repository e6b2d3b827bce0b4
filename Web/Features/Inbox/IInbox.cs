using System.Security.Claims;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>Reads the inbox; only what the reader may see, counts included.</summary>
public interface IInboxQuery
{
    Task<InboxPage> GetAsync(InboxFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>The views with how many each holds; <paramref name="view"/> is the one that is shown.</summary>
    Task<IReadOnlyList<InboxViewGroup>> ViewsAsync(string? view, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>The cases of the list, of all its pages.</summary>
    /// <param name="filter">The list.</param>
    /// <param name="most">So many of them at most.</param>
    /// <param name="user">The reader.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<IReadOnlyList<Guid>> AllAsync(InboxFilter filter, int most, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>The pane for one case, or null when there is none the reader may see.</summary>
    Task<CasePreview?> PreviewAsync(Guid caseId, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>Keeps filters of the inbox under a name.</summary>
public interface IFilterKeeping
{
    /// <summary>Keeps one.</summary>
    /// <returns>False when the name is empty or too long, the department is not the person's, or they have too many.</returns>
    Task<bool> SaveAsync(SaveFilterForm form, InboxFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Forgets one of the person's own.</summary>
    Task<bool> DeleteAsync(Guid id, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>Keeps the columns a person reads the list in.</summary>
public interface IColumnKeeping
{
    /// <summary>Puts a column in or out, or moves it.</summary>
    /// <returns>False where that cannot be: no such column or deed, too many, or nobody to keep it for.</returns>
    Task<bool> ChangeAsync(ColumnsForm change, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>Takes a list out as a file.</summary>
public interface IInboxExport
{
    /// <summary>Whether the reader may.</summary>
    Task<bool> MayAsync(ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Writes the file.</summary>
    /// <param name="filter">The list.</param>
    /// <param name="reason">Why, 1 to 1,000 characters; it is recorded.</param>
    /// <param name="user">Who; they may.</param>
    /// <param name="output">Receives UTF-8 with a byte order mark, so that spreadsheets read Chinese.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task WriteAsync(InboxFilter filter, string reason, ClaimsPrincipal user, Stream output, CancellationToken cancellationToken);
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

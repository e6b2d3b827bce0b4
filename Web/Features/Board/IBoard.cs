using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Board;

/// <summary>The board of those who answer for the work of others.</summary>
public interface IBoard
{
    /// <summary>Null for a reader who supervises nobody.</summary>
    Task<BoardPage?> GetAsync(BoardFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Null where the reader does not supervise the case.</summary>
    Task<ReassignPage?> ReassignAsync(Guid caseId, string? back, ClaimsPrincipal user, CancellationToken cancellationToken);

    Task<ActionAnswer> ReassignAsync(Guid caseId, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken);
}

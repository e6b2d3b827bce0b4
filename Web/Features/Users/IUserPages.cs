using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Users;

/// <summary>People, what they hold, and how they get in.</summary>
public interface IUserPages
{
    /// <param name="query">Part of a name or key; null for all.</param>
    /// <param name="open">The person to change; an empty text for a new one; null for none.</param>
    /// <param name="user">The reader.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where the reader may not look, or there is no such person.</returns>
    Task<UsersPage?> GetAsync(string? query, string? open, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Adds or changes somebody; who leaves loses every session at once.</summary>
    Task<ActionAnswer> SaveAsync(string? id, UserEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Gives a role, or asks a second administrator for one that opens confidential cases.</summary>
    Task<ActionAnswer> GrantAsync(string id, string? role, string? department, ClaimsPrincipal user, CancellationToken cancellationToken);

    Task<ActionAnswer> RevokeAsync(string id, string? role, string? department, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Grants or declines a role somebody else asked for.</summary>
    Task<ActionAnswer> DecideAsync(Guid asked, bool grants, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Makes a link by which the person chooses a password; the secret comes as the message.</summary>
    Task<ActionAnswer> LinkAsync(string id, ClaimsPrincipal user, CancellationToken cancellationToken);

    Task<ActionAnswer> EndSessionsAsync(string id, ClaimsPrincipal user, CancellationToken cancellationToken);
}

using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Outbox;

/// <summary>Messages that could not be delivered.</summary>
public interface IOutboxPages
{
    /// <summary>Null where the reader may not look.</summary>
    Task<OutboxPage?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Sends given-up messages again from the first attempt on.</summary>
    /// <param name="ids">Which, 1 to 500.</param>
    /// <param name="user">An administrator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ActionAnswer> RetryAsync(IReadOnlyList<Guid> ids, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Decides that given-up messages are not sent.</summary>
    /// <param name="ids">Which, 1 to 500.</param>
    /// <param name="reason">Why, for the audit and the message.</param>
    /// <param name="user">An administrator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ActionAnswer> DropAsync(IReadOnlyList<Guid> ids, string? reason, ClaimsPrincipal user, CancellationToken cancellationToken);
}

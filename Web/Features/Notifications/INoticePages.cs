using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Notifications;

/// <summary>What one person was told of.</summary>
public interface INoticePages
{
    /// <summary>Null for somebody who works here no more.</summary>
    Task<NoticesPage?> GetAsync(NoticeFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Notes that the person has read some notices, or all.</summary>
    /// <param name="read">Which.</param>
    /// <param name="user">The reader.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ActionAnswer> MarkReadAsync(ReadNotices read, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>When and how notices reach people by e-mail: a person's choice, and the organisation's rules.</summary>
public interface INoticeSettings
{
    /// <summary>Null for somebody who works here no more.</summary>
    Task<NoticeSettingsPage?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken);

    Task<ActionAnswer> SaveAsync(NoticeSettingsEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Makes a new secret for the person's own webhook; the one before is gone.</summary>
    /// <returns>The secret, told this once; null where there is no webhook.</returns>
    Task<string?> RotateAsync(ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Null where the reader may not look.</summary>
    Task<NoticeRulesPage?> GetRulesAsync(ClaimsPrincipal user, CancellationToken cancellationToken);

    Task<ActionAnswer> SaveRulesAsync(NoticeRulesEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);
}

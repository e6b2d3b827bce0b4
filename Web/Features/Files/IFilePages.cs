using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Files;

/// <summary>The files of cases for their pages. What a reader may not see is not there.</summary>
public interface IFilePages
{
    /// <summary>The page of a file, or null when there is none for this reader.</summary>
    Task<FilePage?> GetAsync(Guid complaint, Guid file, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>The copy that is shown, or null when the reader may not open it.</summary>
    Task<OpenedFile?> OpenAsync(Guid complaint, Guid file, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Records who wants the file as it came in and why, then opens it.</summary>
    /// <returns>The file, or what was wrong; the file is null then.</returns>
    Task<(OpenedFile? File, ActionAnswer Answer)> RevealAsync(Guid complaint, Guid file, string? reason, ClaimsPrincipal user, CancellationToken cancellationToken);
}

using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Departments;

/// <summary>The departments, who leads them, who stands in, who is above.</summary>
public interface IDepartmentPages
{
    /// <param name="open">The department to change; an empty text for a new one; null for none.</param>
    /// <param name="user">The reader.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where the reader may not look, or there is no such department.</returns>
    Task<DepartmentsPage?> GetAsync(string? open, ClaimsPrincipal user, CancellationToken cancellationToken);

    Task<ActionAnswer> SaveAsync(string? key, DepartmentEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);
}

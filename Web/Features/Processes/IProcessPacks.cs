using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Processes;

/// <summary>Gives process packs out, and keeps their versions; for process owners alone. What is brought in goes by the gallery, where it is looked at first.</summary>
public interface IProcessPacks
{
    /// <summary>Largest zip, in bytes.</summary>
    const long MaxBytes = 20 * 1024 * 1024;

    /// <summary>The pack of a version as a zip, as it was taken in; null when there is none or this reader may not.</summary>
    Task<byte[]?> ExportAsync(string key, int version, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>No new cases start on the process; refused when <paramref name="version"/> is no longer the published one.</summary>
    Task<ActionAnswer> RetractAsync(string key, int version, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Makes a draft with the content of a version; refused when a draft other than <paramref name="replaces"/> would be lost.</summary>
    /// <returns>What came of it, and the draft's version.</returns>
    Task<(ActionAnswer Answer, int Draft)> RevertAsync(string key, int version, int? replaces, ClaimsPrincipal user, CancellationToken cancellationToken);
}

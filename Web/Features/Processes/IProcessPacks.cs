using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Processes;

/// <summary>Takes process packs in and gives them out; for process owners alone.</summary>
public interface IProcessPacks
{
    /// <summary>Largest zip, in bytes.</summary>
    const long MaxBytes = 20 * 1024 * 1024;

    /// <summary>The form to take a pack in; null when this reader may not.</summary>
    Task<ImportPage?> FormAsync(ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Stores the pack as a new draft, or says why it cannot be; null when this reader may not.</summary>
    /// <param name="zip">The file; null when none was chosen.</param>
    /// <param name="note">What its author says about it.</param>
    Task<ImportAnswer?> ImportAsync(IFormFile? zip, string? note, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>The pack of a version as a zip, as it was taken in; null when there is none or this reader may not.</summary>
    Task<byte[]?> ExportAsync(string key, int version, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>No new cases start on the process; refused when <paramref name="version"/> is no longer the published one.</summary>
    Task<ActionAnswer> RetractAsync(string key, int version, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Makes a draft with the content of a version; refused when a draft other than <paramref name="replaces"/> would be lost.</summary>
    /// <returns>What came of it, and the draft's version.</returns>
    Task<(ActionAnswer Answer, int Draft)> RevertAsync(string key, int version, int? replaces, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>Taking a pack in.</summary>
public sealed record ImportPage
{
    public string? Note { get; init; }

    /// <summary>What is wrong with the file.</summary>
    public string? FileError { get; init; }
    public string? NoteError { get; init; }

    /// <summary>Why the last file was not stored.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

/// <summary>What came of a pack: a draft of a process, or the page that says why not.</summary>
public sealed record ImportAnswer(string Key, int Version, ImportPage? Refused = null);

using System.Globalization;
using CaseManagement.Domain.Packs;
using CaseManagement.Workflows.Simulation;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Processes;

/// <summary>A pack somebody brought: its files, or why there are none.</summary>
/// <param name="Zip">The file as it came; empty where it was refused.</param>
/// <param name="Files">The files in it by path; empty where it was refused.</param>
/// <param name="Error">Why it was refused, in the reader's language; null where it was not.</param>
public sealed record UploadedPack(byte[] Zip, IReadOnlyDictionary<string, string> Files, string? Error);

/// <summary>Reads packs that are brought as a zip. Nothing is stored.</summary>
public sealed class UploadedPacks(IStringLocalizer<ProcessesText> text)
{
    private const int LongestShown = 80;
    private const int Megabyte = 1024 * 1024;

    /// <summary>Reads one.</summary>
    /// <param name="zip">The file; null when none was chosen.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<UploadedPack> ReadAsync(IFormFile? zip, CancellationToken cancellationToken)
    {
        if (zip is not { Length: > 0 })
        {
            return Refused(text["FileMissing"]);
        }

        if (zip.Length > IProcessPacks.MaxBytes)
        {
            return Refused(text["FileTooLarge", IProcessPacks.MaxBytes / Megabyte]);
        }

        // read from memory: an upload's own stream fails in other ways where a zip is cut short
        using var content = new MemoryStream((int)zip.Length);
        await zip.CopyToAsync(content, cancellationToken);
        return Open(content.ToArray());
    }

    /// <summary>The files of a zip.</summary>
    public UploadedPack Open(byte[] zip)
    {
        try
        {
            using var content = new MemoryStream(zip);
            return new UploadedPack(zip, PackFiles.ReadZip(content), null);
        }
        catch (UnreadableZipException unreadable)
        {
            return Refused(text[$"Zip_{unreadable.Mistake}", Shown(unreadable.File), PackReader.MaxFiles, PackReader.MaxFileBytes / Megabyte]);
        }
    }

    private static UploadedPack Refused(string error) => new([], new Dictionary<string, string>(), error);

    // a name from outside may be long, and hold marks that turn what is read around
    private static string Shown(string file)
    {
        var plain = string.Concat(file.Select(sign => char.GetUnicodeCategory(sign) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate ? '\uFFFD' : sign));
        return plain.Length <= LongestShown ? plain : plain[..LongestShown] + "…";
    }
}

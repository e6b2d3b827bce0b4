using CaseManagement.Domain.Complaints;

namespace CaseManagement.Web.Files;

/// <summary>How many files of which size come in at once.</summary>
/// <param name="Files">Files of one request.</param>
/// <param name="Bytes">Bytes of one file.</param>
public sealed record FileLimits(int Files, long Bytes)
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>What the complainant may send.</summary>
    public static readonly FileLimits Portal = new(10, 20 * Megabyte);

    /// <summary>What staff and programs may add.</summary>
    public static readonly FileLimits Staff = new(20, 50 * Megabyte);

    public static FileLimits For(AttachmentSource source) => source == AttachmentSource.Staff ? Staff : Portal;
}

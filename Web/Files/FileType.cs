using CaseManagement.Domain.Complaints;

namespace CaseManagement.Web.Files;

/// <summary>A type of file that is taken.</summary>
/// <param name="MediaType">As it is sent.</param>
/// <param name="Endings">Endings of its names; the first is the usual one.</param>
public sealed record FileType(string MediaType, params IReadOnlyList<string> Endings)
{
    public static readonly FileType Jpeg = new("image/jpeg", ".jpg", ".jpeg", ".jfif");
    public static readonly FileType Png = new("image/png", ".png");
    public static readonly FileType Webp = new("image/webp", ".webp");
    public static readonly FileType Heic = new("image/heic", ".heic", ".heif");
    public static readonly FileType Pdf = new("application/pdf", ".pdf");
    public static readonly FileType Docx = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx");
    public static readonly FileType Xlsx = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx");
    public static readonly FileType Text = new("text/plain", ".txt");
    public static readonly FileType Mp3 = new("audio/mpeg", ".mp3");
    public static readonly FileType M4a = new("audio/mp4", ".m4a");
    public static readonly FileType Amr = new("audio/amr", ".amr");
    public static readonly FileType Mp4 = new("video/mp4", ".mp4");
    public static readonly FileType Mov = new("video/quicktime", ".mov");

    /// <summary>Opaque: nobody looks inside.</summary>
    public static readonly FileType Zip = new("application/zip", ".zip");

    /// <summary>What anybody may send.</summary>
    public static readonly IReadOnlyList<FileType> All = [Jpeg, Png, Webp, Heic, Pdf, Docx, Xlsx, Text, Mp3, M4a, Amr, Mp4, Mov];

    private static readonly HashSet<string> Images = new(StringComparer.Ordinal) { Jpeg.MediaType, Png.MediaType, Webp.MediaType };

    private static readonly HashSet<string> Recordings = new(StringComparer.Ordinal) { Mp4.MediaType, Mov.MediaType, M4a.MediaType };

    private static readonly HashSet<string> Uncleaned = new(StringComparer.Ordinal) { Heic.MediaType, Mp4.MediaType, Mov.MediaType, M4a.MediaType };

    /// <summary>Endings for a file picker.</summary>
    public static string Accept(AttachmentSource source) => string.Join(',', Taken(source).SelectMany(t => t.Endings));

    /// <summary>What is taken from there.</summary>
    public static IEnumerable<FileType> Taken(AttachmentSource source) => source == AttachmentSource.Staff ? All.Append(Zip) : All;

    /// <summary>An image that is shown in a page, cleaned.</summary>
    public static bool IsShown(string mediaType) => Images.Contains(mediaType);

    /// <summary>A copy of it is made without what was written into it.</summary>
    public static bool IsCleaned(string mediaType) => Images.Contains(mediaType) || Recordings.Contains(mediaType) || mediaType == Heic.MediaType;

    /// <summary>May tell where and with what it was made, and nothing has taken that out.</summary>
    public static bool MayTellPlace(Attachment file) => Uncleaned.Contains(file.MediaType) && file.ShownSha256 is null;

    public bool IsImage => MediaType.StartsWith("image/", StringComparison.Ordinal);
}

using System.Text;

namespace CaseManagement.Web.Files;

/// <summary>Recognises files by their first bytes; what names and browsers say does not count.</summary>
internal static class FileSignatures
{
    /// <summary>So many bytes are enough.</summary>
    public const int Needed = 64;

    private static readonly HashSet<string> HeicBrands = new(StringComparer.Ordinal) { "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1" };
    private static readonly HashSet<string> Mp4Brands = new(StringComparer.Ordinal)
    {
        "isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "MSNV", "dash", "3gp4", "3gp5", "3gp6", "mmp4",
    };

    /// <summary>The type; <see cref="FileType.Zip"/> stands for every archive, which has to be looked into; null where the bytes say nothing.</summary>
    public static FileType? Recognise(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return FileType.Jpeg;
        }

        if (head.StartsWith(PngImage.Signature))
        {
            return FileType.Png;
        }

        if (head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8))
        {
            return FileType.Webp;
        }

        if (head.Length >= 12 && head[4..].StartsWith("ftyp"u8))
        {
            return OfBrand(Encoding.Latin1.GetString(head.Slice(8, 4)));
        }

        return head.StartsWith("%PDF-"u8) ? FileType.Pdf
            : head.StartsWith("PK\x03\x04"u8) ? FileType.Zip
            : head.StartsWith("#!AMR\n"u8) || head.StartsWith("#!AMR-WB\n"u8) ? FileType.Amr
            : IsMp3(head) ? FileType.Mp3
            : null;
    }

    // a tag, or a frame of MPEG layer III whose bit rate and sampling rate exist
    private static bool IsMp3(ReadOnlySpan<byte> head) =>
        head.StartsWith("ID3"u8)
        || (head.Length >= 4 && head[0] == 0xFF && (head[1] & 0xE6) == 0xE2 && (head[1] & 0x18) != 0x08 && (head[2] & 0xF0) is not (0xF0 or 0) && (head[2] & 0x0C) != 0x0C);

    private static FileType? OfBrand(string brand) => brand switch
    {
        "qt  " => FileType.Mov,
        "M4A " or "M4B " => FileType.M4a,
        _ when HeicBrands.Contains(brand) => FileType.Heic,
        _ when Mp4Brands.Contains(brand) => FileType.Mp4,
        _ => null,
    };
}

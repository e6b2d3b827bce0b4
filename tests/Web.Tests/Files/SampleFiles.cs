using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace CaseManagement.Web.Tests.Files;

/// <summary>Small files of every kind, made here: images that tell where they were taken, documents with and without macros, and files that lie.</summary>
internal static class SampleFiles
{
    /// <summary>Stands for a place in whatever tells of it.</summary>
    public const string Place = "GPS 31.2304N 121.4737E";

    public static byte[] Text(string text = "第一行\n第二行\n") => Encoding.UTF8.GetBytes(text);

    public static byte[] Pdf() => "%PDF-1.4\n%%EOF\n"u8.ToArray();

    /// <summary>A picture with Exif, XMP, IPTC, a comment, a thumbnail, and something behind its end.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="turned">Which side is up, as Exif says.</param>
    public static byte[] Jpeg(ushort width = 4, ushort height = 4, byte turned = 6)
    {
        using var image = new MemoryStream();
        image.Write([0xFF, 0xD8]);
        Segment(image, 0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 2, 2, .. Encoding.ASCII.GetBytes(Place)]);
        Segment(image, 0xE1, [.. "Exif\0\0MM\0\x2A"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(Place)]);
        Segment(image, 0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.ASCII.GetBytes(Place)]);
        Segment(image, 0xED, [.. "Photoshop 3.0\0"u8, .. Encoding.ASCII.GetBytes(Place)]);
        Segment(image, 0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, 9, 9]);
        Segment(image, 0xFE, Encoding.ASCII.GetBytes("<script>alert(1)</script>" + Place));
        Segment(image, 0xDB, new byte[65]);
        var frame = new byte[] { 8, 0, 0, 0, 0, 1, 1, 0x11, 0 };
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(1), height);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(3), width);
        Segment(image, 0xC0, frame);
        Segment(image, 0xDA, [1, 1, 0, 0, 63, 0]);
        image.Write([0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9]);
        image.Write(Encoding.ASCII.GetBytes("<html>" + Place));
        return image.ToArray();
    }

    /// <summary>A picture with text, Exif and times beside it, and something behind its end.</summary>
    public static byte[] Png(uint width = 4, uint height = 4)
    {
        using var image = new MemoryStream();
        image.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        Chunk(image, "IHDR", header);
        Chunk(image, "tEXt", Encoding.ASCII.GetBytes("Comment\0" + Place));
        Chunk(image, "iTXt", Encoding.ASCII.GetBytes("XML:com.adobe.xmp\0\0\0\0\0" + Place));
        Chunk(image, "eXIf", Encoding.ASCII.GetBytes("MM\0*" + Place));
        Chunk(image, "gAMA", [0, 0, 0xB1, 0x8F]);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var row = 0; row < Math.Min(height, 64); row++)
            {
                zlib.Write(new byte[Math.Min(width, 64) + 1]);
            }
        }

        Chunk(image, "IDAT", packed.ToArray());
        Chunk(image, "tIME", Encoding.ASCII.GetBytes(Place));
        Chunk(image, "IEND", []);
        image.Write(Encoding.ASCII.GetBytes("PK" + Place));
        return image.ToArray();
    }

    /// <summary>A PNG with nothing to take out.</summary>
    public static byte[] CleanPng()
    {
        using var image = new MemoryStream();
        image.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(image, "IHDR", [0, 0, 0, 4, 0, 0, 0, 4, 8, 0, 0, 0, 0]);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(new byte[4 * 5]);
        }

        Chunk(image, "IDAT", packed.ToArray());
        Chunk(image, "IEND", []);
        return image.ToArray();
    }

    /// <summary>A picture whose header says that Exif and XMP follow, and they do.</summary>
    public static byte[] Webp(int width = 4, int height = 4)
    {
        using var chunks = new MemoryStream();
        RiffChunk(chunks, "VP8X", [0x0C, 0, 0, 0, .. Three(width - 1), .. Three(height - 1)]);
        RiffChunk(chunks, "VP8L", [0x2F, 3, 0xC0, 0, 0, 0, 7]);
        RiffChunk(chunks, "EXIF", Encoding.ASCII.GetBytes(Place));
        RiffChunk(chunks, "XMP ", Encoding.ASCII.GetBytes("<x:xmpmeta/>" + Place));
        var size = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(size, (uint)chunks.Length + 4);
        return [.. "RIFF"u8, .. size, .. "WEBP"u8, .. chunks.ToArray(), .. Encoding.ASCII.GetBytes("<svg>" + Place)];
    }

    /// <summary>A picture in tiles with Exif, XMP, a name, words as a property, and something between and behind its parts.</summary>
    /// <param name="pictureAt">Where its coded picture begins; <see cref="HeicPicture"/>.</param>
    public static byte[] Heic(out int pictureAt)
    {
        var place = Encoding.ASCII.GetBytes(Place);
        var type = Box("ftyp", [.. "heic"u8, 0, 0, 0, 0, .. "mif1heic"u8]);
        byte[] Item(ushort id, string kind, string said) => Box("infe", [2, 0, 0, 0, .. Two(id), 0, 0, .. Encoding.ASCII.GetBytes(kind), .. Encoding.ASCII.GetBytes(said), 0]);
        byte[] Meta(int data) => Box("meta", [
            0, 0, 0, 0,
            .. Box("hdlr", [0, 0, 0, 0, 0, 0, 0, 0, .. "pict"u8, .. new byte[12], .. place, 0]),
            .. Box("pitm", [0, 0, 0, 0, 0, 1]),
            .. Box("iinf", [0, 0, 0, 0, 0, 4, .. Item(1, "grid", Place), .. Item(2, "hvc1", ""), .. Item(3, "Exif", ""), .. Item(4, "mime", "application/rdf+xml")]),
            .. Box("iref", [0, 0, 0, 0, .. Box("dimg", [0, 1, 0, 1, 0, 2]), .. Box("cdsc", [0, 3, 0, 1, 0, 1])]),
            .. Box("iprp", [.. Box("ipco", [.. Box("ispe", [0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 4]), .. Box("irot", [1]), .. Box("udes", [0, 0, 0, 0, .. place])]), .. Box("ipma", [0, 0, 0, 0, 0, 0, 0, 0])]),
            .. Box("iloc", [
                1, 0, 0, 0, 0x44, 0, 0, 4,
                0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 8,
                0, 2, 0, 0, 0, 0, 0, 1, .. Four(data), 0, 0, 0, (byte)HeicPicture.Length,
                0, 3, 0, 0, 0, 0, 0, 1, .. Four(data + HeicPicture.Length + 2), 0, 0, 0, (byte)(place.Length + 4),
                0, 4, 0, 1, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, (byte)place.Length]),
            .. Box("idat", [0, 0, 0, 0, 0, 4, 0, 4, .. place]),
            .. Box("uuid", [.. new byte[16], .. place])]);
        pictureAt = type.Length + Meta(0).Length + 8;
        return [.. type, .. Meta(pictureAt), .. Box("mdat", [.. HeicPicture, 0, 0, 0, 0, 0, 6, .. place, .. "between "u8, .. place]), .. Box("uuid", [.. new byte[16], .. place])];
    }

    /// <summary>A HEIC picture that tells its place and has no list of its parts: nothing can be taken out of it.</summary>
    public static byte[] UntidyHeic()
    {
        var picture = Heic(out _);
        picture[picture.AsSpan().IndexOf("meta"u8)] = (byte)'M';
        return picture;
    }

    /// <summary>The coded picture of <see cref="Heic"/>.</summary>
    public static readonly byte[] HeicPicture = [0, 0, 0, 3, 0x26, 1, 0xAF];

    /// <summary>A Word document; with more parts if some are named.</summary>
    public static byte[] Docx(params (string Name, string Content)[] more) => Zip(
        [("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w:document/>"), .. more]);

    public static byte[] Zip(params (string Name, string Content)[] parts)
    {
        using var content = new MemoryStream();
        using (var archive = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return content.ToArray();
    }

    public static bool TellsPlace(byte[] content) => content.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Place)) >= 0;

    private static void Segment(MemoryStream image, byte marker, byte[] content)
    {
        image.Write([0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2)]);
        image.Write(content);
    }

    private static void Chunk(MemoryStream image, string type, byte[] content)
    {
        var head = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(head, (uint)content.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(head, 4);
        image.Write(head);
        image.Write(content);
        var crc = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc([.. head.AsSpan(4), .. content]));
        image.Write(crc);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }

    private static void RiffChunk(MemoryStream chunks, string type, byte[] content)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(size, (uint)content.Length);
        chunks.Write(Encoding.ASCII.GetBytes(type));
        chunks.Write(size);
        chunks.Write(content);
        if (content.Length % 2 == 1)
        {
            chunks.WriteByte(0);
        }
    }

    private static byte[] Box(string type, byte[] content) => [.. Four(content.Length + 8), .. Encoding.ASCII.GetBytes(type), .. content];

    private static byte[] Four(int number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];

    private static byte[] Two(ushort number) => [(byte)(number >> 8), (byte)number];

    private static byte[] Three(int number) => [(byte)number, (byte)(number >> 8), (byte)(number >> 16)];
}

using System.Buffers.Binary;

namespace CaseManagement.Web.Files;

/// <summary>PNG, chunk by chunk. Kept: what draws the picture and says its colours and size.</summary>
internal static class PngImage
{
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT", "cICP",
    };

    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static void Copy(ImageReader source, Stream copy)
    {
        if (!source.Read(8).AsSpan().SequenceEqual(Signature))
        {
            throw new InvalidDataException("Not a PNG.");
        }

        copy.Write(Signature);
        for (var isFirst = true; ; isFirst = false)
        {
            var head = source.Read(8);
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            var type = System.Text.Encoding.Latin1.GetString(head, 4, 4);
            if (isFirst != (type == "IHDR") || length > int.MaxValue || (isFirst && length != 13))
            {
                throw new InvalidDataException("The PNG does not begin as one.");
            }

            if (isFirst)
            {
                var header = source.Read(13 + 4);
                ImageCopy.ThrowIfTooLarge(BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4)));
                copy.Write(head);
                copy.Write(header);
            }
            else if (Kept.Contains(type))
            {
                copy.Write(head);
                source.CopyTo(copy, length + 4L);
            }
            else
            {
                source.Skip(length + 4L);
            }

            if (type == "IEND")
            {
                return;
            }
        }
    }
}

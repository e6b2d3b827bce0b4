using System.Buffers.Binary;
using System.Text;

namespace CaseManagement.Web.Files;

/// <summary>WebP, chunk by chunk. Kept: the picture, its frames, transparency and colours.</summary>
internal static class WebpImage
{
    private const int ExifFlag = 0x08;
    private const int XmpFlag = 0x04;

    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal) { "VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP" };

    public static void Copy(ImageReader source, Stream copy)
    {
        var riff = source.Read(12);
        if (!riff.AsSpan().StartsWith("RIFF"u8) || !riff.AsSpan(8).StartsWith("WEBP"u8))
        {
            throw new InvalidDataException("Not a WebP.");
        }

        // what lies after the length it states is not the picture's
        var rest = (long)BinaryPrimitives.ReadUInt32LittleEndian(riff.AsSpan(4)) - 4;
        var start = copy.Position;
        copy.Write(riff);
        var hasPicture = false;
        while (rest >= 8)
        {
            var head = source.Read(8);
            var type = Encoding.Latin1.GetString(head, 0, 4);
            var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
            var padded = length + (length & 1);
            rest -= 8 + padded;
            if (rest < -1)
            {
                throw new InvalidDataException("A chunk of the WebP is longer than the file says it is.");
            }

            if (!Kept.Contains(type))
            {
                source.Skip(length);
                SkipPadding(source, length);
                continue;
            }

            var begin = source.Read((int)Math.Min(length, 16));
            if (type == "VP8X" && begin.Length >= 10)
            {
                begin[0] &= unchecked((byte)~(ExifFlag | XmpFlag));
            }

            CheckSize(type, begin);
            hasPicture |= type is "VP8 " or "VP8L" or "ANMF";
            copy.Write(head);
            copy.Write(begin);
            source.CopyTo(copy, length - begin.Length);
            if ((length & 1) == 1)
            {
                SkipPadding(source, length);
                copy.WriteByte(0);
            }
        }

        if (!hasPicture)
        {
            throw new InvalidDataException("The WebP has no picture.");
        }

        var end = copy.Position;
        copy.Position = start + 4;
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(size, (uint)(end - start - 8));
        copy.Write(size);
        copy.Position = end;
    }

    private static void SkipPadding(ImageReader source, long length)
    {
        if ((length & 1) == 1)
        {
            source.ReadByte();
        }
    }

    private static void CheckSize(string type, byte[] begin)
    {
        switch (type)
        {
            case "VP8X" when begin.Length >= 10:
                ImageCopy.ThrowIfTooLarge(Three(begin, 4) + 1, Three(begin, 7) + 1);
                break;
            case "VP8L" when begin.Length >= 5:
                var bits = BinaryPrimitives.ReadUInt32LittleEndian(begin.AsSpan(1));
                ImageCopy.ThrowIfTooLarge((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1);
                break;
            case "VP8 " when begin.Length >= 10:
                ImageCopy.ThrowIfTooLarge(
                    BinaryPrimitives.ReadUInt16LittleEndian(begin.AsSpan(6)) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(begin.AsSpan(8)) & 0x3FFF);
                break;
            case "VP8X" or "VP8L" or "VP8 ":
                throw new InvalidDataException("The WebP is cut off.");
            default:
                break;
        }
    }

    private static long Three(byte[] bytes, int at) => bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);
}

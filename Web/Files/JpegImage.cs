using System.Buffers.Binary;

namespace CaseManagement.Web.Files;

/// <summary>
/// JPEG, segment by segment. Kept: tables, frames, scans, the colour profile, Adobe's note on colours, and of Exif the one number that says which side is up.
/// </summary>
internal static class JpegImage
{
    private const int Soi = 0xD8;
    private const int Eoi = 0xD9;
    private const int Sos = 0xDA;
    private const int App0 = 0xE0;
    private const int App1 = 0xE1;
    private const int App2 = 0xE2;
    private const int App14 = 0xEE;

    private const int Orientation = 0x0112;

    public static void Copy(ImageReader source, Stream copy)
    {
        if (source.ReadByte() != 0xFF || source.ReadByte() != Soi)
        {
            throw new InvalidDataException("Not a JPEG.");
        }

        copy.Write([0xFF, Soi]);
        var (hasFrame, hasScan, isTurned) = (false, false, false);
        var marker = NextMarker(source);
        while (marker != Eoi)
        {
            if (marker < 0)
            {
                // cameras cut off by an empty battery leave no end; what is there can be shown
                break;
            }

            if (marker is Soi or 0x01 or (>= 0xD0 and <= 0xD7))
            {
                marker = NextMarker(source);
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(source.Read(2)) - 2;
            if (length < 0)
            {
                throw new InvalidDataException("A segment of the JPEG has no length.");
            }

            var segment = source.Read(length);
            if (IsFrame(marker))
            {
                if (segment.Length < 6)
                {
                    throw new InvalidDataException("The frame of the JPEG is cut off.");
                }

                hasFrame = true;
                ImageCopy.ThrowIfTooLarge(BinaryPrimitives.ReadUInt16BigEndian(segment.AsSpan(3)), BinaryPrimitives.ReadUInt16BigEndian(segment.AsSpan(1)));
            }

            if (marker == App1 && !isTurned && OrientationOf(segment) is >= 2 and <= 8 and var side)
            {
                isTurned = true;
                Write(copy, App1, OnlyOrientation(side));
            }
            else if (IsKept(marker, segment))
            {
                // a thumbnail may follow the fourteen bytes that matter
                Write(copy, marker, marker == App0 ? [.. segment.AsSpan(0, 12), 0, 0] : segment);
            }

            if (marker == Sos)
            {
                hasScan = true;
                marker = CopyScan(source, copy);
            }
            else
            {
                marker = NextMarker(source);
            }
        }

        if (!hasFrame || !hasScan)
        {
            throw new InvalidDataException("The JPEG has no picture.");
        }

        copy.Write([0xFF, Eoi]);
    }

    private static bool IsFrame(int marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static bool IsKept(int marker, byte[] segment) => marker switch
    {
        App0 => segment.Length >= 14 && segment.AsSpan().StartsWith("JFIF\0"u8),
        App2 => segment.AsSpan().StartsWith("ICC_PROFILE\0"u8),
        App14 => segment.Length == 12 && segment.AsSpan().StartsWith("Adobe"u8),
        _ => marker is < 0xE0 and >= 0xC0,
    };

    private static int NextMarker(ImageReader source)
    {
        while (true)
        {
            var one = source.ReadByte();
            if (one < 0)
            {
                return -1;
            }

            while (one == 0xFF)
            {
                one = source.ReadByte();
                if (one is not (0 or 0xFF))
                {
                    return one;
                }
            }
        }
    }

    /// <summary>Copies the coded picture up to the next marker.</summary>
    private static int CopyScan(ImageReader source, Stream copy)
    {
        int one;
        while ((one = source.ReadByte()) >= 0)
        {
            if (one != 0xFF)
            {
                copy.WriteByte((byte)one);
                continue;
            }

            do
            {
                one = source.ReadByte();
            }
            while (one == 0xFF);
            if (one is not (0 or (>= 0xD0 and <= 0xD7)))
            {
                return one;
            }

            copy.Write([0xFF, (byte)one]);
        }

        return -1;
    }

    private static void Write(Stream copy, int marker, ReadOnlySpan<byte> segment)
    {
        Span<byte> head = [0xFF, (byte)marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(segment.Length + 2));
        copy.Write(head);
        copy.Write(segment);
    }

    /// <summary>Which side is up, 1 to 8; 0 where Exif does not say.</summary>
    private static int OrientationOf(byte[] segment)
    {
        if (!segment.AsSpan().StartsWith("Exif\0\0"u8) || segment.Length < 14)
        {
            return 0;
        }

        var tiff = segment.AsSpan(6);
        var isLittle = tiff[0] == 'I';
        int Short(ReadOnlySpan<byte> at) => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
        var first = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (first > tiff.Length - 2)
        {
            return 0;
        }

        var at = (int)first + 2;
        for (var entries = Short(tiff[(int)first..]); entries > 0 && at + 12 <= tiff.Length; entries--, at += 12)
        {
            if (Short(tiff[at..]) == Orientation)
            {
                return Short(tiff[(at + 8)..]);
            }
        }

        return 0;
    }

    private static byte[] OnlyOrientation(int side) =>
    [
        .. "Exif\0\0MM\0\x2A"u8, 0, 0, 0, 8,
        0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)side, 0, 0,
        0, 0, 0, 0,
    ];
}

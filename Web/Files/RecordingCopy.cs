using System.Buffers.Binary;
using System.Text;

namespace CaseManagement.Web.Files;

/// <summary>
/// Copies a film or a sound recording (MP4, MOV, M4A) without what was written into it beside picture and sound: place, device, names, words, dates. Whatever is
/// not needed to play it becomes empty space of the same length, so that nothing in the file moves.
/// </summary>
internal static class RecordingCopy
{
    private const int MostBoxes = 20_000;
    private const int Deepest = 8;

    /// <summary>Tracks whose samples are picture, sound, subtitles or time codes; those of another kind may be a log of places.</summary>
    private static readonly HashSet<string> Played = new(StringComparer.Ordinal) { "vide", "soun", "text", "sbtl", "subt", "clcp", "tmcd" };

    /// <summary>What stays, by the box it is in; a box named here as a key is looked into.</summary>
    private static readonly Dictionary<string, HashSet<string>> Kept = new(StringComparer.Ordinal)
    {
        [""] = ["ftyp", "moov", "mdat", "moof", "mfra", "sidx", "ssix", "styp", "pdin"],
        ["moov"] = ["mvhd", "trak", "mvex", "iods"],
        ["trak"] = ["tkhd", "tref", "edts", "mdia", "tapt", "clip", "matt"],
        ["mdia"] = ["mdhd", "hdlr", "minf", "elng"],
        ["minf"] = ["vmhd", "smhd", "hmhd", "nmhd", "sthd", "gmhd", "hdlr", "dinf", "stbl"],
        ["moof"] = ["mfhd", "traf"],
        ["traf"] = ["tfhd", "tfdt", "trun", "sdtp", "saiz", "saio", "sbgp", "sgpd", "subs", "senc"],
    };

    /// <param name="original">From its first byte.</param>
    /// <param name="copy">Empty, readable and seekable; takes the copy.</param>
    /// <returns>False where the recording is damaged, or holds a track that is neither picture nor sound: what is in that is not known.</returns>
    public static bool TryWrite(Stream original, Stream copy)
    {
        original.CopyTo(copy);
        copy.Flush();
        try
        {
            var boxes = 0;
            Walk(copy, 0, copy.Length, "", 0, ref boxes);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static void Walk(Stream copy, long from, long to, string within, int depth, ref int boxes)
    {
        Span<byte> head = stackalloc byte[16];
        for (var at = from; at < to;)
        {
            // QuickTime ends some lists with four zero bytes
            if (to - at < 8)
            {
                Blank(copy, at, to - at);
                return;
            }

            if (++boxes > MostBoxes || depth > Deepest)
            {
                throw new InvalidDataException("The recording has too many parts.");
            }

            copy.Position = at;
            copy.ReadExactly(head[..8]);
            var (size, header) = ((long)BinaryPrimitives.ReadUInt32BigEndian(head), 8);
            if (size == 1 && to - at >= 16)
            {
                copy.ReadExactly(head[8..]);
                (size, header) = ((long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(head[8..]), long.MaxValue), 16);
            }
            else if (size == 0 && depth == 0)
            {
                size = to - at;
            }

            if (size < header || size > to - at)
            {
                throw new InvalidDataException("A part of the recording is longer than the file.");
            }

            Look(copy, Encoding.Latin1.GetString(head.Slice(4, 4)), within, at, header, size, depth, ref boxes);
            at += size;
        }
    }

    private static void Look(Stream copy, string type, string within, long at, int header, long size, int depth, ref int boxes)
    {
        if (!Kept[within].Contains(type))
        {
            copy.Position = at + 4;
            copy.Write("free"u8);
            Blank(copy, at + header, size - header);
            return;
        }

        switch (type)
        {
            case "mvhd" or "tkhd" or "mdhd":
                ClearDates(copy, at + header, size - header);
                break;
            case "hdlr" when within == "mdia":
                ThrowUnlessPlayed(copy, at + header, size - header);
                break;
            default:
                if (Kept.ContainsKey(type))
                {
                    Walk(copy, at + header, at + size, type, depth + 1, ref boxes);
                }

                break;
        }
    }

    // version and flags, then when it was made and changed: 4 bytes each, or 8
    private static void ClearDates(Stream copy, long at, long size)
    {
        copy.Position = at;
        var length = copy.ReadByte() == 1 ? 16 : 8;
        if (size < 4 + length)
        {
            throw new InvalidDataException("The recording is damaged.");
        }

        Blank(copy, at + 4, length);
    }

    // version and flags, four bytes, then the kind of the track
    private static void ThrowUnlessPlayed(Stream copy, long at, long size)
    {
        Span<byte> kind = stackalloc byte[4];
        if (size < 12)
        {
            throw new InvalidDataException("The recording is damaged.");
        }

        copy.Position = at + 8;
        copy.ReadExactly(kind);
        if (!Played.Contains(Encoding.Latin1.GetString(kind)))
        {
            throw new InvalidDataException("A track holds neither picture nor sound.");
        }
    }

    private static void Blank(Stream copy, long at, long count)
    {
        var zeros = new byte[(int)Math.Min(64 * 1024, Math.Max(count, 1))];
        for (copy.Position = at; count > 0; count -= zeros.Length)
        {
            copy.Write(zeros, 0, (int)Math.Min(zeros.Length, count));
        }
    }
}

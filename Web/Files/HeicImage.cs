using System.Buffers.Binary;
using System.Text;

namespace CaseManagement.Web.Files;

/// <summary>
/// Copies a HEIC or HEIF picture without what was written into it beside the picture: place, device, names, words, dates. What is not needed to show it becomes zeros of the same
/// length, so that nothing in the file moves; what stays is a list (ISO 14496-12, 23008-12).
/// </summary>
internal static class HeicImage
{
    private const int MostBoxes = 5_000;
    private const int LargestMeta = 16 * 1024 * 1024;

    // what is in them is pictures, or how pictures are put together of others
    private static readonly HashSet<string> Pictures = new(StringComparer.Ordinal) { "hvc1", "hev1", "lhv1", "avc1", "av01", "jpeg", "grid", "iden", "iovl", "tmap" };
    private static readonly HashSet<string> KeptOfMeta = new(StringComparer.Ordinal) { "hdlr", "pitm", "iinf", "iloc", "iref", "iprp", "idat", "dinf" };
    private static readonly HashSet<string> KeptProperties = new(StringComparer.Ordinal)
    {
        "ispe", "pixi", "hvcC", "lhvC", "avcC", "av1C", "jpgC", "colr", "irot", "imir", "clap", "pasp", "auxC", "rloc", "lsel", "a1op", "a1lx", "clli", "mdcv", "cclv", "amve", "oinf", "tols",
    };

    /// <param name="original">From its first byte.</param>
    /// <param name="copy">Empty, readable and seekable; takes the copy.</param>
    /// <returns>False where the picture is damaged, or keeps its parts in a way that is not known here.</returns>
    public static bool TryWrite(Stream original, Stream copy)
    {
        original.CopyTo(copy);
        copy.Flush();
        try
        {
            Clean(copy);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static void Clean(Stream copy)
    {
        var boxes = TopOf(copy);
        if (boxes.Where(b => b.Type == "meta").ToList() is not [{ } found] || boxes.Exists(b => b.Type is "moov" or "moof") || found.Size > LargestMeta)
        {
            // without a list of what is where nothing can be told apart; films are another kind of file
            throw new InvalidDataException("The picture has no list of its parts.");
        }

        var meta = new byte[found.Size];
        copy.Position = found.At;
        copy.ReadExactly(meta);
        var kept = new Meta(meta, found.Header).Clean();
        copy.Position = found.At;
        copy.Write(meta);
        foreach (var box in boxes.Where(b => b.Type is not ("ftyp" or "meta")))
        {
            if (box.Type != "mdat")
            {
                copy.Position = box.At + 4;
                copy.Write("free"u8);
            }

            BlankBetween(copy, box.At + box.Header, box.At + box.Size, box.Type == "mdat" ? kept : []);
        }
    }

    private static List<(string Type, long At, int Header, long Size)> TopOf(Stream copy)
    {
        var boxes = new List<(string, long, int, long)>();
        var head = new byte[16];
        for (long at = 0; at < copy.Length;)
        {
            copy.Position = at;
            var read = copy.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            var (type, header, size) = HeadOf(head.AsSpan(0, read), copy.Length - at);
            boxes.Add((type, at, header, size));
            if (boxes.Count > MostBoxes)
            {
                throw new InvalidDataException("The picture has too many parts.");
            }

            at += size;
        }

        return boxes;
    }

    private static (string Type, int Header, long Size) HeadOf(ReadOnlySpan<byte> head, long left)
    {
        if (head.Length < 8)
        {
            throw new InvalidDataException("The picture ends too soon.");
        }

        var (size, header) = ((long)BinaryPrimitives.ReadUInt32BigEndian(head), 8);
        if (size == 1 && head.Length >= 16)
        {
            (size, header) = ((long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(head[8..]), long.MaxValue), 16);
        }
        else if (size == 0)
        {
            size = left;
        }

        return size >= header && size <= left
            ? (Encoding.Latin1.GetString(head.Slice(4, 4)), header, size)
            : throw new InvalidDataException("A part of the picture is longer than what it is in.");
    }

    private static void BlankBetween(Stream copy, long from, long to, IReadOnlyList<(long From, long To)> kept)
    {
        foreach (var (start, end) in kept.Where(k => k.To > from && k.From < to).OrderBy(k => k.From))
        {
            Blank(copy, from, start - from);
            from = Math.Min(Math.Max(from, end), to);
        }

        Blank(copy, from, to - from);
    }

    private static void Blank(Stream copy, long at, long count)
    {
        if (count <= 0)
        {
            return;
        }

        var zeros = new byte[(int)Math.Min(count, 64 * 1024)];
        for (copy.Position = at; count > 0; count -= zeros.Length)
        {
            copy.Write(zeros, 0, (int)Math.Min(zeros.Length, count));
        }
    }

    /// <summary>The list of a picture's parts.</summary>
    private sealed class Meta(byte[] bytes, int header)
    {
        private readonly List<(long From, long To)> _kept = [];
        private readonly HashSet<uint> _pictures = [];
        private int _boxes;

        /// <summary>Takes out of the list what is no picture's.</summary>
        /// <returns>Where in the file the pictures are.</returns>
        public List<(long From, long To)> Clean()
        {
            var parts = Within(header + 4, bytes.Length).ToList();
            foreach (var part in parts)
            {
                switch (part.Type)
                {
                    case var other when !KeptOfMeta.Contains(other):
                        Free(part);
                        break;
                    case "hdlr":
                        // after version, kind and what is reserved: a name
                        Zero(part.Body + 24, part.End);
                        break;
                    case "iinf":
                        Items(part);
                        break;
                    case "iprp":
                        Within(part.Body, part.End).Where(p => p.Type == "ipco").SelectMany(p => Within(p.Body, p.End)).Where(p => !KeptProperties.Contains(p.Type)).ToList().ForEach(Free);
                        break;
                }
            }

            var inside = new List<(long From, long To)>();
            Places(Only(parts, "iloc") ?? throw new InvalidDataException("Nothing says where the picture is."), inside);
            if (Only(parts, "idat") is { } data)
            {
                var from = data.Body;
                foreach (var (start, end) in inside.OrderBy(i => i.From))
                {
                    Zero(from, (int)Math.Min(data.Body + start, data.End));
                    from = (int)Math.Min(Math.Max(from, data.Body + end), data.End);
                }

                Zero(from, data.End);
            }

            return _kept;
        }

        private static Box? Only(List<Box> parts, string type) => parts.Where(p => p.Type == type).ToList() switch
        {
            [] => null,
            [var one] => one,
            _ => throw new InvalidDataException("The picture has two lists."),
        };

        private void Items(Box list)
        {
            var body = list.Body;
            body += bytes[Check(body, list)] == 0 ? 6 : 8;
            foreach (var entry in Within(body, list.End))
            {
                var version = bytes[Check(entry.Body, entry)];
                if (entry.Type != "infe" || version < 2)
                {
                    throw new InvalidDataException("A part of the picture is of an unknown kind.");
                }

                var at = entry.Body + 4;
                var id = (uint)Number(ref at, version == 2 ? 2 : 4, entry.End);
                at += 2;
                Number(ref at, 4, entry.End);
                if (Pictures.Contains(Encoding.Latin1.GetString(bytes, at - 4, 4)))
                {
                    _pictures.Add(id);
                }

                // a name and what else is said in words
                Zero(at, entry.End);
            }
        }

        private void Places(Box list, List<(long From, long To)> inside)
        {
            var version = bytes[Check(list.Body, list)];
            var at = list.Body + 4;
            var sizes = Number(ref at, 2, list.End);
            var (offset, length, start, index) = ((int)(sizes >> 12), (int)(sizes >> 8 & 15), (int)(sizes >> 4 & 15), version == 0 ? 0 : (int)(sizes & 15));
            var count = Number(ref at, version < 2 ? 2 : 4, list.End);
            for (var item = 0L; item < count; item++)
            {
                var id = (uint)Number(ref at, version < 2 ? 2 : 4, list.End);
                var way = version == 0 ? 0 : Number(ref at, 2, list.End) & 15;
                var elsewhere = Number(ref at, 2, list.End);
                var first = Number(ref at, start, list.End);
                var extents = Number(ref at, 2, list.End);
                for (var extent = 0L; extent < extents; extent++)
                {
                    Number(ref at, index, list.End);
                    var from = first + Number(ref at, offset, list.End);
                    var size = Number(ref at, length, list.End);
                    if (!_pictures.Contains(id))
                    {
                        continue;
                    }

                    if (elsewhere != 0 || way > 1 || length == 0 || from < 0 || size < 0 || from > long.MaxValue - size)
                    {
                        throw new InvalidDataException("A part of the picture is kept in an unknown way.");
                    }

                    (way == 0 ? _kept : inside).Add((from, from + size));
                }
            }
        }

        private IEnumerable<Box> Within(int from, int to)
        {
            for (var at = from; at < to;)
            {
                if (++_boxes > MostBoxes)
                {
                    throw new InvalidDataException("The picture has too many parts.");
                }

                var (type, head, size) = HeadOf(bytes.AsSpan(at, to - at), to - at);
                yield return new Box(type, at, at + head, at + (int)size);
                at += (int)size;
            }
        }

        private static int Check(int at, Box box) => at + 4 <= box.End ? at : throw new InvalidDataException("A part of the picture ends too soon.");

        private long Number(ref int at, int size, int end)
        {
            if (size is not (0 or 2 or 4 or 8) || at + size > end)
            {
                throw new InvalidDataException("A part of the picture ends too soon.");
            }

            var number = 0L;
            for (var stop = at + size; at < stop; at++)
            {
                number = (number << 8) | bytes[at];
            }

            return number;
        }

        private void Free(Box box)
        {
            "free"u8.CopyTo(bytes.AsSpan(box.At + 4));
            Zero(box.Body, box.End);
        }

        private void Zero(int from, int to)
        {
            if (to > from)
            {
                bytes.AsSpan(from, to - from).Clear();
            }
        }

        private readonly record struct Box(string Type, int At, int Body, int End);
    }
}

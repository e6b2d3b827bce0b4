using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace CaseManagement.Web.Files;

/// <summary>What an archive is, by the names in it and two small parts; nothing is written anywhere.</summary>
internal static class OfficeDocument
{
    private const int MaxEntries = 10_000;
    private const int MaxPart = 1024 * 1024;
    private const int EndLength = 22;
    private const int LongestComment = 65_535;

    private static readonly string[] MacroParts = ["vbaproject", "vbadata", "macrosheets/", "dialogsheets/", "activex/"];

    /// <summary>Word or Excel; <see cref="FileType.Zip"/> when it is neither.</summary>
    /// <param name="content">The archive; seekable.</param>
    /// <exception cref="InvalidDataException">It is damaged, or of more parts than are read.</exception>
    /// <exception cref="MacrosException">It holds macros, or fetches a template that may.</exception>
    public static FileType Recognise(Stream content)
    {
        CountEntries(content);
        content.Position = 0;
        using var archive = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        var names = archive.Entries.Select(e => e.FullName.Replace('\\', '/')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!names.Contains("[Content_Types].xml"))
        {
            return FileType.Zip;
        }

        var type = names.Contains("word/document.xml") ? FileType.Docx : names.Contains("xl/workbook.xml") ? FileType.Xlsx : FileType.Zip;
        if (names.Any(n => MacroParts.Any(m => n.Contains(m, StringComparison.OrdinalIgnoreCase)))
            || Holds(archive, "[Content_Types].xml", "macroEnabled") || Holds(archive, "word/_rels/settings.xml.rels", "attachedTemplate"))
        {
            throw new MacrosException();
        }

        return type;
    }

    private static bool Holds(ZipArchive archive, string part, string word)
    {
        foreach (var entry in archive.Entries.Where(e => string.Equals(e.FullName.Replace('\\', '/'), part, StringComparison.OrdinalIgnoreCase)))
        {
            // however long the header says it is
            using var stream = entry.Open();
            var buffer = new byte[MaxPart + 1];
            var count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (count > MaxPart)
            {
                throw new InvalidDataException("A part of the document is larger than it may be.");
            }

            var text = Encoding.UTF8.GetString(buffer, 0, count);
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase) || text.Contains('\0', StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reading an archive keeps every entry in memory: first they are counted.</summary>
    private static void CountEntries(Stream content)
    {
        var tail = new byte[(int)Math.Min(content.Length, EndLength + LongestComment)];
        content.Position = content.Length - tail.Length;
        content.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || tail.Length - end < EndLength)
        {
            throw new InvalidDataException("The archive has no end.");
        }

        var position = (long)BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        var header = new byte[46];
        for (var entries = 0; ; entries++)
        {
            content.Position = position;
            if (content.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.AsSpan().StartsWith("PK\x01\x02"u8))
            {
                return;
            }

            if (entries == MaxEntries)
            {
                throw new InvalidDataException($"The archive has more than {MaxEntries} entries.");
            }

            position += header.Length + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28))
                + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30)) + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(32));
        }
    }
}

/// <summary>A document holds macros.</summary>
internal sealed class MacrosException() : Exception("The document holds macros.");

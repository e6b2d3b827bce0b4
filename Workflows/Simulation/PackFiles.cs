using System.IO.Compression;
using System.Text;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Workflows.Simulation;

/// <summary>What is wrong with a zip that should be a pack.</summary>
public enum ZipMistake
{
    /// <summary>It is none, is cut short, or is locked with a password.</summary>
    NoZip,
    TooManyFiles,

    /// <summary>A file is larger than a pack's may be, or all of them together are.</summary>
    TooLarge,

    /// <summary>A path leads out of the pack, or is no path of one.</summary>
    BadPath,

    /// <summary>A file is in it twice.</summary>
    Twice,

    /// <summary>A file is no text in UTF-8.</summary>
    NotUtf8,
}

/// <summary>A zip is no pack that could be read; nothing was taken in.</summary>
/// <param name="mistake">Why.</param>
/// <param name="file">The file it is about; empty for the zip as a whole.</param>
/// <param name="message">The same in English, for programs.</param>
public sealed class UnreadableZipException(ZipMistake mistake, string file, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public ZipMistake Mistake { get; } = mistake;

    /// <summary>The file it is about; empty for the zip as a whole.</summary>
    public string File { get; } = file;
}

/// <summary>Reads the files of a process pack from a folder or a zip.</summary>
public static class PackFiles
{
    /// <summary>Largest zip, and largest sum of the files in it, in bytes.</summary>
    public const long MaxZipBytes = 20 * 1024 * 1024;

    private const long MaxUnpackedBytes = 100 * 1024 * 1024;
    private const int LongestPath = 200;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The JSON files of a folder by their path inside it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static Dictionary<string, string> ReadFolder(string folder) =>
        Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);

    /// <summary>The files of a zip; nothing is written to disk.</summary>
    /// <exception cref="UnreadableZipException">No zip, too many or too large files, a path that leaves the pack, a file twice, another encoding.</exception>
    public static Dictionary<string, string> ReadZip(Stream zip)
    {
        try
        {
            return Strip(Unpack(zip));
        }
        catch (InvalidDataException broken)
        {
            throw new UnreadableZipException(ZipMistake.NoZip, "", broken.Message);
        }
        catch (EndOfStreamException cut)
        {
            throw new UnreadableZipException(ZipMistake.NoZip, "", cut.Message);
        }
    }

    private static Dictionary<string, string> Unpack(Stream zip)
    {
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var left = MaxUnpackedBytes;
        if (archive.Entries.Count > PackReader.MaxFiles)
        {
            throw new UnreadableZipException(ZipMistake.TooManyFiles, "", $"A pack has at most {PackReader.MaxFiles} files.");
        }

        foreach (var entry in archive.Entries.Where(e => !e.FullName.EndsWith('/')))
        {
            var path = entry.FullName;
            if (path.Length > LongestPath || path.StartsWith('/') || path.Contains('\\', StringComparison.Ordinal) || path.Any(char.IsControl) || path.Split('/').Contains(".."))
            {
                throw new UnreadableZipException(ZipMistake.BadPath, path, $"'{path}' is not a file of a pack.");
            }

            if (!files.TryAdd(path, ""))
            {
                throw new UnreadableZipException(ZipMistake.Twice, path, $"'{path}' is there twice.");
            }

            files[path] = ReadEntry(entry, ref left);
        }

        return files;
    }

    /// <summary>Writes a pack as a zip; the same files give the same bytes.</summary>
    public static byte[] WriteZip(IReadOnlyDictionary<string, string> files)
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
            {
                var entry = archive.CreateEntry(path, CompressionLevel.Optimal);
                entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var writer = new StreamWriter(entry.Open());
                writer.Write(text);
            }
        }

        return buffer.ToArray();
    }

    // sizes in a zip's directory may lie, so what comes out is counted
    private static string ReadEntry(ZipArchiveEntry entry, ref long left)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = stream.Read(chunk)) > 0)
        {
            content.Write(chunk, 0, read);
            left -= read;
            if (content.Length > PackReader.MaxFileBytes || left < 0)
            {
                throw new UnreadableZipException(ZipMistake.TooLarge, entry.FullName, $"'{entry.FullName}' is larger than a pack's file may be.");
            }
        }

        var bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        try
        {
            // some editors begin a text with a mark of its encoding
            return StrictUtf8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableZipException(ZipMistake.NotUtf8, entry.FullName, $"'{entry.FullName}' is no text in UTF-8.");
        }
    }

    // a folder zipped as a whole has its own name before every path
    private static Dictionary<string, string> Strip(Dictionary<string, string> files)
    {
        if (files.ContainsKey("pack.json") || files.Keys.FirstOrDefault(k => k.EndsWith("/pack.json", StringComparison.Ordinal)) is not { } pack)
        {
            return files;
        }

        var prefix = pack[..^"pack.json".Length];
        return files.Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(f => f.Key[prefix.Length..], f => f.Value, StringComparer.Ordinal);
    }
}

using System.IO.Compression;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Workflows.Simulation;

/// <summary>Reads the files of a process pack from a folder or a zip.</summary>
public static class PackFiles
{
    /// <summary>Largest zip, and largest sum of the files in it, in bytes.</summary>
    public const long MaxZipBytes = 20 * 1024 * 1024;

    private const long MaxUnpackedBytes = 100 * 1024 * 1024;

    /// <summary>The JSON files of a folder by their path inside it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static Dictionary<string, string> ReadFolder(string folder) =>
        Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);

    /// <summary>The files of a zip; nothing is written to disk.</summary>
    /// <exception cref="InvalidDataException">No zip, too many or too large files, a path that leaves the pack, a file twice.</exception>
    public static Dictionary<string, string> ReadZip(Stream zip)
    {
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var left = MaxUnpackedBytes;
        if (archive.Entries.Count > PackReader.MaxFiles)
        {
            throw new InvalidDataException($"A pack has at most {PackReader.MaxFiles} files.");
        }

        foreach (var entry in archive.Entries.Where(e => !e.FullName.EndsWith('/')))
        {
            var path = entry.FullName;
            if (path.StartsWith('/') || path.Contains('\\', StringComparison.Ordinal) || path.Split('/').Contains("..") || !files.TryAdd(path, ""))
            {
                throw new InvalidDataException($"'{path}' is not a file of a pack, or is there twice.");
            }

            files[path] = ReadEntry(entry, ref left);
        }

        return Strip(files);
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
                throw new InvalidDataException($"'{entry.FullName}' is larger than a pack's file may be.");
            }
        }

        return System.Text.Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length);
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

using System.Security.Cryptography;
using CaseManagement.Web.Persistence;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Files;

/// <summary>
/// Where the bytes of files are kept, each under the hash of its content, so that the same file twice is kept once. On several nodes the folder is one that all
/// of them see. Names that people gave never become names on the disk.
/// </summary>
public sealed class FileFolder
{
    private const string SealedEnding = ".sealed";
    private const int AtOnce = 200;

    private readonly string _incoming;
    private readonly string _content;
    private readonly string _leaving;

    public FileFolder(IOptions<StorageOptions> options, IHostEnvironment environment)
    {
        var storage = options.Value;
        Root = Path.GetFullPath(storage.FilesFolder ?? Path.Combine(storage.DataFolder, "files"), environment.ContentRootPath);
        _incoming = Path.Combine(Root, "incoming");
        _content = Path.Combine(Root, "content");
        _leaving = Path.Combine(Root, "leaving");
    }

    /// <summary>The folder itself.</summary>
    public string Root { get; }

    /// <summary>A file for what is on its way in. Whatever stays behind is removed after a day.</summary>
    public FileStream CreateIncoming()
    {
        MakeFolder(_incoming);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read | FileShare.Delete,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(_incoming, Guid.NewGuid().ToString("N")), options);
    }

    /// <summary>Writes it to the disk for good and gives it its name; the stream is closed.</summary>
    /// <param name="incoming">What <see cref="CreateIncoming"/> answered, written.</param>
    /// <param name="sha256">The hash of the content that is kept, lower-case hex.</param>
    /// <param name="isSealed">What is written is the content sealed.</param>
    public async Task KeepAsync(FileStream incoming, string sha256, bool isSealed)
    {
        await incoming.FlushAsync();
        incoming.Flush(flushToDisk: true);
        var (from, to) = (incoming.Name, PathOf(_content, sha256, isSealed));
        await incoming.DisposeAsync();
        MakeFolder(Path.GetDirectoryName(to)!);

        // one that lies there already is the same content; it is young again, so that the sweep leaves it
        File.Move(from, to, overwrite: true);
    }

    /// <summary>Opens what is kept under a hash; null where nothing is.</summary>
    public FileStream? Open(string sha256, bool isSealed)
    {
        foreach (var folder in (ReadOnlySpan<string>)[_content, _leaving, _content])
        {
            try
            {
                return new FileStream(PathOf(folder, sha256, isSealed), new FileStreamOptions
                {
                    Share = FileShare.Read | FileShare.Delete,
                    Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
                });
            }
            catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
            {
                // the sweep moves between the two
            }
        }

        return null;
    }

    /// <summary>Where something is kept, for a program that reads it; null where nothing is.</summary>
    public string? Find(string sha256, bool isSealed) =>
        new[] { PathOf(_content, sha256, isSealed), PathOf(_leaving, sha256, isSealed) }.FirstOrDefault(File.Exists);

    /// <summary>Removes what has been on its way in since before a moment, and nobody finished.</summary>
    public int DropIncoming(DateTimeOffset before)
    {
        var old = FilesIn(_incoming).Where(f => File.GetLastWriteTimeUtc(f) < before.UtcDateTime).ToList();
        old.ForEach(File.Delete);
        return old.Count;
    }

    /// <summary>Hashes of kept files last written between two moments, a few hundred at a time.</summary>
    public IEnumerable<string[]> Kept(DateTimeOffset from, DateTimeOffset before) => HashesIn(_content, from, before).Chunk(AtOnce);

    /// <summary>Hashes of files set aside before a moment, a few hundred at a time.</summary>
    public IEnumerable<string[]> Leaving(DateTimeOffset before) => HashesIn(_leaving, DateTimeOffset.MinValue, before).Chunk(AtOnce);

    /// <summary>Sets a file aside; it can still be read.</summary>
    public void SetAside(string sha256, DateTimeOffset now) => Move(_content, _leaving, sha256, now);

    /// <summary>Somebody needs it after all.</summary>
    public void TakeBack(string sha256, DateTimeOffset now) => Move(_leaving, _content, sha256, now);

    /// <summary>Removes a file that was set aside.</summary>
    public void Remove(string sha256)
    {
        File.Delete(PathOf(_leaving, sha256, isSealed: false));
        File.Delete(PathOf(_leaving, sha256, isSealed: true));
    }

    /// <summary>The hash of what is written so far; the stream stands at its end then.</summary>
    public static async Task<string> HashAsync(Stream content, CancellationToken cancellationToken)
    {
        content.Position = 0;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }

    private static void Move(string from, string to, string sha256, DateTimeOffset now)
    {
        foreach (var isSealed in (ReadOnlySpan<bool>)[false, true])
        {
            var (source, target) = (PathOf(from, sha256, isSealed), PathOf(to, sha256, isSealed));
            if (File.Exists(source))
            {
                MakeFolder(Path.GetDirectoryName(target)!);
                File.Move(source, target, overwrite: true);
                File.SetLastWriteTimeUtc(target, now.UtcDateTime);
            }
        }
    }

    private static IEnumerable<string> HashesIn(string folder, DateTimeOffset from, DateTimeOffset before) =>
        FilesIn(folder)
            .Where(f => File.GetLastWriteTimeUtc(f) is var at && at >= from.UtcDateTime && at < before.UtcDateTime)
            .Select(f => Path.GetFileName(f).Replace(SealedEnding, "", StringComparison.Ordinal)).Where(IsHash).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [];

    private static string PathOf(string folder, string sha256, bool isSealed) => IsHash(sha256)
        ? Path.Combine(folder, sha256[..2], sha256 + (isSealed ? SealedEnding : ""))
        : throw new ArgumentException("Not a SHA-256 in lower-case hex.", nameof(sha256));

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

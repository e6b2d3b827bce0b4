using System.Globalization;
using System.Security.Cryptography;
using CaseManagement.Domain.Auditing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Auditing;

/// <summary>
/// The private keys that sign anchors and exports: files outside the database that only this process's account may read. A node without one makes one; the public half goes
/// into the database with the first anchor it signs.
/// </summary>
public sealed class AnchorKeys(
    IOptions<AuditOptions> options, IOptions<StorageOptions> storage, IHostEnvironment environment, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock) : IDisposable
{
    private const string Prefix = "audit-key-";
    private const string Moment = "yyyyMMddHHmmss";

    private readonly Lock _lock = new();
    private ECDsa? _key;
    private DateTimeOffset _since;

    /// <summary>The key that signs now.</summary>
    /// <exception cref="IOException">The folder cannot be read or written; likewise <see cref="UnauthorizedAccessException"/>.</exception>
    public (ECDsa Key, byte[] PublicKey, DateTimeOffset Since) Current()
    {
        lock (_lock)
        {
            var now = wallClock.GetUtcNow();
            if (_key is null || _since.AddDays(options.Value.KeyDays) <= now)
            {
                (_key, _since) = Newest(now) ?? Make(now);
            }

            return (_key, _key.ExportSubjectPublicKeyInfo(), _since);
        }
    }

    public void Dispose() => _key?.Dispose();

    private string Folder() => Path.GetFullPath(
        options.Value.KeyFolder is { Length: > 0 } folder ? folder : Path.Combine(storage.Value.DataFolder, "audit-keys"), environment.ContentRootPath);

    private (ECDsa, DateTimeOffset)? Newest(DateTimeOffset now)
    {
        if (!Directory.Exists(Folder()))
        {
            return null;
        }

        var newest = Directory.GetFiles(Folder(), Prefix + "*.pem").OrderDescending(StringComparer.Ordinal).FirstOrDefault();
        if (newest is null || SinceOf(newest) is not { } since || since.AddDays(options.Value.KeyDays) <= now)
        {
            return null;
        }

        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(newest));
        return (key, since);
    }

    private (ECDsa, DateTimeOffset) Make(DateTimeOffset now)
    {
        var folder = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(Folder())
            : Directory.CreateDirectory(Folder(), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = $"{Prefix}{now.UtcDateTime.ToString(Moment, CultureInfo.InvariantCulture)}-{Anchor.KeyIdOf(key.ExportSubjectPublicKeyInfo())}.pem";
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new StreamWriter(Path.Combine(folder.FullName, name), how);
        file.Write(key.ExportPkcs8PrivateKeyPem());
        return (key, now);
    }

    private static DateTimeOffset? SinceOf(string path) =>
        DateTimeOffset.TryParseExact(
            Path.GetFileName(path)[Prefix.Length..].Split('-')[0], Moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since) ? since : null;
}

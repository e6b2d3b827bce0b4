using System.Security.Cryptography;
using System.Text;

namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>
/// The key-encryption key: a file outside the database, without which what the database holds sealed cannot be opened. Each line is a key, 32 bytes in
/// Base64; the first seals, every one opens, so that a new key goes on top of the old ones.
/// </summary>
public sealed class KeyFile
{
    public const string Setting = "Security:KeyEncryptionKeyFile";

    private const string Mark = "sealed:";
    private const int KeyLength = 32;
    private const int NameLength = 8;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly List<Key> _keys;

    /// <exception cref="InvalidOperationException">The file is not there or holds no such keys.</exception>
    public KeyFile(IConfiguration configuration) => _keys = configuration[Setting] is { Length: > 0 } path ? Read(path) : [];

    /// <summary>There is one; else everything stays as it is.</summary>
    public bool IsThere => _keys.Count > 0;

    public static bool IsSealed(string text) => text.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>AES-256-GCM under the first key; the text itself where there is no file.</summary>
    public string Seal(string text)
    {
        if (_keys is not [var key, ..])
        {
            return text;
        }

        var plain = Encoding.UTF8.GetBytes(text);
        var kept = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(kept.AsSpan(0, NonceLength));
        using var aes = new AesGcm(key.Bytes, TagLength);
        aes.Encrypt(kept.AsSpan(0, NonceLength), plain, kept.AsSpan(NonceLength + TagLength), kept.AsSpan(NonceLength, TagLength), Encoding.UTF8.GetBytes(key.Name));
        return $"{Mark}{key.Name}:{Convert.ToBase64String(kept)}";
    }

    /// <exception cref="InvalidOperationException">It was sealed by a key that is not in the file.</exception>
    public string Open(string text)
    {
        if (!IsSealed(text))
        {
            return text;
        }

        var parts = text[Mark.Length..].Split(':', 2);
        var key = _keys.FirstOrDefault(k => k.Name == parts[0])
            ?? throw new InvalidOperationException($"The database was sealed by another key than those in {Setting}. Put that key back as a further line of the file.");
        var kept = Convert.FromBase64String(parts[1]);
        var plain = new byte[kept.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key.Bytes, TagLength);
        aes.Decrypt(kept.AsSpan(0, NonceLength), kept.AsSpan(NonceLength + TagLength), kept.AsSpan(NonceLength, TagLength), plain, Encoding.UTF8.GetBytes(key.Name));
        return Encoding.UTF8.GetString(plain);
    }

    private static List<Key> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidOperationException($"{Setting}: there is no file {path}. Make one: openssl rand -base64 32 > {path}");
        }

        var keys = new List<Key>();
        foreach (var line in File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            var bytes = new byte[KeyLength];
            keys.Add(Convert.TryFromBase64String(line, bytes, out var length) && length == KeyLength
                ? new Key(Convert.ToHexStringLower(SHA256.HashData(bytes))[..NameLength], bytes)
                : throw new InvalidOperationException($"{Setting}: every line of {path} is a key of 32 bytes in Base64 (openssl rand -base64 32)."));
        }

        return keys.Count > 0 ? keys : throw new InvalidOperationException($"{Setting}: {path} is empty.");
    }

    private sealed record Key(string Name, byte[] Bytes);
}

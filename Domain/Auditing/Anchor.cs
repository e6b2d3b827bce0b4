using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CaseManagement.Domain.Auditing;

/// <summary>
/// One signed statement about the heads of all streams that changed since the statement before. Whoever keeps it outside the database can tell later that no link up to
/// it was changed, cut off or made anew.
/// </summary>
public sealed record Anchor
{
    /// <summary>From 1, without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>By the wall clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How many heads it is about.</summary>
    public required int Count { get; init; }

    /// <summary>The root of their <see cref="MerkleTree"/>.</summary>
    public required byte[] Root { get; init; }

    /// <summary>The <see cref="Hash"/> of the anchor before; 32 zeros for the first.</summary>
    public required byte[] Previous { get; init; }

    /// <summary>Events by which values were erased, up to this anchor.</summary>
    public required long Erasures { get; init; }

    /// <summary>Which key signed it: <see cref="KeyIdOf"/>.</summary>
    public required string KeyId { get; init; }

    /// <summary>ECDSA P-256 over <see cref="Statement"/>, 64 bytes; empty until it is signed.</summary>
    public byte[] Signature { get; init; } = [];

    /// <summary>What is signed: canonical JSON.</summary>
    public byte[] Statement() => Written(withSignature: false);

    /// <summary>The anchor as a line of a file.</summary>
    public string Line() => Encoding.UTF8.GetString(Written(withSignature: true));

    /// <summary>What the next anchor holds on to; it covers the signature.</summary>
    public byte[] Hash() => SHA256.HashData(Written(withSignature: true));

    /// <summary>Signs it.</summary>
    public Anchor SignedBy(ECDsa key) => this with { Signature = key.SignData(Statement(), HashAlgorithmName.SHA256) };

    /// <summary>Whether this key signed it as it is.</summary>
    /// <param name="publicKey">A SubjectPublicKeyInfo.</param>
    public bool IsSignedBy(byte[] publicKey)
    {
        if (KeyIdOf(publicKey) != KeyId)
        {
            return false;
        }

        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(publicKey, out _);
            return key.VerifyData(Statement(), Signature, HashAlgorithmName.SHA256);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The name of a public key: the beginning of its SHA-256, lower-case hex.</summary>
    public static string KeyIdOf(byte[] publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey))[..16];

    /// <summary>Reads a line.</summary>
    /// <returns>Null: it is none.</returns>
    public static Anchor? Parse(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 4 });
            var root = json.RootElement;
            string Text(string name) => root.GetProperty(name).GetString() ?? throw new FormatException(name);
            var read = new Anchor
            {
                Number = long.Parse(Text("n"), NumberStyles.None, CultureInfo.InvariantCulture),
                At = DateTimeOffset.Parse(Text("at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                Count = int.Parse(Text("count"), NumberStyles.None, CultureInfo.InvariantCulture),
                Root = Convert.FromHexString(Text("root")),
                Previous = Convert.FromHexString(Text("prevAnchorHash")),
                Erasures = long.Parse(Text("erasures"), NumberStyles.None, CultureInfo.InvariantCulture),
                KeyId = Text("keyId"),
                Signature = Convert.FromBase64String(Text("signature")),
            };
            return read;
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }

    private byte[] Written(bool withSignature)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("at"u8, AuditChain.Canonical(At));
            writer.WriteString("count"u8, Count.ToString(CultureInfo.InvariantCulture));
            writer.WriteString("erasures"u8, Erasures.ToString(CultureInfo.InvariantCulture));
            writer.WriteString("keyId"u8, KeyId);
            writer.WriteString("n"u8, Number.ToString(CultureInfo.InvariantCulture));
            writer.WriteString("prevAnchorHash"u8, Convert.ToHexStringLower(Previous));
            writer.WriteString("root"u8, Convert.ToHexStringLower(Root));
            if (withSignature)
            {
                writer.WriteBase64String("signature"u8, Signature);
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CaseManagement.Domain.Auditing;

namespace CaseManagement.Web.Auditing;

/// <summary>What an export holds and what is wrong with it.</summary>
/// <param name="KeyId">The key that signed it; whether it is the product's own must be known from elsewhere.</param>
public sealed record ExportVerdict(long Rows, long Streams, long Anchors, long Proven, long Erased, string KeyId, AuditFinding? FirstBad)
{
    public bool Ok => FirstBad is null;
}

/// <summary>
/// Verifies an export by itself, without the database: files against the signed manifest, links, values that are there, heads along their proofs to the roots of signed
/// anchors, and, where given, a copy of the anchors kept elsewhere.
/// </summary>
public sealed class ExportCheck
{
    public const string Format = "cc-audit-export-1";
    public const string Manifest = "manifest.json";
    public const string Signature = "manifest.sig";

    private static readonly string[] Files = ["rows.jsonl", "proofs.jsonl", "anchors.jsonl", "keys.jsonl", "rows.csv"];

    private readonly Dictionary<string, byte[]> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Anchor> _anchors = [];
    private readonly Dictionary<(string Stream, long Sequence), byte[]> _hashes = [];
    private long _rows;
    private long _streams;
    private long _erased;
    private long _proven;

    /// <summary>Verifies a zip file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="outside">Lines of anchors kept elsewhere.</param>
    /// <exception cref="InvalidDataException">It is no export of ours.</exception>
    public static ExportVerdict Verify(string path, IEnumerable<string>? outside = null)
    {
        using var zip = ZipFile.OpenRead(path);
        return new ExportCheck().Run(zip, outside);
    }

    private ExportVerdict Run(ZipArchive zip, IEnumerable<string>? outside)
    {
        var manifest = Bytes(zip, Manifest) ?? throw new InvalidDataException($"There is no {Manifest}: this is no export of the audit.");
        string keyId;
        try
        {
            using var json = JsonDocument.Parse(manifest);
            if (json.RootElement.GetProperty("format").GetString() != Format)
            {
                throw new InvalidDataException("The export has a format this program does not know.");
            }

            keyId = json.RootElement.GetProperty("keyId").GetString() ?? "";
            var bad = FilesOf(zip, json.RootElement.GetProperty("files")) ?? Keys(zip) ?? SignatureOf(zip, manifest, keyId) ?? Links(zip) ?? Anchors(zip) ?? Proofs(zip) ?? Copy(outside);
            return new ExportVerdict(_rows, _streams, _anchors.Count, _proven, _erased, keyId, bad);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"The export cannot be read: {wrong.Message}", wrong);
        }
    }

    private static AuditFinding? FilesOf(ZipArchive zip, JsonElement hashes)
    {
        foreach (var name in Files)
        {
            using var file = zip.GetEntry(name)?.Open();
            if (file is null || !hashes.TryGetProperty(name, out var hash) || Convert.ToHexStringLower(SHA256.HashData(file)) != hash.GetString())
            {
                return new AuditFinding(AuditFault.File, name, null, null);
            }
        }

        return null;
    }

    private AuditFinding? Keys(ZipArchive zip)
    {
        foreach (var line in Lines(zip, "keys.jsonl"))
        {
            using var json = JsonDocument.Parse(line);
            var (id, key) = (json.RootElement.GetProperty("keyId").GetString()!, json.RootElement.GetProperty("publicKey").GetBytesFromBase64());
            if (Anchor.KeyIdOf(key) != id)
            {
                return new AuditFinding(AuditFault.Signature, id, null, null);
            }

            _keys[id] = key;
        }

        return null;
    }

    private AuditFinding? SignatureOf(ZipArchive zip, byte[] manifest, string keyId)
    {
        var signature = Bytes(zip, Signature);
        if (signature is null || !_keys.TryGetValue(keyId, out var bytes))
        {
            return new AuditFinding(AuditFault.Signature, Manifest, null, null);
        }

        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(bytes, out _);
        return key.VerifyData(manifest, Convert.FromBase64String(Encoding.UTF8.GetString(signature)), HashAlgorithmName.SHA256)
            ? null : new AuditFinding(AuditFault.Signature, Manifest, null, null);
    }

    private AuditFinding? Links(ZipArchive zip)
    {
        StreamCheck? check = null;
        var stream = "";
        foreach (var line in Lines(zip, "rows.jsonl"))
        {
            using var json = JsonDocument.Parse(line);
            var row = json.RootElement;
            var (name, sequence) = (row.GetProperty("stream").GetString()!, row.GetProperty("seq").GetInt64());
            if (row.TryGetProperty("prev", out var previous))
            {
                if (name == stream && sequence <= check!.Sequence)
                {
                    return new AuditFinding(AuditFault.Gap, name, sequence, null);
                }

                // the links before are not here, so what was erased among them is not judged by its event
                _erased += check?.Erased ?? 0;
                _streams += name == stream ? 0 : 1;
                var before = Convert.FromHexString(previous.GetString()!);
                if (sequence == 1 && !before.AsSpan().SequenceEqual(AuditChain.Origin(name)))
                {
                    return new AuditFinding(AuditFault.Hash, name, sequence, null);
                }

                (stream, check) = (name, new StreamCheck(name, before, sequence - 1));
            }
            else if (check is null || name != stream)
            {
                return new AuditFinding(AuditFault.Gap, name, sequence, null);
            }

            _rows++;
            var link = Read(row, sequence);
            if (check.Add(link) is { } fault)
            {
                return new AuditFinding(fault, name, sequence, null);
            }

            _hashes[(name, sequence)] = link.Hash;
        }

        _erased += check?.Erased ?? 0;
        return null;
    }

    private static StoredLink Read(JsonElement row, long sequence)
    {
        string Text(string name) => row.GetProperty(name).GetString() ?? throw new FormatException(name);
        DateTimeOffset Moment(string name) => DateTimeOffset.Parse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var salt = row.TryGetProperty("salt", out var bytes) ? bytes.GetBytesFromBase64() : null;
        return new StoredLink(
            sequence, Moment("at"), Moment("wallAt"), Text("type"), Text("actorKind"), row.GetProperty("actorId").GetString(),
            salt is null ? null : Text("data"), salt ?? [], Text("body"), Convert.FromHexString(Text("hash")));
    }

    private AuditFinding? Anchors(ZipArchive zip)
    {
        Anchor? before = null;
        foreach (var line in Lines(zip, "anchors.jsonl"))
        {
            if (Anchor.Parse(line) is not { } anchor)
            {
                return new AuditFinding(AuditFault.Link, null, null, before?.Number + 1);
            }

            if (!_keys.TryGetValue(anchor.KeyId, out var key) || !anchor.IsSignedBy(key))
            {
                return new AuditFinding(AuditFault.Signature, null, null, anchor.Number);
            }

            if (before is not null && (anchor.Number != before.Number + 1 || !anchor.Previous.AsSpan().SequenceEqual(before.Hash())))
            {
                return new AuditFinding(AuditFault.Link, null, null, anchor.Number);
            }

            _anchors[anchor.Number] = before = anchor;
        }

        return null;
    }

    private AuditFinding? Proofs(ZipArchive zip)
    {
        foreach (var line in Lines(zip, "proofs.jsonl"))
        {
            using var json = JsonDocument.Parse(line);
            var proof = json.RootElement;
            var head = new AuditHead(proof.GetProperty("stream").GetString()!, proof.GetProperty("seq").GetInt64(), Convert.FromHexString(proof.GetProperty("head").GetString()!));
            var number = proof.GetProperty("anchor").GetInt64();
            var path = proof.GetProperty("path").EnumerateArray().Select(s => s.GetString()!).Select(s => new MerkleStep(Convert.FromHexString(s[1..]), s[0] == 'l')).ToList();
            if (!_hashes.TryGetValue((head.Stream, head.Sequence), out var hash) || !hash.AsSpan().SequenceEqual(head.Hash))
            {
                return new AuditFinding(AuditFault.Leaf, head.Stream, head.Sequence, number);
            }

            if (!_anchors.TryGetValue(number, out var anchor) || !MerkleTree.RootOf(head, path).AsSpan().SequenceEqual(anchor.Root))
            {
                return new AuditFinding(AuditFault.Root, head.Stream, head.Sequence, number);
            }

            _proven++;
        }

        return null;
    }

    private AuditFinding? Copy(IEnumerable<string>? outside)
    {
        var bad = outside?.Select(Anchor.Parse).OfType<Anchor>().FirstOrDefault(copy => _anchors.TryGetValue(copy.Number, out var ours) && ours.Line() != copy.Line());
        return bad is null ? null : new AuditFinding(AuditFault.OutsideCopy, null, null, bad.Number);
    }

    private static IEnumerable<string> Lines(ZipArchive zip, string name)
    {
        using var text = new StreamReader(zip.GetEntry(name)!.Open(), Encoding.UTF8);
        while (text.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }

    private static byte[]? Bytes(ZipArchive zip, string name)
    {
        using var entry = zip.GetEntry(name)?.Open();
        if (entry is null)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }
}

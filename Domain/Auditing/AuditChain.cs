using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Auditing;

/// <summary>One link: the canonical text, the random bytes behind its commitment, its hash.</summary>
public sealed record AuditLink(string Body, byte[] Salt, byte[] Hash);

/// <summary>
/// Chains what happened so that nothing can be changed, cut out or moved unseen. A link holds no value, name or free text, only a
/// commitment to them: HMAC-SHA-256 under random bytes that can be destroyed with the value, and the chain still verifies.
/// </summary>
public static class AuditChain
{
    private static readonly byte[] Label = "cc-audit-1"u8.ToArray();

    /// <summary>The hash before the first link of a stream.</summary>
    public static byte[] Origin(string stream) => SHA256.HashData(Encoding.UTF8.GetBytes(stream));

    /// <summary>Makes the next link.</summary>
    /// <param name="stream">The stream's name, such as <c>case/id</c>.</param>
    /// <param name="sequence">From 1.</param>
    /// <param name="previous">The hash of the link before, or <see cref="Origin"/>.</param>
    /// <param name="type">What happened.</param>
    /// <param name="at">In the stream's own time.</param>
    /// <param name="recordedAt">By the wall clock.</param>
    /// <param name="by">Who did it; the name stays outside.</param>
    /// <param name="data">The data committed to, as it is stored.</param>
    public static AuditLink Next(
        string stream, long sequence, ReadOnlySpan<byte> previous, string type, DateTimeOffset at, DateTimeOffset recordedAt, Actor by, string data)
    {
        var salt = RandomNumberGenerator.GetBytes(32);
        var body = Body(sequence, type, at, recordedAt, by, Commitment(salt, data));
        return new AuditLink(body, salt, HashOf(stream, sequence, previous, body));
    }

    /// <summary>The commitment to a value, lower-case hex.</summary>
    public static string Commitment(byte[] salt, string data) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(data)));

    /// <summary>The hash of a link: SHA-256 over label, stream, sequence, previous hash and body, each length before its text.</summary>
    public static byte[] HashOf(string stream, long sequence, ReadOnlySpan<byte> previous, string body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Label);
        Append(hash, stream);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, sequence);
        hash.AppendData(number);
        hash.AppendData(previous);
        Append(hash, body);
        return hash.GetHashAndReset();
    }

    // members sorted by code point, no spaces, absent left out, numbers as decimal strings, instants to the microsecond
    private static string Body(long sequence, string type, DateTimeOffset at, DateTimeOffset recordedAt, Actor by, string commitment)
    {
        using var buffer = new MemoryStream(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("actor");
            if (by.Id is not null)
            {
                writer.WriteString("id", by.Id);
            }

            writer.WriteString("kind", by.Kind.ToString());
            writer.WriteEndObject();
            writer.WriteString("at", Canonical(at));
            writer.WriteString("data", commitment);
            writer.WriteString("recordedAt", Canonical(recordedAt));
            writer.WriteString("seq", sequence.ToString(System.Globalization.CultureInfo.InvariantCulture));
            writer.WriteString("type", type);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static string Canonical(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}

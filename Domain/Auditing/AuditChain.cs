using System.Buffers;
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
        var hashed = Scratch.Of(Label.Length + Length(stream) + sizeof(long) + previous.Length + Length(body));
        hashed.Write(Label);
        Append(hashed, stream);
        BinaryPrimitives.WriteInt64BigEndian(hashed.GetSpan(sizeof(long)), sequence);
        hashed.Advance(sizeof(long));
        hashed.Write(previous);
        Append(hashed, body);
        return SHA256.HashData(hashed.WrittenSpan);
    }

    // members sorted by code point, no spaces, absent left out, numbers as decimal strings, instants to the microsecond
    private static string Body(long sequence, string type, DateTimeOffset at, DateTimeOffset recordedAt, Actor by, string commitment)
    {
        var buffer = Scratch.Of(512);
        var writer = Scratch.Writer(buffer);
        writer.WriteStartObject();
        writer.WriteStartObject("actor"u8);
        if (by.Id is not null)
        {
            writer.WriteString("id"u8, by.Id);
        }

        writer.WriteString("kind"u8, by.Kind.ToString());
        writer.WriteEndObject();
        writer.WriteString("at"u8, Canonical(at));
        writer.WriteString("data"u8, commitment);
        writer.WriteString("recordedAt"u8, Canonical(recordedAt));
        writer.WriteString("seq"u8, sequence.ToString(System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteString("type"u8, type);
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Canonical(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static int Length(string text) => sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length);

    private static void Append(ArrayBufferWriter<byte> hashed, string text)
    {
        var room = hashed.GetSpan(Length(text));
        var bytes = Encoding.UTF8.GetBytes(text, room[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(room, bytes);
        hashed.Advance(sizeof(int) + bytes);
    }

    /// <summary>A thread's buffer and writer, used over and over: every deed makes several links.</summary>
    private static class Scratch
    {
        [ThreadStatic]
        private static ArrayBufferWriter<byte>? _buffer;

        [ThreadStatic]
        private static Utf8JsonWriter? _writer;

        public static ArrayBufferWriter<byte> Of(int room)
        {
            // the data of a link may be large; such a buffer is not kept
            if (room > 64 * 1024)
            {
                return new ArrayBufferWriter<byte>(room);
            }

            _buffer ??= new ArrayBufferWriter<byte>(4096);
            _buffer.ResetWrittenCount();
            return _buffer;
        }

        public static Utf8JsonWriter Writer(ArrayBufferWriter<byte> buffer)
        {
            _writer ??= new Utf8JsonWriter(buffer);
            _writer.Reset(buffer);
            return _writer;
        }
    }
}

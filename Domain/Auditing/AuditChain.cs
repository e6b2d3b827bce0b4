using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Auditing;

/// <summary>One link: the canonical text, the random bytes behind its commitment, its hash.</summary>
public sealed record AuditLink(string Body, byte[] Salt, byte[] Hash);

/// <summary>
/// Chains what happened so that nothing can be changed, cut out or moved unseen. A link holds no value, name or free text, only a
/// commitment to each value: HMAC-SHA-256 under random bytes that can be destroyed with the value, and the chain still verifies.
/// </summary>
public static class AuditChain
{
    /// <summary>Random bytes beside a link.</summary>
    public const int SaltBytes = 32;

    /// <summary>How links are written now. Those without a form have one commitment to all their data (<c>data</c>) and are still verified.</summary>
    public const string Form = "2";

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
    /// <param name="data">The data committed to, as it is stored: an object of JSON.</param>
    /// <param name="circumstances">What else is chained; none: nothing else.</param>
    public static AuditLink Next(
        string stream, long sequence, ReadOnlySpan<byte> previous, string type, DateTimeOffset at, DateTimeOffset recordedAt, Actor by, string data,
        AuditCircumstances? circumstances = null)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var body = Body(sequence, type, at, recordedAt, by, AuditValues.Commit(data, salt), circumstances ?? AuditCircumstances.None);
        return new AuditLink(body, salt, HashOf(stream, sequence, previous, body));
    }

    /// <summary>An instant as links have it: UTC, cut to microseconds, which every database keeps.</summary>
    public static string Canonical(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

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
    private static string Body(
        long sequence, string type, DateTimeOffset at, DateTimeOffset recordedAt, Actor by, AuditCommitments commitments, AuditCircumstances around)
    {
        var buffer = Scratch.Of(1024);
        var writer = Scratch.Writer(buffer);
        writer.WriteStartObject();
        writer.WriteStartObject("actor"u8);
        Optional(writer, "id"u8, by.Id);
        writer.WriteString("kind"u8, by.Kind.ToString());
        Optional(writer, "onBehalfOf"u8, around.OnBehalfOf);
        Optional(writer, "sessionHash"u8, around.SessionHash);
        writer.WriteString("via"u8, around.Via ?? ViaOf(by));
        writer.WriteEndObject();
        writer.WriteString("at"u8, Canonical(at));
        writer.WriteStartArray("changes"u8);
        foreach (var (field, commitment) in commitments.Fields)
        {
            writer.WriteStartObject();
            writer.WriteBase64String("commit"u8, commitment);
            writer.WriteString("field"u8, field);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Optional(writer, "clause"u8, commitments.Named.GetValueOrDefault("clause"));
        Optional(writer, "definitionVersion"u8, around.DefinitionVersion);
        if (around.EntityVersion is { } version)
        {
            writer.WriteString("entityVersion"u8, version.ToString(CultureInfo.InvariantCulture));
        }

        writer.WriteString("form"u8, Form);
        WriteRule(writer, commitments.Named);
        writer.WriteString("seq"u8, sequence.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("type"u8, type);
        writer.WriteString("wallAt"u8, Canonical(recordedAt));
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteRule(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> named)
    {
        var begun = false;
        foreach (var name in AuditValues.RuleNames)
        {
            if (named.TryGetValue(name, out var key))
            {
                if (!begun)
                {
                    writer.WriteStartObject("rule"u8);
                    begun = true;
                }

                writer.WriteString(name, key);
            }
        }

        if (begun)
        {
            writer.WriteEndObject();
        }
    }

    private static void Optional(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static string ViaOf(Actor by) => by switch
    {
        { Kind: ActorKind.Person } => "session",
        { Kind: ActorKind.ApiKey } => "key",
        { Kind: ActorKind.Timer } => "timer",
        { Kind: ActorKind.Complainant, Id: not null } => "portal",
        { Kind: ActorKind.Complainant } => "recorded",
        { Kind: ActorKind.Workflow } => "process",
        { Kind: ActorKind.Import } => "import",
        _ => "system",
    };

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

using System.Security.Cryptography;
using System.Text;
using CaseManagement.Domain.Complaints;

namespace CaseManagement.Domain.Auditing;

/// <summary>A link as it is stored or was taken out, with its columns.</summary>
/// <param name="Sequence">From 1 within its stream.</param>
/// <param name="Data">The values beside it; null where they are not told, then they are not checked.</param>
/// <param name="Salt">The random bytes of the values.</param>
/// <param name="Body">The canonical text.</param>
/// <param name="Hash">The stored hash.</param>
public sealed record StoredLink(
    long Sequence, DateTimeOffset At, DateTimeOffset RecordedAt, string Type, string ActorKind, string? ActorId, string? Data, byte[] Salt, string Body, byte[] Hash);

/// <summary>What is wrong with a chain or its anchors. Outside programs rely on the names.</summary>
public enum AuditFault
{
    /// <summary>A link is missing, comes twice or stands in the wrong place.</summary>
    Gap,

    /// <summary>The text of a link, its number or what came before it was changed.</summary>
    Hash,

    /// <summary>A column says another thing than the chained text.</summary>
    Column,

    /// <summary>The end of the chain is not the head that stands elsewhere.</summary>
    Head,

    /// <summary>A value beside a link is not the one committed to.</summary>
    Value,

    /// <summary>A value was erased and no event says so.</summary>
    Erasure,

    /// <summary>A head that was anchored is not in the chain any more.</summary>
    Leaf,

    /// <summary>The heads of an anchor do not make its root.</summary>
    Root,

    /// <summary>An anchor's signature is wrong or its key unknown.</summary>
    Signature,

    /// <summary>An anchor does not hold on to the one before it, or one is missing.</summary>
    Link,

    /// <summary>An anchor kept outside is another one than the database has, or the database has it no more.</summary>
    OutsideCopy,

    /// <summary>A file of an export was changed or is missing.</summary>
    File,
}

/// <summary>Goes through the links of one stream in their order and stops at the first that is wrong.</summary>
public sealed class StreamCheck
{
    private readonly string _stream;
    private long _erasedBefore;

    /// <param name="stream">The stream's name.</param>
    /// <param name="previous">The hash before the first link looked at; null: from the beginning.</param>
    /// <param name="after">The number before the first link looked at.</param>
    public StreamCheck(string stream, byte[]? previous = null, long after = 0) =>
        (_stream, Hash, Sequence) = (stream, previous ?? AuditChain.Origin(stream), after);

    /// <summary>The number of the last link.</summary>
    public long Sequence { get; private set; }

    /// <summary>The hash of the last link.</summary>
    public byte[] Hash { get; private set; }

    /// <summary>Values that have been erased.</summary>
    public long Erased { get; private set; }

    /// <summary>Takes the next link.</summary>
    /// <returns>What is wrong with it; null: nothing.</returns>
    public AuditFault? Add(StoredLink link)
    {
        if (link.Sequence != Sequence + 1)
        {
            return AuditFault.Gap;
        }

        if (!AuditChain.HashOf(_stream, link.Sequence, Hash, link.Body).AsSpan().SequenceEqual(link.Hash))
        {
            return AuditFault.Hash;
        }

        if (AuditBody.Read(link.Body) is not { } body || body.Sequence != link.Sequence || body.Type != link.Type || body.ActorKind != link.ActorKind || body.ActorId != link.ActorId
            || body.At != AuditChain.Canonical(link.At) || body.RecordedAt != AuditChain.Canonical(link.RecordedAt))
        {
            return AuditFault.Column;
        }

        (Sequence, Hash) = (link.Sequence, link.Hash);
        if (link.Data is not null && !AreValuesTrue(link, body))
        {
            return AuditFault.Value;
        }

        if (link.Type == CaseEvents.Erased)
        {
            _erasedBefore = Erased;
        }

        return null;
    }

    /// <summary>The end has come.</summary>
    /// <returns>Values are gone and no event after them says so; null: nothing is wrong.</returns>
    public AuditFault? End() => Erased > _erasedBefore ? AuditFault.Erasure : null;

    private bool AreValuesTrue(StoredLink link, AuditBody body)
    {
        if (body.Data is { } whole)
        {
            if (link.Salt.Length == 0 && link.Data!.Length == 0)
            {
                Erased++;
                return true;
            }

            return Convert.ToHexStringLower(HMACSHA256.HashData(link.Salt, Encoding.UTF8.GetBytes(link.Data!))) == whole;
        }

        try
        {
            var (isTrue, erased) = AuditValues.Check(link.Data!, link.Salt, body.Changes);
            Erased += erased;
            return isTrue;
        }
        catch (Exception wrong) when (wrong is System.Text.Json.JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }
}

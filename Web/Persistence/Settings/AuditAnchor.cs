using CaseManagement.Domain.Auditing;
using CaseManagement.Domain.Complaints;

namespace CaseManagement.Web.Persistence.Settings;

/// <summary>A signed anchor (<see cref="Anchor"/>). Rows are only inserted; the number is the fence between nodes.</summary>
public sealed class AuditAnchor
{
    public required long Number { get; init; }
    public required DateTimeOffset At { get; init; }
    public required int Count { get; init; }
    public required byte[] Root { get; init; }
    public required byte[] Previous { get; init; }
    public required long Erasures { get; init; }
    public required string KeyId { get; init; }
    public required byte[] Signature { get; init; }

    public static AuditAnchor Of(Anchor anchor) => new()
    {
        Number = anchor.Number,
        At = anchor.At,
        Count = anchor.Count,
        Root = anchor.Root,
        Previous = anchor.Previous,
        Erasures = anchor.Erasures,
        KeyId = anchor.KeyId,
        Signature = anchor.Signature,
    };

    public Anchor AsAnchor() => new()
    {
        Number = Number,
        At = At,
        Count = Count,
        Root = Root,
        Previous = Previous,
        Erasures = Erasures,
        KeyId = KeyId,
        Signature = Signature,
    };
}

/// <summary>The head of one stream under an anchor, in the order of its tree.</summary>
public sealed class AuditLeaf
{
    public required long Anchor { get; init; }

    /// <summary>From 0 within the anchor.</summary>
    public required int Position { get; init; }

    /// <summary>The case; null: <see cref="Stream"/> says which.</summary>
    public Guid? ComplaintId { get; init; }
    public string? Stream { get; init; }
    public required long Sequence { get; init; }
    public required byte[] Head { get; init; }

    public AuditHead AsHead() => new(ComplaintId is { } id ? CaseStreams.Of(id) : Stream!, Sequence, Head);
}

/// <summary>A public key that signed anchors. Its private half is a file outside the database.</summary>
public sealed class AuditKey
{
    /// <summary><see cref="Anchor.KeyIdOf"/>.</summary>
    public required string Id { get; init; }

    /// <summary>A SubjectPublicKeyInfo.</summary>
    public required byte[] PublicKey { get; init; }
    public required DateTimeOffset Since { get; init; }
}

/// <summary>How far a place outside has been told of anchors.</summary>
public sealed class AuditSink
{
    public required string Name { get; init; }

    /// <summary>The number of the last anchor it was told.</summary>
    public long Sent { get; set; }
}

/// <summary>Somebody looked at an ordinary case within an hour. Not chained, kept for some months.</summary>
public sealed class CaseRead
{
    /// <summary>The beginning of the hour, by the wall clock.</summary>
    public required DateTimeOffset Hour { get; init; }

    /// <summary>The user, or <c>key:id</c>.</summary>
    public required string Reader { get; init; }
    public required Guid ComplaintId { get; init; }
}

/// <summary>Names of the audit streams of cases.</summary>
internal static class CaseStreams
{
    public static string Of(Guid id) => $"case/{new ComplaintId(id)}";
}

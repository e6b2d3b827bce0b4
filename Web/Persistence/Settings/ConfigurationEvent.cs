namespace CaseManagement.Web.Persistence.Settings;

/// <summary>
/// One change of the configuration: a link of the audit chain of its stream, as an event is of its case's. Rows are only inserted.
/// </summary>
public sealed class ConfigurationEvent
{
    /// <summary>What was changed: <c>process:product-quality</c>, <c>calendar:cn</c>, <c>organisation</c>.</summary>
    public required string Stream { get; init; }

    /// <summary>From 1, without gaps within a stream.</summary>
    public required long Sequence { get; init; }

    /// <summary>In the product's own time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>By the wall clock.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    public required string Type { get; init; }
    public required string ActorKind { get; init; }
    public string? ActorId { get; init; }
    public string? ActorName { get; init; }

    /// <summary>What there is to say about it, JSON. Not part of the chain: it can be erased, the commitment to it stays.</summary>
    public required string Data { get; init; }

    /// <summary>32 random bytes that keep the commitment from being tried out.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>The canonical text whose hash is chained; holds the commitment to <see cref="Data"/>.</summary>
    public required string Body { get; init; }

    /// <summary>SHA-256 over the previous hash and <see cref="Body"/>, 32 bytes.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>0 until an anchor covers it. Not part of the chain.</summary>
    public int Anchored { get; init; }
}

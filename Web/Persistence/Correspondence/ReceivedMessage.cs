namespace CaseManagement.Web.Persistence.Correspondence;

/// <summary>What became of a message that came in.</summary>
public enum ReceivedState
{
    /// <summary>It is in the timeline of its case.</summary>
    OnCase,

    /// <summary>Nobody knows yet where it belongs; somebody decides.</summary>
    Quarantined,

    /// <summary>Somebody decided that it is none of ours.</summary>
    Discarded,
}

/// <summary>Why a message lies in quarantine.</summary>
public enum QuarantineReason
{
    None,

    /// <summary>It has no address of a case, whatever its subject says.</summary>
    NoToken,

    /// <summary>Its address of a case was not made by us.</summary>
    WrongToken,

    /// <summary>A program wrote it: an absence note, a list, a delivery report.</summary>
    Automatic,

    /// <summary>Too many came from this address within the hour.</summary>
    TooMany,

    /// <summary>No open case has the number it comes from.</summary>
    NoCase,

    /// <summary>Several open cases have the number it comes from.</summary>
    SeveralCases,
}

/// <summary>A message that came in, kept once however often it comes.</summary>
public sealed class ReceivedMessage
{
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the Message-ID, lower-case hex; of the whole message where it has none. Unique.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The way it came: email, sms or webhook.</summary>
    public required string Channel { get; init; }

    /// <summary>What it claims to come from; never proof of anything.</summary>
    public required string FromAddress { get; init; }
    public string? FromName { get; init; }
    public required string Subject { get; init; }

    /// <summary>What is new in it, plain text.</summary>
    public required string Text { get; init; }

    /// <summary>The earlier messages it repeats.</summary>
    public string? Quoted { get; init; }

    /// <summary>What the receiving server found out about the sender.</summary>
    public string? Authentication { get; init; }

    /// <summary>Names of files, one a line.</summary>
    public required string Attachments { get; init; }

    public required ReceivedState State { get; set; }

    public required QuarantineReason Reason { get; set; }

    /// <summary>The case it lies on.</summary>
    public Guid? ComplaintId { get; set; }

    /// <summary>In the product's own time.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The user who decided on it.</summary>
    public string? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Why it was discarded.</summary>
    public string? Decision { get; set; }

    /// <summary>Concurrency token, raised with every change.</summary>
    public long Version { get; set; }
}

/// <summary>A whole mail as it came, for its files; gone when it is discarded.</summary>
public sealed class ReceivedContent
{
    public required Guid MessageId { get; init; }

    /// <summary>RFC 822, or the JSON it came as; sealed by Data Protection, since it may repeat a tracking code.</summary>
    public required byte[] Raw { get; init; }
}

/// <summary>What the other side of a webhook told about a message it took.</summary>
public sealed class MessageReceipt
{
    public required Guid MessageId { get; init; }

    /// <summary>It reached the person; otherwise it did not.</summary>
    public required bool HasArrived { get; set; }
    public string? Detail { get; set; }
    public required DateTimeOffset At { get; set; }
}

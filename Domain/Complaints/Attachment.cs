using System.Text.Json.Serialization;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Complaints;

/// <summary>By which way a file came to its case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AttachmentSource>))]
public enum AttachmentSource
{
    /// <summary>Staff or a program added it.</summary>
    Staff,

    /// <summary>The complainant, by the portal.</summary>
    Portal,

    /// <summary>It came with an e-mail.</summary>
    Mail,

    /// <summary>It came with an imported file.</summary>
    Import,
}

/// <summary>What a scanner has made of a file.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AttachmentState>))]
public enum AttachmentState
{
    /// <summary>A scanner has yet to look at it; nobody may read it.</summary>
    Pending,

    /// <summary>It may be read: a scanner found nothing, or none is configured.</summary>
    Clean,

    /// <summary>A scanner refused it; nobody may read it.</summary>
    Refused,
}

/// <summary>A file that belongs to a case. Its bytes are stored apart, under the hash of their content.</summary>
/// <param name="Name">The name it came with, without paths, control and direction characters; at most 120 characters.</param>
/// <param name="MediaType">Its type as recognised from its first bytes.</param>
/// <param name="Size">Bytes, as it came in.</param>
/// <param name="Sha256">Of the bytes as they came in, lower-case hex.</param>
public sealed record Attachment(string Name, string MediaType, long Size, string Sha256)
{
    public Guid Id { get; init; }

    public AttachmentSource Source { get; init; }

    public AttachmentState State { get; init; } = AttachmentState.Clean;

    /// <summary>
    /// The hash of the copy that is shown: an image without the place, the device and the words that were written into it, whose original is sealed. The file's own hash:
    /// it was looked through and there was nothing to take out. Null: it was not looked through, or could not be.
    /// </summary>
    public string? ShownSha256 { get; init; }

    /// <summary>Something was taken out of what is shown; the file as it came in is sealed.</summary>
    [JsonIgnore]
    public bool IsShownAsCopy => ShownSha256 is not null && ShownSha256 != Sha256;

    /// <summary>The message to the complainant it was written with: it leaves with that, and the complainant reads it on the page of the case. Null: it is the case's own.</summary>
    public Guid? SentWith { get; init; }

    /// <summary>Who added it; set when it is attached.</summary>
    public Actor By { get; init; } = Actor.Workflow;

    /// <summary>When it was attached, in the case's own time.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The hash under which everybody who sees the case reads it.</summary>
    [JsonIgnore]
    public string ReadableSha256 => ShownSha256 ?? Sha256;
}

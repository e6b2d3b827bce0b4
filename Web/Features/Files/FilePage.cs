using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Files;

/// <summary>One file of a case as one reader may see it.</summary>
public sealed record FilePage
{
    public required Guid Complaint { get; init; }
    public required string Number { get; init; }
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>What it is, how large, who added it: one after the other.</summary>
    public required string About { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Zone { get; init; }

    /// <summary>SHA-256 as it came in, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Why it cannot be opened; null where it can.</summary>
    public string? Closed { get; init; }
    public bool IsImage { get; init; }

    /// <summary>How a text begins; null for what is no text.</summary>
    public string? Begin { get; init; }

    /// <summary>The text goes on after <see cref="Begin"/>.</summary>
    public bool GoesOn { get; init; }

    /// <summary>What is shown is a copy; the reader may have the original, for a reason.</summary>
    public bool MayReveal { get; init; }

    /// <summary>What is shown is a copy without what was written into the image.</summary>
    public bool IsCleaned { get; init; }

    /// <summary>It may say where and with what it was made, which could not be taken out.</summary>
    public bool MayTell { get; init; }

    public Note? Note { get; init; }

    public string Href => $"/cases/{Complaint}/files/{Id}";
}

/// <summary>A file on its way to a reader.</summary>
/// <param name="Content">Its bytes; whoever sends them closes it.</param>
/// <param name="File">What it is.</param>
public sealed record OpenedFile(Stream Content, Domain.Complaints.Attachment File);

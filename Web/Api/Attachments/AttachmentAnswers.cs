
using CaseManagement.Web.Api.Complaints;

namespace CaseManagement.Web.Api.Attachments;

/// <summary>A file of a case.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, cleaned.</param>
/// <param name="MediaType">Its type as recognised from its content.</param>
/// <param name="Size">Bytes, as it came in.</param>
/// <param name="Sha256">Of the bytes as they came in, lower-case hex.</param>
/// <param name="Source">staff, portal, mail or import.</param>
/// <param name="State">clean; pending or refused: it cannot be read.</param>
/// <param name="At">When it was added.</param>
/// <param name="By">Who added it.</param>
/// <param name="Cleaned">What is downloaded is a copy without what was written into the image.</param>
public sealed record AttachmentAnswer(
    Guid Id, string Name, string MediaType, long Size, string Sha256, string Source, string State, DateTimeOffset At, ActorAnswer By, bool Cleaned);

/// <summary>The files that were added.</summary>
public sealed record AttachmentsAnswer(IReadOnlyList<AttachmentAnswer> Items);

using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Files;

/// <summary>
/// The files of cases, from whatever side they come. First a file is received: read, judged and kept under its hash. Then it is attached by a burst.
/// A received file that no burst attaches is removed after a day.
/// </summary>
public sealed class CaseFiles(CaseRuntime runtime, FileIntake intake, FileFolder folder, SealedFiles seals)
{
    /// <summary>Reads and judges a file and keeps its bytes. No case knows of it yet.</summary>
    /// <returns>What <see cref="AttachAsync(Guid, IReadOnlyList{Attachment}, Performer, CancellationToken)"/> or <see cref="Registration.Attachments"/> takes.</returns>
    /// <exception cref="FileRefusedException">It is empty, too large, or not of a type that may come this way; the codes are in <see cref="FileRefusals"/>.</exception>
    public Task<Attachment> ReceiveAsync(IncomingFile file, CancellationToken cancellationToken) => intake.ReceiveAsync(file, cancellationToken);

    /// <summary>Attaches received files to a case, all or none, in one burst. Whether the caller may do so was asked before.</summary>
    /// <param name="complaint">The case.</param>
    /// <param name="received">What <see cref="ReceiveAsync"/> answered; at most as many as <see cref="FileLimits"/> allows at once.</param>
    /// <param name="by">Who adds them; <see cref="Actor.Complainant"/> for the portal.</param>
    /// <param name="cancellationToken">Stops before the burst.</param>
    /// <exception cref="InvalidInputException"><c>files-too-many</c></exception>
    /// <exception cref="RuleViolationException"><c>complaint-unknown</c>, <c>case-files-full</c></exception>
    public ValueTask<CaseOutcome> AttachAsync(Guid complaint, IReadOnlyList<Attachment> received, Performer by, CancellationToken cancellationToken) =>
        runtime.ActAsync(complaint, by, Attaching(received), cancellationToken);

    /// <summary>The same inside a transaction that does more.</summary>
    public ValueTask<CaseOutcome> AttachAsync(
        ICaseTransaction transaction, Guid complaint, IReadOnlyList<Attachment> received, Performer by, CancellationToken cancellationToken) =>
        runtime.ActAsync(transaction, complaint, by, Attaching(received), cancellationToken);

    /// <summary>The deed itself, for a burst that does more with the same case.</summary>
    /// <exception cref="InvalidInputException"><c>files-too-many</c></exception>
    public static Action<CaseAct> Attaching(IReadOnlyList<Attachment> received)
    {
        if (received.Count > 0 && received.Count > FileLimits.For(received[0].Source).Files)
        {
            throw new InvalidInputException([new InputProblem("file", FileRefusals.TooMany.Code, FileRefusals.TooMany.Message)]);
        }

        return act =>
        {
            foreach (var attachment in received)
            {
                act.Complaint.Attach(act, attachment);
            }
        };
    }

    /// <summary>Opens the copy that everybody who sees the case may read. Whether the caller sees the case was asked before.</summary>
    /// <returns>The bytes, streamed, which the caller closes; null while it is pending, refused, or its bytes are gone.</returns>
    public Stream? OpenShown(Attachment attachment) =>
        attachment.State == AttachmentState.Clean ? folder.Open(attachment.ReadableSha256, isSealed: false) : null;

    /// <summary>Opens the file as it came in, for those who may know what was written into it; who asks is recorded before.</summary>
    /// <inheritdoc cref="OpenShown" path="/returns"/>
    public Stream? OpenOriginal(Attachment attachment) =>
        attachment.State != AttachmentState.Clean ? null
        : !attachment.IsShownAsCopy ? folder.Open(attachment.Sha256, isSealed: false)
        : folder.Open(attachment.Sha256, isSealed: true) is { } kept ? seals.Open(kept)
        : null;
}

using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Complaints;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Workflows.Cases;

namespace CaseManagement.Web.Api.Attachments;

/// <summary>Reads the files of cases as the caller may see them. A case they may not see is not there.</summary>
public sealed class AttachmentReader(CaseRuntime runtime, Features.Cases.CaseReader pages)
{
    /// <exception cref="RuleViolationException"><c>complaint-unknown</c></exception>
    public async Task<IReadOnlyList<Attachment>> ListAsync(Guid id, ApiCaller caller, CancellationToken cancellationToken) =>
        caller.Person is null
            ? (await runtime.ReadAsync(id, cancellationToken) ?? throw new RuleViolationException(CaseRuntime.NoSuchCase)).Complaint.Attachments
            : (await ViewAsync(id, caller, cancellationToken)).Files;

    /// <summary>A file whose content may be read.</summary>
    /// <exception cref="RuleViolationException"><c>complaint-unknown</c>, <c>attachment-unknown</c>, <c>attachment-not-readable</c></exception>
    public async Task<Attachment> FindAsync(Guid id, Guid attachment, ApiCaller caller, CancellationToken cancellationToken)
    {
        var view = caller.Person is null ? null : await ViewAsync(id, caller, cancellationToken);
        var found = (view?.Files ?? await ListAsync(id, caller, cancellationToken)).FirstOrDefault(a => a.Id == attachment)
            ?? throw new RuleViolationException(ComplaintRules.FileUnknown);
        RuleViolationException.ThrowUnless(found.State == AttachmentState.Clean && view?.MayOpen(found) != false, ComplaintRules.FileNotReadable);
        return found;
    }

    /// <exception cref="RuleViolationException"><c>complaint-unknown</c>: there is none that the caller works on.</exception>
    public async Task ThrowUnlessWorkableAsync(Guid id, ApiCaller caller, CancellationToken cancellationToken) => RuleViolationException.ThrowUnless(
        caller.Person is null ? await runtime.ReadAsync(id, cancellationToken) is not null : (await ViewAsync(id, caller, cancellationToken)).MayAct,
        CaseRuntime.NoSuchCase);

    public static AttachmentAnswer Of(Attachment file) => new(
        file.Id, file.Name, file.MediaType, file.Size, file.Sha256, Complaints.CaseWords.Lower(file.Source), Complaints.CaseWords.Lower(file.State), file.At,
        new ActorAnswer(Complaints.CaseWords.Lower(file.By.Kind), file.By.Id, EventText.ActorName(file.By).In(PackWords.Language)), file.ShownSha256 is not null);

    private async Task<CaseView> ViewAsync(Guid id, ApiCaller caller, CancellationToken cancellationToken) =>
        await pages.OpenAsync(id, caller.Person!, cancellationToken) ?? throw new RuleViolationException(CaseRuntime.NoSuchCase);
}

using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Complaints;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Attachments;

/// <summary>Reads the files of cases as the caller may see them. A case they may not see is not there.</summary>
public sealed class AttachmentReader(ApiCases allowed, CaseRuntime runtime, ReadLog reads, Features.Cases.CaseReader pages)
{
    /// <exception cref="RuleViolationException"><c>complaint-unknown</c></exception>
    public async Task<IReadOnlyList<Attachment>> ListAsync(Guid id, ApiCaller caller, CancellationToken cancellationToken)
    {
        if (caller.Person is null)
        {
            var (read, files) = await OfKeyAsync(id, caller, cancellationToken);
            await reads.CaseAsync(read.Complaint, showsIdentity: false, caller.Performer.Actor, "api", cancellationToken);
            return files;
        }

        var view = await ViewAsync(id, caller, cancellationToken);
        await reads.CaseAsync(view.Complaint, showsIdentity: false, caller.Performer.Actor, "api", cancellationToken);
        var mask = view.Mask;
        return [.. view.Files.Select(f => f with { Name = mask.Say(f.Name) })];
    }

    /// <summary>A file whose content may be read.</summary>
    /// <exception cref="RuleViolationException"><c>complaint-unknown</c>, <c>attachment-unknown</c>, <c>attachment-not-readable</c></exception>
    public async Task<Attachment> FindAsync(Guid id, Guid attachment, ApiCaller caller, CancellationToken cancellationToken)
    {
        var view = caller.Person is null ? null : await ViewAsync(id, caller, cancellationToken);
        var (complaint, rules, files) = view is not null ? (view.Complaint, view.Rules, view.Files)
            : await OfKeyAsync(id, caller, cancellationToken) is var (read, open) ? (read.Complaint, read.Rules, open) : default;
        var found = files.FirstOrDefault(a => a.Id == attachment) ?? throw new RuleViolationException(ComplaintRules.FileUnknown);
        RuleViolationException.ThrowUnless(found.State == AttachmentState.Clean && view?.MayOpen(found) != false, ComplaintRules.FileNotReadable);
        await reads.FileAsync(complaint, found, CaseView.IsProtected(found, complaint, rules), caller.Performer.Actor, "api", cancellationToken);
        return view is null ? found : found with { Name = view.Mask.Say(found.Name) };
    }

    public static AttachmentAnswer Of(Attachment file) => new(
        file.Id, file.Name, file.MediaType, file.Size, file.Sha256, Complaints.CaseWords.Lower(file.Source), Complaints.CaseWords.Lower(file.State), file.At,
        new ActorAnswer(Complaints.CaseWords.Lower(file.By.Kind), file.By.Id, ActorWords.NameOf(file.By).In(PackWords.Language)), file.IsShownAsCopy);

    // a key may be bound to processes and departments
    private async Task<(CaseOutcome Read, IReadOnlyList<Attachment> Files)> OfKeyAsync(Guid id, ApiCaller caller, CancellationToken cancellationToken) =>
        await (await allowed.VisibleAsync(caller, cancellationToken)).AnyAsync(c => c.Id == id, cancellationToken) && await runtime.ReadAsync(id, cancellationToken) is { } read
            ? (read, caller.SeesRestricted || !read.Complaint.CoversIdentity ? read.Complaint.Attachments : [])
            : throw new RuleViolationException(CaseRuntime.NoSuchCase);

    private async Task<CaseView> ViewAsync(Guid id, ApiCaller caller, CancellationToken cancellationToken) =>
        await pages.OpenAsync(id, caller.Person!, cancellationToken) ?? throw new RuleViolationException(CaseRuntime.NoSuchCase);
}

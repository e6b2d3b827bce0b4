using System.Security.Claims;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Files;

namespace CaseManagement.Web.Features.Files;

/// <summary>The files of stored cases.</summary>
public sealed class StoredFiles(CaseReader reader, CaseFiles files, CaseDeeds deeds, ReadLog reads, FileWords words) : IFilePages
{
    private const int MostText = 32 * 1024;
    private const int MostLines = 100;

    public async Task<FilePage?> GetAsync(Guid complaint, Guid file, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await FindAsync(complaint, file, user, cancellationToken) is not var (view, found))
        {
            return null;
        }

        await NoteAsync(view, found, cancellationToken);
        var (mayOpen, mask) = (view.MayOpen(found), view.Mask);
        var (begin, goesOn) = mayOpen && found.MediaType == FileType.Text.MediaType ? await BeginAsync(found, cancellationToken) : (null, false);
        return new FilePage
        {
            Complaint = complaint,
            Number = view.Complaint.Number,
            Id = file,
            Name = mask.Say(found.Name),
            About = words.About(found),
            At = found.At,
            Zone = view.Zone,
            Sha256 = found.Sha256,
            Closed = mayOpen ? null : words.Closed(found),
            IsImage = mayOpen && FileType.IsShown(found.MediaType),
            Begin = begin is null ? null : mask.Say(begin),
            GoesOn = goesOn,
            IsCleaned = found.IsShownAsCopy,
            MayTell = mayOpen && FileType.MayTellPlace(found),
            MayReveal = view.MayReveal(found),
        };
    }

    public async Task<OpenedFile?> OpenAsync(Guid complaint, Guid file, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await FindAsync(complaint, file, user, cancellationToken) is not var (view, found) || !view.MayOpen(found))
        {
            return null;
        }

        await NoteAsync(view, found, cancellationToken);
        return files.OpenShown(found) is { } content ? new OpenedFile(content, NamedFor(view, found)) : null;
    }

    public async Task<(OpenedFile? File, ActionAnswer Answer)> RevealAsync(
        Guid complaint, Guid file, string? reason, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await FindAsync(complaint, file, user, cancellationToken) is not var (view, found) || !view.MayReveal(found))
        {
            return (null, ActionAnswer.NotFound);
        }

        var answer = await deeds.DoAsync(view, act => act.Complaint.Reveal(act, file, reason), cancellationToken);
        return answer.Result != ActionEnd.Done ? (null, answer)
            : files.OpenOriginal(found) is { } content ? (new OpenedFile(content, found), answer)
            : (null, ActionAnswer.NotFound);
    }

    // a name that says too much would be saved with the file
    private static Attachment NamedFor(CaseView view, Attachment file) =>
        view.Mask.Say(file.Name) == file.Name ? file : file with { Name = $"{file.Id:N}{FileNames.EndingOf(file.Name)}" };

    private Task NoteAsync(CaseView view, Attachment file, CancellationToken cancellationToken) =>
        reads.FileAsync(view.Complaint, file, view.IsProtected(file), view.Person.AsPerformer().Actor, "page", cancellationToken);

    private async Task<(CaseView View, Attachment File)?> FindAsync(Guid complaint, Guid file, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await reader.OpenAsync(complaint, user, cancellationToken) is { } view && view.Files.FirstOrDefault(f => f.Id == file) is { } found ? (view, found) : null;

    private async Task<(string? Text, bool GoesOn)> BeginAsync(Attachment file, CancellationToken cancellationToken)
    {
        if (files.OpenShown(file) is not { } content)
        {
            return (null, false);
        }

        await using (content)
        {
            var head = new byte[MostText];
            var count = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
            var lines = PlainText.Begin(head.AsSpan(0, count), complete: count < MostText).Split('\n');
            return (string.Join('\n', lines.Take(MostLines)), count == MostText || lines.Length > MostLines);
        }
    }
}

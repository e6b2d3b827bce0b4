using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Files;

namespace CaseManagement.Web.Features.Cases;

/// <summary>What people write on a case, with the files they add.</summary>
public sealed class CaseEntries(CaseDeeds deeds, ReplyDesk desk, EntryDrafts drafts, FormFiles files, FileWords words)
{
    /// <summary>Keeps what was typed, unjudged.</summary>
    public async Task<DateTimeOffset?> KeepDraftAsync(CaseView view, EntryForm entry, CancellationToken cancellationToken) =>
        (entry.Text?.Length ?? 0) <= Complaint.MaxText ? await drafts.KeepAsync(view, entry, cancellationToken) : null;

    /// <summary>Adds the words and the files, all or nothing. What was typed is kept until then.</summary>
    /// <returns>How it ended, and the letter where one was written.</returns>
    public async Task<(ActionAnswer Answer, Guid? Letter)> WriteAsync(CaseView view, EntryForm entry, CancellationToken cancellationToken)
    {
        if (entry.Kind is not (CaseMenu.Reply or CaseMenu.Note or CaseMenu.Call or CaseMenu.Visit or CaseMenu.Letter) || (entry.Files.Count > 0 && view.Hides("attachments")))
        {
            return (ActionAnswer.NotFound, null);
        }

        var hasText = !string.IsNullOrWhiteSpace(entry.Text);
        if (!hasText && (entry.Files.Count == 0 || entry.Kind is not CaseMenu.Note))
        {
            return (ActionAnswer.Invalid(deeds.Say(ComplaintRules.TextRequired, view)), null);
        }

        if (!view.MayAct)
        {
            return (await deeds.DoAsync(view, _ => { }, cancellationToken), null);
        }

        var (received, refused) = await files.ReceiveAsync([.. entry.Files], AttachmentSource.Staff, cancellationToken);
        if (refused is not null)
        {
            return (ActionAnswer.Invalid(refused), null);
        }

        if (!entry.Asked && words.AskOfPlace(received, AttachmentSource.Staff) is { } ask)
        {
            return (ActionAnswer.Invalid(ask, new Dictionary<string, string> { [nameof(EntryForm.Files)] = ask }), null);
        }

        var attach = CaseFiles.Attaching(received);
        var (answer, letter) = hasText
            ? await WriteAsync(view, entry, attach, [.. received.Select(f => f.Id)], cancellationToken)
            : (await deeds.DoAsync(view, attach, cancellationToken), null);
        if (answer.Result == ActionEnd.Done)
        {
            await drafts.DropAsync(view, cancellationToken);
        }

        return (answer, letter);
    }

    /// <param name="attach">Adds the files, in the same commit.</param>
    /// <param name="files">The files, which leave with a reply.</param>
    private async Task<(ActionAnswer Answer, Guid? Letter)> WriteAsync(
        CaseView view, EntryForm entry, Action<CaseAct> attach, IReadOnlyList<Guid> files, CancellationToken cancellationToken) => entry.Kind switch
        {
            CaseMenu.Reply => (await desk.ReplyAsync(view, entry, attach, files, cancellationToken), null),
            CaseMenu.Call or CaseMenu.Visit => (await desk.ContactAsync(view, entry, attach, cancellationToken), null),
            CaseMenu.Letter => await desk.LetterAsync(view, entry, attach, cancellationToken),
            _ => (await deeds.DoAsync(view, attach + (act => act.Complaint.Note(act, entry.Text!.Trim())), cancellationToken), null),
        };
}

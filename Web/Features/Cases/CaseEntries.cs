using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Files;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Cases;

/// <summary>What people write on a case, with the files they add.</summary>
public sealed class CaseEntries(CaseDeeds deeds, EntryDrafts drafts, CaseFiles files, FileWords words, IStringLocalizer<CaseWords> texts)
{
    /// <summary>Keeps what was typed, unjudged.</summary>
    public async Task<DateTimeOffset?> KeepDraftAsync(CaseView view, EntryForm entry, CancellationToken cancellationToken) =>
        (entry.Text?.Length ?? 0) <= Complaint.MaxText ? await drafts.KeepAsync(view, entry, cancellationToken) : null;

    /// <summary>Adds the words and the files, all or nothing. What was typed is kept until then.</summary>
    public async Task<ActionAnswer> WriteAsync(CaseView view, EntryForm entry, CancellationToken cancellationToken)
    {
        if (entry.Kind is not (CaseMenu.Reply or CaseMenu.Note or CaseMenu.Call) || (entry.Files.Count > 0 && view.Hides("attachments")))
        {
            return ActionAnswer.NotFound;
        }

        var text = entry.Text?.Trim() ?? "";
        if (text.Length == 0 && entry.Files.Count == 0)
        {
            return ActionAnswer.Invalid(deeds.Say(ComplaintRules.TextRequired, view));
        }

        if (!view.MayAct)
        {
            return await deeds.DoAsync(view, _ => { }, cancellationToken);
        }

        var (received, refused) = await ReceiveAsync(entry.Files, cancellationToken);
        if (refused is not null)
        {
            return ActionAnswer.Invalid(refused);
        }

        var answer = await deeds.DoAsync(
            view,
            act =>
            {
                CaseFiles.Attaching(received)(act);
                if (text.Length > 0)
                {
                    Write(act, entry.Kind, text);
                }
            },
            cancellationToken);
        if (answer.Result == ActionEnd.Done)
        {
            await drafts.DropAsync(view, cancellationToken);
        }

        return answer;
    }

    private static void Write(CaseAct act, string kind, string text)
    {
        if (kind == CaseMenu.Reply)
        {
            RuleViolationException.ThrowUnless(act.Complaint.IsOpen, ComplaintRules.NotOpen);
            act.Complaint.Reply(act, "progress", text, CaseMenu.ReplyTemplate(act.Rules.Pack)?.Key);
        }
        else
        {
            act.Complaint.Note(act, text, kind == CaseMenu.Call ? NoteKinds.Call : null);
        }
    }

    /// <summary>The files, or why some are not taken; each is named.</summary>
    private async Task<(IReadOnlyList<Attachment> Received, string? Refused)> ReceiveAsync(IList<IFormFile> given, CancellationToken cancellationToken)
    {
        if (given.Count > FileLimits.Staff.Files)
        {
            return ([], deeds.Say(FileRefusals.TooMany.Code));
        }

        var (received, refused) = (new List<Attachment>(), new List<string>());
        foreach (var one in given)
        {
            try
            {
                await using var content = one.OpenReadStream();
                received.Add(await files.ReceiveAsync(new IncomingFile(content, one.FileName, AttachmentSource.Staff), cancellationToken));
            }
            catch (FileRefusedException notTaken)
            {
                refused.Add(words.Say(notTaken));
            }
        }

        return refused.Count == 0 ? (received, null) : ([], string.Join(texts["separator"], refused));
    }
}

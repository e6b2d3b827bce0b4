using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Delivery;
using CaseManagement.Web.Files;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Messages;

/// <summary>The files that leave with a message.</summary>
/// <param name="Attached">Small enough for a mail, and clean.</param>
/// <param name="OnPage">Too large for it: they are read on the page of the case.</param>
/// <param name="Dropped">A scanner refused them.</param>
public sealed record FilesOfMessage(IReadOnlyList<Attachment> Attached, IReadOnlyList<Attachment> OnPage, IReadOnlyList<Attachment> Dropped)
{
    public static readonly FilesOfMessage None = new([], [], []);

    /// <summary>What the mail says of those that do not come with it, in both languages; empty where all do.</summary>
    public string Remark(string? portal)
    {
        var lines = new List<string>();
        if (OnPage.Count > 0)
        {
            var (names, where) = (string.Join("、", OnPage.Select(f => f.Name)), portal is null ? "" : $" {portal}");
            lines.Add($"以下文件太大，未随邮件发送，请用查询码打开投诉进度页面下载：{names}{where}");
            lines.Add($"Too large for this mail; open your complaint with its tracking code to download: {names}{where}");
        }

        if (Dropped.Count > 0)
        {
            var names = string.Join("、", Dropped.Select(f => f.Name));
            lines.Add($"以下文件未通过安全检查，没有发送：{names}");
            lines.Add($"Not sent, because a security check refused it: {names}");
        }

        return string.Join('\n', lines);
    }
}

/// <summary>Finds the files written with a reply when its mail leaves: as they are then, after a scanner has seen them.</summary>
public sealed class ReplyFiles(CaseRuntime cases, CaseFiles files, IOptions<MailOptions> options)
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>What goes with a message to the complainant.</summary>
    /// <exception cref="IOException">A scanner has yet to look at one of them: the message is tried again.</exception>
    public async Task<FilesOfMessage> OfAsync(MessageRow message, CancellationToken cancellationToken)
    {
        if (await cases.ReadAsync(message.ComplaintId, cancellationToken) is not { } read
            || read.Complaint.Attachments.Where(a => a.SentWith == message.Id).ToList() is not { Count: > 0 } sent)
        {
            return FilesOfMessage.None;
        }

        if (sent.Exists(a => a.State == AttachmentState.Pending))
        {
            throw new IOException("A file of this message is still being looked at.");
        }

        var (attached, onPage, room) = (new List<Attachment>(), new List<Attachment>(), options.Value.AttachedMegabytes * Megabyte);
        foreach (var file in sent.Where(a => a.State == AttachmentState.Clean))
        {
            (file.Size <= room ? attached : onPage).Add(file);
            room -= file.Size <= room ? file.Size : 0;
        }

        return new FilesOfMessage(attached, onPage, [.. sent.Where(a => a.State == AttachmentState.Refused)]);
    }

    /// <inheritdoc cref="CaseFiles.OpenShown"/>
    public Stream? Open(Attachment file) => files.OpenShown(file);
}

using System.Security.Cryptography;
using System.Text;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Delivery;
using CaseManagement.Web.Files;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Correspondence;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Messages;

/// <summary>What became of a message that came in.</summary>
/// <param name="Message">The message as kept.</param>
/// <param name="IsKnown">It was there already; nothing was done.</param>
public sealed record Received(ReceivedMessage Message, bool IsKnown);

/// <summary>
/// Takes in messages: on the case whose token their address has, else into quarantine. A message only ever adds itself; it never answers, agrees or
/// withdraws. One that comes again, by its Message-ID, is the one that is there.
/// </summary>
public sealed class InboundMessages(
    IConfigurationWriter writer, ReplyAddresses replies, CaseRuntime cases, CaseFiles files, IOptions<MailOptions> options, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>Beyond this many times the hourly bound from one address, messages are not even kept.</summary>
    public const int RefusedFactor = 5;

    private const string Turn = "received-messages";
    internal const string Email = "email";
    private const int MostCodes = 200;

    // what Data Protection seals begins with these
    private static ReadOnlySpan<byte> SealedBegins => [0x09, 0xF0, 0xC9, 0xF0];

    private readonly IDataProtector _seal = protection.CreateProtector("received-message");

    /// <param name="mail">The message.</param>
    /// <param name="by">Who brings it.</param>
    /// <param name="cancellationToken">Gives up; nothing is kept.</param>
    /// <returns>Null where this address has sent so many within the hour that nothing more is taken from it.</returns>
    public async Task<Received?> ReceiveAsync(InboundMail mail, Performer by, CancellationToken cancellationToken)
    {
        var (complaint, hasToken) = await replies.FindAsync(mail.Recipients, cancellationToken);
        return await ReceiveAsync(mail, complaint, hasToken ? QuarantineReason.WrongToken : QuarantineReason.NoToken, by, cancellationToken);
    }

    /// <param name="mail">The message.</param>
    /// <param name="complaint">The case it is for; null where that is not known.</param>
    /// <param name="missed">Why it waits in quarantine where there is no such case.</param>
    /// <param name="by">Who brings it.</param>
    /// <param name="cancellationToken">Gives up; nothing is kept.</param>
    /// <inheritdoc cref="ReceiveAsync(InboundMail, Performer, CancellationToken)" path="/returns"/>
    public async Task<Received?> ReceiveAsync(InboundMail mail, Guid? complaint, QuarantineReason missed, Performer by, CancellationToken cancellationToken)
    {
        var kept = _seal.Protect(mail.Raw);
        var attachments = complaint is null || mail.IsAutomatic ? [] : await ReceiveFilesAsync(mail, cancellationToken);
        try
        {
            return await KeepAsync(mail, kept, complaint, missed, attachments, by, cancellationToken);
        }
        catch (RuleViolationException) when (attachments.Count > 0)
        {
            // the case takes no more files: they stay in the message
            return await KeepAsync(mail, kept, complaint, missed, [], by, cancellationToken);
        }
    }

    private async Task<Received?> KeepAsync(
        InboundMail mail, byte[] kept, Guid? complaint, QuarantineReason missed, IReadOnlyList<Attachment> attachments, Performer by, CancellationToken cancellationToken) =>
        await writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                // the same message on two nodes at once is one
                await transaction.NextAsync(Turn, cancellationToken);
                var fingerprint = FingerprintOf(mail);
                if (await db.ReceivedMessages.AsNoTracking().SingleOrDefaultAsync(m => m.Fingerprint == fingerprint, cancellationToken) is { } known)
                {
                    return new Received(known, true);
                }

                var now = clock.GetUtcNow();
                var hourAgo = now.AddHours(-1);
                var lately = await db.ReceivedMessages.CountAsync(m => m.FromAddress == mail.From && m.ReceivedAt > hourAgo, cancellationToken);
                if (lately >= options.Value.InboundPerHour * RefusedFactor)
                {
                    return null;
                }

                var isThere = complaint is { } id && await db.Cases.AnyAsync(c => c.Id == id, cancellationToken);
                var reason = mail.IsAutomatic ? QuarantineReason.Automatic
                    : lately >= options.Value.InboundPerHour ? QuarantineReason.TooMany
                    : isThere ? QuarantineReason.None
                    : missed;
                var text = MailReader.Clean(mail.Text, Complaint.MaxText * 2);
                var hashes = TrackingCodes.HashesIn($"{mail.Subject}\n{text}", MostCodes);
                var codes = hashes.Count == 0 ? [] : await db.Cases.Where(c => c.TrackingHash != null && hashes.Contains(c.TrackingHash)).Select(c => c.TrackingHash!).ToListAsync(cancellationToken);
                var row = RowOf(mail with { Subject = TrackingCodes.Hide(mail.Subject, codes), Text = TrackingCodes.Hide(text, codes) }, fingerprint, reason, reason == QuarantineReason.None ? complaint : null, now);
                db.ReceivedMessages.Add(row);
                if (mail.Channel == Email)
                {
                    db.ReceivedContents.Add(new ReceivedContent { MessageId = row.Id, Raw = kept });
                }

                if (row.State == ReceivedState.OnCase)
                {
                    await PutAsync(transaction, complaint!.Value, row, attachments, by, cancellationToken);
                }

                return new Received(row, false);
            },
            cancellationToken);

    /// <summary>Puts a message on a case with the files that came with it, in a transaction that does more.</summary>
    public async ValueTask PutAsync(
        ICaseTransaction transaction, Guid complaint, ReceivedMessage message, IReadOnlyList<Attachment> attachments, Performer by, CancellationToken cancellationToken)
    {
        var incoming = new IncomingMessage(
            message.Id, message.Channel, message.FromAddress, message.Subject, message.Text, message.Quoted, message.Authentication,
            message.Attachments.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await cases.ActAsync(transaction, complaint, by, (act => act.Complaint.Receive(act, incoming)) + CaseFiles.Attaching(attachments), cancellationToken);
    }

    /// <summary>The files of a message as it came, for the burst that puts it on a case. One that cannot be taken stays in the message, where the timeline names it.</summary>
    public async Task<IReadOnlyList<Attachment>> ReceiveFilesAsync(byte[] kept, CancellationToken cancellationToken) =>
        Open(kept) is { } raw && (JsonMail.TryRead(raw) ?? MailReader.Read(raw, options.Value.AuthenticationServer)) is { } mail ? await ReceiveFilesAsync(mail, cancellationToken) : [];

    private async Task<IReadOnlyList<Attachment>> ReceiveFilesAsync(InboundMail mail, CancellationToken cancellationToken)
    {
        var received = new List<Attachment>();
        foreach (var file in mail.Files)
        {
            try
            {
                using var content = new MemoryStream(file.Content, writable: false);
                received.Add(await files.ReceiveAsync(new IncomingFile(content, file.Name, AttachmentSource.Mail), cancellationToken));
            }
            catch (FileRefusedException)
            {
                // the others are taken
            }
        }

        return received;
    }

    // a message as it came may repeat our receipt and the code in it: it is kept sealed; older ones were kept as they came
    private byte[]? Open(byte[] kept)
    {
        try
        {
            return _seal.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return kept.AsSpan().StartsWith(SealedBegins) ? null : kept;
        }
    }

    private static ReceivedMessage RowOf(InboundMail mail, string fingerprint, QuarantineReason reason, Guid? complaint, DateTimeOffset now)
    {
        var (text, quoted) = QuotedText.Split(mail.Text);
        return new ReceivedMessage
        {
            Id = Guid.CreateVersion7(now),
            Fingerprint = fingerprint,
            Channel = mail.Channel,
            FromAddress = mail.From,
            FromName = mail.FromName,
            Subject = mail.Subject,
            Text = MailReader.Cut(text, Complaint.MaxText),
            Quoted = quoted is null ? null : MailReader.Cut(quoted, Complaint.MaxText),
            Authentication = mail.Authentication,
            Attachments = string.Join('\n', mail.Files.Select(f => f.Name)),
            State = reason == QuarantineReason.None ? ReceivedState.OnCase : ReceivedState.Quarantined,
            Reason = reason,
            ComplaintId = complaint,
            ReceivedAt = now,
        };
    }

    private static string FingerprintOf(InboundMail mail) => Convert.ToHexStringLower(
        mail.MessageId is { } id ? SHA256.HashData(Encoding.UTF8.GetBytes("message-id:" + id)) : SHA256.HashData(mail.Raw));
}

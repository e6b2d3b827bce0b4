using System.Globalization;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Messages;
using CaseManagement.Web.Portal;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Activities;
using CaseManagement.Workflows.Cases.Store;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Options;
using MimeKit;

namespace CaseManagement.Web.Delivery;

/// <summary>
/// Sends e-mail by SMTP. The message id is made of the row's, so that a mail sent twice, as after a crash between the server's answer and
/// our note of it, is one to whoever receives it. Addresses the server refuses for good park the message at once.
/// </summary>
public sealed class MailChannel(IOptions<MailOptions> options, ReplyAddresses replies, ReplyFiles files) : IMessageChannel, IDisposable
{
    private const string FromElsa = "Elsa.SendEmail";

    // a server is not flooded with connections
    private readonly SemaphoreSlim _connections = new(4, 4);
    private readonly MailOptions _options = options.Value;

    public string Name => SendEmail.Channel;

    public int MaxAttempts => _options.MaxAttempts;

    /// <exception cref="EgressRefusedException">There is no address, or no server, or the server will have none of it.</exception>
    /// <exception cref="TimeoutException">No answer in time.</exception>
    /// <exception cref="IOException">The connection broke; likewise exceptions of sockets and of the protocol.</exception>
    public async Task<Delivered> DeliverAsync(MessageRow message, CancellationToken cancellationToken)
    {
        if (_options is not { Host: { Length: > 0 } host, From: { Length: > 0 } from })
        {
            throw new EgressRefusedException($"{MailOptions.Section}:Host and {MailOptions.Section}:From are not set.");
        }

        using var mail = MailOf(message, from);
        if (message.Recipient == Candidates.Complainant)
        {
            Attach(mail, await files.OfAsync(message, cancellationToken));
        }

        if (message.Recipient == Candidates.Complainant && await replies.OfAsync(message.ComplaintId, cancellationToken) is { } reply)
        {
            mail.ReplyTo.Add(new MailboxAddress(null, reply));
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        await _connections.WaitAsync(cancellationToken);
        try
        {
            using var client = new SmtpClient { Timeout = _options.TimeoutSeconds * 1000 };
            if (_options.TrustedCertificate is { Length: > 0 } file)
            {
                TrustedCertificates.Use(client, file);
            }

            await client.ConnectAsync(host, _options.Port, _options.Socket, deadline.Token);
            if (_options.User is { Length: > 0 } user)
            {
                await client.AuthenticateAsync(user, _options.Password ?? "", deadline.Token);
            }

            await client.SendAsync(mail, deadline.Token);
            await client.DisconnectAsync(quit: true, deadline.Token);
            return new Delivered();
        }
        catch (SmtpCommandException refused) when (refused.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted && (int)refused.StatusCode >= 500)
        {
            throw new EgressRefusedException($"{((int)refused.StatusCode).ToString(CultureInfo.InvariantCulture)} {refused.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The mail server did not finish within {_options.TimeoutSeconds} seconds.");
        }
        finally
        {
            _connections.Release();
        }
    }

    public void Dispose() => _connections.Dispose();

    private void Attach(MimeMessage mail, FilesOfMessage with)
    {
        if (with == FilesOfMessage.None || mail.Body is not TextPart body)
        {
            return;
        }

        if (with.Remark(_options.PublicUrl is { } url ? url.TrimEnd('/') + PortalServices.Path + "/follow" : null) is { Length: > 0 } remark)
        {
            body.Text = $"{body.Text}\n\n{remark}";
        }

        var whole = new Multipart("mixed") { body };
        foreach (var file in with.Attached)
        {
            if (files.Open(file) is not { } content)
            {
                whole.Dispose();
                throw new IOException("A file of this message cannot be read.");
            }

            // closed with the mail
            whole.Add(new MimePart(file.MediaType)
            {
                Content = new MimeContent(content),
                ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
                ContentTransferEncoding = ContentEncoding.Base64,
                FileName = file.Name,
            });
        }

        mail.Body = whole;
    }

    private static MimeMessage MailOf(MessageRow message, string from)
    {
        if (!MailboxAddress.TryParse(message.Address, out var to))
        {
            throw new EgressRefusedException(string.IsNullOrWhiteSpace(message.Address) ? "no-address" : "The address is none of an e-mail.");
        }

        var sender = MailboxAddress.Parse(from);
        var mail = new MimeMessage
        {
            Subject = OneLine(Both(message.SubjectZh, message.SubjectEn, " / ")),
            MessageId = $"{message.Id:N}@{sender.Domain}",
            Date = message.CreatedAt,
            Body = new TextPart(message.Template == FromElsa ? "html" : "plain") { Text = Both(message.BodyZh, message.BodyEn, "\n\n— — —\n\n") },
        };
        mail.From.Add(sender);
        mail.To.Add(to);
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }

    // which language a complainant reads is not known; what is written in one language has both columns alike
    private static string Both(string zh, string en, string separator) =>
        zh == en || en.Length == 0 ? zh : zh.Length == 0 ? en : zh + separator + en;

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}

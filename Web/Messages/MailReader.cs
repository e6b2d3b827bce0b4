using System.Text.RegularExpressions;
using CaseManagement.Domain;
using CaseManagement.Workflows.Cases;
using MimeKit;

namespace CaseManagement.Web.Messages;

/// <summary>Takes mails apart. Whatever is in them is somebody's claim, the sender's address first of all.</summary>
public static partial class MailReader
{
    /// <summary>Largest mail, files included, in bytes.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    private const int MostFiles = 20;
    private const int MostRecipients = 100;
    private const int LongestName = 100;
    private const int LongestSubject = 200;
    private const int LongestAuthentication = 300;

    private static readonly string[] ToHeaders = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To"];

    private static readonly string[] OfLists = ["List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Loop"];

    /// <param name="raw">RFC 822.</param>
    /// <param name="server">The name by which the own mail server signs <c>Authentication-Results</c>; null takes the topmost one.</param>
    /// <exception cref="InvalidInputException"><c>mail-unreadable</c></exception>
    public static InboundMail Read(byte[] raw, string? server)
    {
        try
        {
            using var stream = new MemoryStream(raw);
            using var mail = MimeMessage.Load(new ParserOptions { MaxMimeDepth = 32, MaxAddressGroupDepth = 3 }, stream);
            return mail.Headers.Count > 0 ? Of(mail, raw, server) : throw Unreadable();
        }
        catch (Exception unreadable) when (unreadable is FormatException or IOException or ParseException)
        {
            throw Unreadable();
        }
    }

    /// <summary>Cuts a text off where it is too long, never within a character.</summary>
    internal static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1)] + "…";

    /// <summary>What can be kept and shown of a text somebody sent.</summary>
    internal static string Clean(string? text, int length)
    {
        // lone surrogates cannot be stored alike everywhere
        var plain = TemplateRendering.Plain(text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal);
        return Cut(string.Concat(plain.EnumerateRunes()), length);
    }

    internal static string Line(string? text, int length) => Cut(TemplateRendering.OneLine(Clean(text, length * 4)), length);

    /// <summary>"spf=pass, dkim=fail" of a header's value; null where it says nothing of the sort.</summary>
    internal static string? AuthenticationOf(string value)
    {
        var found = Verdict().Matches(Cut(value, 4000)).Select(m => m.Value.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);
        return string.Join(", ", found) is { Length: > 0 } said ? Cut(said, LongestAuthentication) : null;
    }

    private static InboundMail Of(MimeMessage mail, byte[] raw, string? server)
    {
        var from = mail.From.Mailboxes.FirstOrDefault() ?? mail.Sender;
        return new InboundMail
        {
            MessageId = mail.MessageId is { Length: > 0 } id ? id : null,
            From = Line(from?.Address, 320).ToLowerInvariant(),
            FromName = Line(from?.Name, LongestName) is { Length: > 0 } name ? name : null,
            Recipients = [.. mail.To.Mailboxes.Concat(mail.Cc.Mailboxes).Select(m => m.Address).Concat(Values(mail, ToHeaders)).Take(MostRecipients)],
            Subject = Line(mail.Subject, LongestSubject),
            Text = mail.TextBody ?? (mail.HtmlBody is { } html ? HtmlText.Of(html) : ""),
            Authentication = Results(mail, server).Select(AuthenticationOf).OfType<string>().FirstOrDefault(),
            IsAutomatic = IsAutomatic(mail),
            Files = [.. mail.Attachments.OfType<MimePart>().Take(MostFiles).Select(FileOf)],
            Raw = raw,
        };
    }

    private static IEnumerable<string> Results(MimeMessage mail, string? server)
    {
        var all = Values(mail, ["Authentication-Results"]);
        return server is { Length: > 0 }
            ? all.Where(v => v.Split(';')[0].Trim().Split(' ')[0].Equals(server, StringComparison.OrdinalIgnoreCase))
            : all.Take(1);
    }

    private static bool IsAutomatic(MimeMessage mail)
    {
        bool Has(string header, params ReadOnlySpan<string> values)
        {
            var value = (mail.Headers[header] ?? "").Trim();
            return value.Length > 0 && (values.IsEmpty || values.Contains(value.Split(';')[0].Trim().ToLowerInvariant()));
        }

        return (Has("Auto-Submitted") && !Has("Auto-Submitted", "no")) || Has("Precedence", "bulk", "list", "junk", "auto_reply") || OfLists.Any(h => Has(h))
            || Has("Return-Path", "<>") || mail.Body is MultipartReport;
    }

    private static IEnumerable<string> Values(MimeMessage mail, string[] names) =>
        mail.Headers.Where(h => names.Contains(h.Field, StringComparer.OrdinalIgnoreCase)).Select(h => h.Value.Trim().Trim('<', '>'));

    private static MailedFile FileOf(MimePart part)
    {
        using var content = new MemoryStream();
        part.Content?.DecodeTo(content);
        return new MailedFile(NameOf(part.FileName), part.ContentType.MimeType, content.ToArray());
    }

    internal static string NameOf(string? name)
    {
        var plain = Line(name, LongestName).Split('/', '\\')[^1].Trim('.', ' ');
        return plain.Length > 0 ? plain : "file";
    }

    private static InvalidInputException Unreadable() => new([new InputProblem("$", "mail-unreadable", "This is no mail (RFC 822).")]);

    [GeneratedRegex(@"\b(spf|dkim|dmarc)\s{0,2}=\s{0,2}[a-z]{2,12}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Verdict();
}

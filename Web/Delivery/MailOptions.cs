using System.ComponentModel.DataAnnotations;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace CaseManagement.Web.Delivery;

/// <summary>How the connection to the mail server is secured.</summary>
public enum MailSecurity
{
    /// <summary>Begins in the clear and changes to TLS before anything is said; refused where the server does not offer it.</summary>
    StartTls,

    /// <summary>TLS from the first byte, as on port 465.</summary>
    Tls,

    /// <summary>In the clear: for a relay on this machine.</summary>
    None,
}

/// <summary>The mail server. Set by whoever runs the product, in configuration; while it is not enabled, no mail leaves.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    public bool Enabled { get; set; }

    /// <summary>The server's name or address.</summary>
    public string? Host { get; set; }

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    public MailSecurity Security { get; set; }

    /// <summary>A file with the certificate (PEM) of the authority that the server's certificate comes from, where this machine does not trust it by itself.</summary>
    public string? TrustedCertificate { get; set; }

    /// <summary>The user to sign in as; none where the server asks for nobody.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>The sender's address, with a name if wanted: <c>Complaints &lt;complaints@example.com&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>
    /// The mailbox answers come to, <c>reply@example.com</c>; mails to complainants carry it with a token of their case, <c>reply+token@example.com</c>.
    /// Without it mails have no address to answer to.
    /// </summary>
    public string? ReplyAddress { get; set; }

    /// <summary>The name by which the own mail server signs <c>Authentication-Results</c>; without it the topmost such header is believed.</summary>
    public string? AuthenticationServer { get; set; }

    /// <summary>Messages from one address within an hour that are put on cases; what is beyond goes to quarantine, and five times as many are the end.</summary>
    [Range(1, 10_000)]
    public int InboundPerHour { get; set; } = 20;

    /// <summary>Where people reach the product, such as <c>https://cases.example.com</c>; without it mails carry no links.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Files written with a reply go with its mail up to so much together; what is beyond is read on the portal's page of the case. MB.</summary>
    [Range(0, 50)]
    public int AttachedMegabytes { get; set; } = 10;

    /// <summary>Time for one mail, connecting included, in seconds.</summary>
    [Range(1, 120)]
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>Attempts before a mail is parked for an administrator, with growing pauses.</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 10;

    /// <summary>Whether the server is this machine itself.</summary>
    internal bool IsHere => Host is "localhost" || (System.Net.IPAddress.TryParse(Host, out var address) && System.Net.IPAddress.IsLoopback(address));

    internal SecureSocketOptions Socket => Security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}

/// <summary>Refuses to start with a mail server that cannot work, or in Production with one that would be spoken to in the clear.</summary>
internal sealed class MailOptionsCheck(IHostEnvironment environment) : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var problems = new List<string>();
        if (options.PublicUrl is { Length: > 0 } url && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"))
        {
            problems.Add($"{MailOptions.Section}:PublicUrl is no address such as https://cases.example.com.");
        }

        if (options.From is { Length: > 0 } from && !MailboxAddress.TryParse(from, out _))
        {
            problems.Add($"{MailOptions.Section}:From is no e-mail address.");
        }

        if (options.ReplyAddress is { Length: > 0 } reply && !(MailboxAddress.TryParse(reply, out var mailbox) && mailbox.Address.LastIndexOf('@') is > 0 and <= 20 && !mailbox.Address.Contains('+', StringComparison.Ordinal)))
        {
            problems.Add($"{MailOptions.Section}:ReplyAddress is no address such as reply@example.com, with at most 20 characters and no + before the @.");
        }

        if (options.TrustedCertificate is { Length: > 0 } file && !File.Exists(file))
        {
            problems.Add($"{MailOptions.Section}:TrustedCertificate: there is no file {file}.");
        }

        if (options.Enabled && environment.IsProduction())
        {
            if (string.IsNullOrWhiteSpace(options.Host) || string.IsNullOrWhiteSpace(options.From))
            {
                problems.Add($"{MailOptions.Section}:Enabled is set, but {MailOptions.Section}:Host or {MailOptions.Section}:From is missing. Name both, or do not enable it.");
            }
            else if (options.Security == MailSecurity.None && !options.IsHere)
            {
                problems.Add($"{MailOptions.Section}:Security is None, so mails and the password would cross the network in the clear. Use StartTls or Tls; None is for a relay on this machine.");
            }
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}

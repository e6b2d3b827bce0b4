namespace CaseManagement.Web.Messages;

/// <summary>A mail that came in, taken apart.</summary>
public sealed record InboundMail
{
    /// <summary>The way it came: email, sms or webhook.</summary>
    public string Channel { get; init; } = InboundMessages.Email;

    /// <summary>Without angle brackets; null where it has none.</summary>
    public string? MessageId { get; init; }

    /// <summary>The address it claims to come from, lower case; empty where it has none.</summary>
    public required string From { get; init; }
    public string? FromName { get; init; }

    /// <summary>Every address it was sent or delivered to.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }
    public required string Subject { get; init; }

    /// <summary>Plain text, with what it repeats of earlier mails.</summary>
    public required string Text { get; init; }

    /// <summary>What the receiving server found out about the sender; null where it says nothing.</summary>
    public string? Authentication { get; init; }

    /// <summary>A program wrote it: an absence note, a list, a delivery report.</summary>
    public bool IsAutomatic { get; init; }
    public IReadOnlyList<MailedFile> Files { get; init; } = [];

    /// <summary>As it came.</summary>
    public required byte[] Raw { get; init; }
}

/// <summary>A file that came along with a message.</summary>
/// <param name="Name">As its sender called it, without folders.</param>
/// <param name="ContentType">As its sender says.</param>
/// <param name="Content">Its bytes.</param>
public sealed record MailedFile(string Name, string ContentType, byte[] Content);

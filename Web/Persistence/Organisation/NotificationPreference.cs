namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>How a person wants notices by e-mail.</summary>
public enum MailChoice
{
    /// <summary>Soon, several in one mail.</summary>
    Bundled,

    /// <summary>Once a day at an hour of their own.</summary>
    Daily,

    /// <summary>Not at all; they read them here.</summary>
    None,
}

/// <summary>What one person has chosen; who has chosen nothing gets bundled mails and sees every notice.</summary>
public sealed class NotificationPreference
{
    public required string UserId { get; init; }

    public MailChoice Mail { get; set; }

    /// <summary>When the daily mail goes out, minutes after midnight in the person's own zone.</summary>
    public int DailyAt { get; set; } = 8 * 60 + 30;

    /// <summary>Own quiet hours, minutes after midnight in the person's own zone; none where either is missing. They add to the organisation's.</summary>
    public int? QuietFrom { get; set; }

    /// <summary>Where the own quiet hours end.</summary>
    public int? QuietTo { get; set; }

    /// <summary>Warnings before a limit ends show here too. What is late always shows.</summary>
    public bool ShowsWarnings { get; set; } = true;

    /// <summary>Notices also go there by a signed request; null for nowhere.</summary>
    public string? WebhookUrl { get; set; }

    /// <summary>The secret those requests are signed with, under Data Protection.</summary>
    public string? WebhookSecret { get; set; }

    /// <summary>Warnings before a limit ends are told of by mail and webhook too.</summary>
    public bool SendsWarnings { get; set; } = true;

    /// <summary>What is about no limit, such as that a complainant wrote, is told of by mail and webhook too.</summary>
    public bool SendsOthers { get; set; } = true;

    /// <summary>Concurrency token, raised with every change.</summary>
    public long Version { get; set; }
}

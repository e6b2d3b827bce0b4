using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence.Organisation;

namespace CaseManagement.Web.Features.Notifications;

/// <summary>What the reader was told of lately: every notice is there, those alike of one day under one heading.</summary>
public sealed record NoticesPage
{
    public required IReadOnlyList<NoticeGroup> Groups { get; init; }

    /// <summary>Unread notices about no single case, such as that due times of the reader's cases have changed; newest first.</summary>
    public IReadOnlyList<GeneralNotice> General { get; init; } = [];
    public required int Unread { get; init; }

    /// <summary>The zone times are told in.</summary>
    public required string Zone { get; init; }

    /// <summary>There are more than are shown.</summary>
    public bool HasMore { get; init; }

    /// <summary>Warnings are left out by the reader's own choice.</summary>
    public bool HidesWarnings { get; init; }
}

/// <summary>Notices of one day about one time limit.</summary>
/// <param name="Key">Names it in the address: day, clock, kind.</param>
/// <param name="Title">The time limit, or the notice's own heading.</param>
/// <param name="IsLate">They tell of something late.</param>
/// <param name="Day">The day.</param>
/// <param name="Count">All of them.</param>
/// <param name="Unread">Those not read yet.</param>
/// <param name="Rows">The newest of them.</param>
public sealed record NoticeGroup(string Key, string Title, bool IsLate, DateOnly Day, int Count, int Unread, IReadOnlyList<NoticeRow> Rows);

/// <summary>A notice about no single case, kept until it is read.</summary>
public sealed record GeneralNotice(Guid Id, string Subject, string Body, DateTimeOffset At);

/// <summary>One notice.</summary>
public sealed record NoticeRow(Guid CaseId, string Number, string Subject, DateTimeOffset At, bool IsRead);

/// <summary>How one person wants to be told.</summary>
public sealed record NoticeSettingsPage
{
    public required NoticeSettingsEdit Edit { get; init; }

    /// <summary>Where mails go; null where no address is known.</summary>
    public string? Address { get; init; }

    /// <summary>Mails leave this installation at all.</summary>
    public bool MailsLeave { get; init; }

    /// <summary>The person's own zone.</summary>
    public required string Zone { get; init; }

    /// <summary>A secret just made, told this once.</summary>
    public string? Secret { get; init; }

    /// <summary>Requests are signed with a secret already.</summary>
    public bool HasSecret { get; init; }

    /// <summary>The organisation's rules in words.</summary>
    public required IReadOnlyList<string> Rules { get; init; }
    public string? Error { get; init; }
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
}

/// <summary>A person's choice as typed; times are HH:mm.</summary>
public sealed record NoticeSettingsEdit
{
    public MailChoice Mail { get; init; }
    public string? DailyAt { get; init; }
    public string? QuietFrom { get; init; }
    public string? QuietTo { get; init; }
    public bool ShowsWarnings { get; init; }

    /// <summary>Warnings are told of in the product only.</summary>
    public bool MutesWarnings { get; init; }

    /// <summary>What is about no limit is told of in the product only.</summary>
    public bool MutesOthers { get; init; }

    /// <summary>Where notices also go; empty for nowhere.</summary>
    public string? WebhookUrl { get; init; }
    public long Version { get; init; }
}

/// <summary>The organisation's rules of mails.</summary>
public sealed record NoticeRulesPage
{
    public required NoticeRulesEdit Edit { get; init; }
    public bool MayChange { get; init; }
    public required IReadOnlyList<Choice> Zones { get; init; }
    public required IReadOnlyList<Choice> Calendars { get; init; }
    public required IReadOnlyList<Choice> Roles { get; init; }

    /// <summary>Mails leave this installation at all.</summary>
    public bool MailsLeave { get; init; }

    /// <summary>Notices that wait for their mail now.</summary>
    public int Waiting { get; init; }
    public string? Error { get; init; }
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
}

/// <summary>The rules as typed; times are HH:mm.</summary>
public sealed record NoticeRulesEdit
{
    public string? BundleMinutes { get; init; }
    public QuietHoursKind Quiet { get; init; }
    public string? QuietFrom { get; init; }
    public string? QuietTo { get; init; }
    public string? Zone { get; init; }
    public string? Calendar { get; init; }
    public string? LoudLevels { get; init; }
    public string? FallbackRole { get; init; }
    public long Version { get; init; }
}

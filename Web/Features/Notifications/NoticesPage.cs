using System.Globalization;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence.Organisation;

namespace CaseManagement.Web.Features.Notifications;

/// <summary>What of the notices is shown; all of it stands in the address.</summary>
public sealed record NoticeFilter
{
    /// <summary>Only what the reader has not read.</summary>
    public bool Unread { get; init; }

    /// <summary>Where the page before ended, as <see cref="NoticesPage.Next"/> says it; what cannot be read begins at the newest.</summary>
    public string? Before { get; init; }
}

/// <summary>Which notices were read: all, those of a case, or one that is about no case.</summary>
public sealed record ReadNotices
{
    public Guid? CaseId { get; init; }
    public Guid? Notice { get; init; }

    /// <summary>When the reader last saw them; later ones stay unread. Absent: now.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Where a page of notices ends: the last notice of its last case, and the case's number.</summary>
public sealed record NoticeCursor(DateTimeOffset At, string Number)
{
    private const int LongestNumber = 100;

    /// <summary>The cursor written so; null where it is none.</summary>
    public static NoticeCursor? Read(string? written) =>
        written?.Split('~', 2) is [var ticks, { Length: > 0 and <= LongestNumber } number] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && at <= DateTimeOffset.MaxValue.UtcTicks ? new NoticeCursor(new DateTimeOffset(at, TimeSpan.Zero), number) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}~{Number}");
}

/// <summary>What the reader was told of in the last thirty days: one entry for each case, the one told of last first, a page at a time.</summary>
public sealed record NoticesPage
{
    public required NoticeFilter Filter { get; init; }
    public required IReadOnlyList<NoticeCase> Cases { get; init; }

    /// <summary>Unread notices about no single case, such as that due times of the reader's cases have changed; newest first.</summary>
    public IReadOnlyList<GeneralNotice> General { get; init; } = [];

    /// <summary>A hundred at most.</summary>
    public required int Unread { get; init; }

    /// <summary>The zone times are told in.</summary>
    public required string Zone { get; init; }

    /// <summary>When the page was drawn.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Where the next page begins; null at the end.</summary>
    public string? Next { get; init; }

    /// <summary>Warnings are left out by the reader's own choice.</summary>
    public bool HidesWarnings { get; init; }
}

/// <summary>What was told of one case.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Number">Its number.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Count">All notices.</param>
/// <param name="Unread">Those not read yet.</param>
/// <param name="Rows">The newest of them.</param>
public sealed record NoticeCase(Guid CaseId, string Number, string Subject, int Count, int Unread, IReadOnlyList<NoticeRow> Rows);

/// <summary>What a notice tells of.</summary>
public enum NoticeLook
{
    /// <summary>A limit that was broken.</summary>
    Late,

    /// <summary>A limit that is nearly due.</summary>
    Soon,

    /// <summary>Something else, such as a letter.</summary>
    Other,
}

/// <summary>A notice about no single case, kept until it is read.</summary>
/// <param name="Href">Where it leads; null for nowhere.</param>
public sealed record GeneralNotice(Guid Id, string Subject, string Body, DateTimeOffset At, string? Href);

/// <summary>One notice: what it is about, and when it was told.</summary>
public sealed record NoticeRow(string Text, NoticeLook Look, DateTimeOffset At, DateOnly Day, bool IsRead);

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

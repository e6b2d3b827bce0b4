using CaseManagement.Web.Persistence.Settings;

namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>When the organisation wants to be left in peace.</summary>
public enum QuietHoursKind
{
    /// <summary>Never: mails go out at any hour.</summary>
    None,

    /// <summary>Between two times of the day, every day.</summary>
    Span,

    /// <summary>Outside the working hours of a calendar.</summary>
    Calendar,
}

/// <summary>How notices reach people by e-mail: the one row of the organisation.</summary>
public sealed class NotificationRules : IConfigurationRow
{
    public const int TheId = 1;

    /// <summary>Minutes in which notices to one person become one mail, unless set otherwise.</summary>
    public const int UsualBundleMinutes = 5;

    public int Id { get; init; } = TheId;

    /// <summary>Minutes in which notices to one person become one mail, 1 to 240.</summary>
    public int BundleMinutes { get; set; } = UsualBundleMinutes;

    public QuietHoursKind Quiet { get; set; }

    /// <summary>Where the span begins, minutes after midnight, 0 to 1439; later than its end, it runs over midnight.</summary>
    public int QuietFrom { get; set; } = 20 * 60;

    /// <summary>Where the span ends, minutes after midnight, 0 to 1439.</summary>
    public int QuietTo { get; set; } = 8 * 60;

    /// <summary>The IANA zone of the span; the calendar has its own.</summary>
    public required string Zone { get; set; }

    /// <summary>The key of the calendar outside whose hours it is quiet; needed for that kind alone.</summary>
    public string? Calendar { get; set; }

    /// <summary>Notices of this many of the gravest levels of a process go out in quiet hours too; 0: of none.</summary>
    public int LoudLevels { get; set; } = 1;

    /// <summary>The role that is told where nobody above is left in the organisation chart.</summary>
    public string? FallbackRole { get; set; }

    /// <summary>Concurrency token, raised with every change.</summary>
    public long Version { get; set; }
}

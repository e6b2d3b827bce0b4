namespace CaseManagement.Web.Persistence.Settings;

/// <summary>A version of a working calendar; the highest counts.</summary>
public sealed class CalendarVersion : IConfigurationRow
{
    public required string Key { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    public required string NameZh { get; init; }
    public required string NameEn { get; init; }

    /// <summary>The calendar as in a pack.</summary>
    public required string Json { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The user's key.</summary>
    public required string By { get; init; }
}

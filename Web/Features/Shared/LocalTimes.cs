using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Moments as people type them: local to the process's zone.</summary>
public static class LocalTimes
{
    /// <summary>The moment; null for text that is none. An hour that a change of summer time leaves out is the one after it, one it repeats the earlier.</summary>
    /// <param name="typed">"2026-09-02T14:30", as a field for date and time gives it.</param>
    /// <param name="zone">IANA zone.</param>
    public static DateTimeOffset? Read(string? typed, string zone)
    {
        var pattern = LocalDateTimePattern.Create("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        return pattern.Parse((typed ?? "").Trim()) is { Success: true } local && local.Value.Year is >= 1900 and <= 2200
            ? local.Value.InZoneLeniently(DateTimeZoneProviders.Tzdb[zone]).ToDateTimeOffset().ToUniversalTime()
            : null;
    }

    /// <summary>A moment as a field for date and time takes it.</summary>
    /// <param name="at">The moment.</param>
    /// <param name="zone">IANA zone.</param>
    public static string Write(DateTimeOffset at, string zone) =>
        LocalDateTimePattern.Create("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture).Format(Instant.FromDateTimeOffset(at).InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime);
}

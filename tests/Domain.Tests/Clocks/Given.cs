using System.Globalization;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Tests.Clocks;

/// <summary>The calendar of the golden cases, and short ways to write limits and local times.</summary>
internal static class Given
{
    public const string GoldenCalendarJson = """
        {"id": "golden-2026", "zone": "Asia/Shanghai",
         "week": {"mon": [["09:00","18:00"]], "tue": [["09:00","18:00"]], "wed": [["09:00","18:00"]], "thu": [["09:00","18:00"]],
                  "fri": [["09:00","18:00"]], "sat": [], "sun": []},
         "holidays": ["2026-09-25", "2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06", "2026-10-07"],
         "makeUpDays": ["2026-09-20", "2026-10-10"],
         "publishedThrough": "2026-12-31"}
        """;

    private static readonly string[] Weekdays = ["mon", "tue", "wed", "thu", "fri"];

    public static WorkCalendar GoldenCalendar { get; } = Calendar(GoldenCalendarJson, "golden-2026");

    public static WorkCalendar Calendar(string json, string id = "office") => WorkCalendar.From(id, WorkCalendarDocument.Parse(json));

    /// <summary>Mon to Fri 09:00 to 18:00 in a zone, no holidays.</summary>
    public static WorkCalendar PlainCalendar(string zone) => WorkCalendar.From("plain", new WorkCalendarDocument
    {
        Zone = zone,
        Week = Weekdays.ToDictionary(day => day, _ => new string[][] { ["09:00", "18:00"] }),
    });

    /// <summary>A time in Shanghai, written "2026-09-18 16:00".</summary>
    public static DateTimeOffset At(string shanghai) =>
        new(DateTime.ParseExact(shanghai, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    public static DateOnly Date(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An instant with its offset, "2026-10-24T12:00+01:00".</summary>
    public static DateTimeOffset Instant(string iso) => DateTimeOffset.Parse(iso, CultureInfo.InvariantCulture);

    /// <summary>"5 workingDays", "sameDay", "promised", "none", "immediate".</summary>
    public static TimeLimit Limit(string duration, params string[] rungs)
    {
        var plain = !duration.Contains(' ', StringComparison.Ordinal);
        var budget = plain ? (Duration?)null : Duration.Parse(duration);
        return new TimeLimit
        {
            Key = "reply",
            ClockKey = "reply",
            Name = new BilingualText("首次答复", "First reply"),
            From = "receivedAt",
            Unit = budget?.Unit ?? Enum.Parse<LimitUnit>(duration, ignoreCase: true),
            Amount = budget?.Amount,
            Promised = duration == "promised" ? "promisedOn" : null,
            Rungs = [.. rungs.Select(rung => rung.Split(": ")).Select(rung => new Rung(rung[0], RungTime.Parse(rung[1]), []))],
        };
    }

    public static DateTimeOffset? Due(
        string duration,
        string start,
        WorkCalendar? calendar = null,
        Suspension[]? suspensions = null,
        Extension[]? extensions = null) =>
        DueTime.Compute(Limit(duration), At(start), calendar ?? GoldenCalendar, null, suspensions, extensions).DueAt;

    public static Suspension Pause(string from, string to) => new("material", "li", At(from), At(to));
}

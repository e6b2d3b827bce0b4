using NodaTime;

namespace CaseManagement.Domain.Clocks;

/// <summary>Local dates and times of one time zone, and the instants they stand for.</summary>
internal sealed class CalendarZone(DateTimeZone zone)
{
    /// <summary>A local time skipped by a clock change stands for the instant of the change; one that occurs twice for its first or last occurrence.</summary>
    public DateTimeOffset At(DateOnly date, TimeOnly time, bool lastOccurrence = true)
    {
        var local = new LocalDateTime(date.Year, date.Month, date.Day, time.Hour, time.Minute, time.Second)
            .PlusTicks(time.Ticks % TimeSpan.TicksPerSecond);
        var mapping = zone.MapLocal(local);
        var instant = mapping.Count switch
        {
            0 => mapping.EarlyInterval.End,
            _ when lastOccurrence => mapping.Last().ToInstant(),
            _ => mapping.First().ToInstant(),
        };
        return new DateTimeOffset(instant.ToDateTimeUtc(), TimeSpan.Zero);
    }

    /// <summary>The first instant of the date.</summary>
    public DateTimeOffset StartOf(DateOnly date) => At(date, TimeOnly.MinValue, lastOccurrence: false);

    public DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant));

    public TimeOnly TimeOf(DateTimeOffset instant) => TimeOnly.FromDateTime(Local(instant));

    private DateTime Local(DateTimeOffset instant) =>
        Instant.FromDateTimeOffset(instant).InZone(zone).LocalDateTime.ToDateTimeUnspecified();
}

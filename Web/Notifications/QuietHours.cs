using CaseManagement.Domain.Clocks;
using CaseManagement.Web.Persistence.Organisation;
using NodaTime;
using NodaTime.TimeZones;

namespace CaseManagement.Web.Notifications;

/// <summary>When mails may go out: outside the quiet hours of the organisation and those of the person.</summary>
public static class QuietHours
{
    /// <summary>Quiet hours that follow one another without a gap are stepped over so often; then the mail goes out all the same.</summary>
    private const int MostSteps = 20;

    /// <summary>The first moment from <paramref name="at"/> on that is quiet for nobody.</summary>
    /// <param name="at">From here on.</param>
    /// <param name="rules">The organisation's.</param>
    /// <param name="calendar">The calendar the rules name; null where there is none, and then it is never quiet by calendar.</param>
    /// <param name="own">The person's; null for one who has chosen nothing.</param>
    /// <param name="zone">The IANA zone of the person.</param>
    public static DateTimeOffset EndAfter(DateTimeOffset at, NotificationRules rules, WorkCalendar? calendar, NotificationPreference? own, string zone)
    {
        var moment = at;
        for (var step = 0; step < MostSteps; step++)
        {
            var next = rules.Quiet switch
            {
                QuietHoursKind.Span => EndOfSpan(moment, rules.QuietFrom, rules.QuietTo, rules.Zone),
                QuietHoursKind.Calendar when calendar is not null => NextOpening(moment, calendar),
                _ => moment,
            };
            if (own is { QuietFrom: { } from, QuietTo: { } to })
            {
                next = EndOfSpan(next, from, to, zone);
            }

            if (next == moment)
            {
                break;
            }

            moment = next;
        }

        return moment;
    }

    /// <summary>The next moment after <paramref name="at"/> with this time of the day.</summary>
    /// <param name="at">From here on.</param>
    /// <param name="minute">Minutes after midnight, 0 to 1439.</param>
    /// <param name="zone">An IANA zone.</param>
    public static DateTimeOffset NextAt(DateTimeOffset at, int minute, string zone)
    {
        var where = DateTimeZoneProviders.Tzdb[zone];
        var day = Instant.FromDateTimeOffset(at).InZone(where).Date;
        var today = On(day, minute, where);
        return today > at ? today : On(day.PlusDays(1), minute, where);
    }

    private static DateTimeOffset EndOfSpan(DateTimeOffset at, int from, int to, string zone)
    {
        if (from == to)
        {
            return at;
        }

        var where = DateTimeZoneProviders.Tzdb[zone];
        var local = Instant.FromDateTimeOffset(at).InZone(where).LocalDateTime;
        var minute = (local.Hour * 60) + local.Minute;
        var isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
        if (!isQuiet)
        {
            return at;
        }

        var end = On(minute < to ? local.Date : local.Date.PlusDays(1), to, where);
        return end > at ? end : at;
    }

    private static DateTimeOffset NextOpening(DateTimeOffset at, WorkCalendar calendar)
    {
        try
        {
            return calendar.AddWorkingTime(at, TimeSpan.Zero);
        }
        catch (InvalidTimeRuleException)
        {
            // past all working days anybody knows of: better a mail at night than none
            return at;
        }
    }

    // a time the clocks skip is the first there is after it
    private static DateTimeOffset On(LocalDate day, int minute, DateTimeZone zone) =>
        zone.ResolveLocal(day.At(new LocalTime(minute / 60, minute % 60)), Resolvers.LenientResolver).ToDateTimeOffset().ToUniversalTime();
}

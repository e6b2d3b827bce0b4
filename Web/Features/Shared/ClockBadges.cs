using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Makes clock badges of stored rows and of clocks, the most urgent first.</summary>
public static class ClockBadges
{
    private const double WarnFrom = 0.25;

    /// <summary>A badge of a list row.</summary>
    /// <param name="row">The clock as lists know it.</param>
    /// <param name="calendar">The calendar its limit counts by.</param>
    /// <param name="now">The product's own time.</param>
    /// <param name="language">BCP 47.</param>
    /// <param name="reason">What a pause reason is called.</param>
    public static ClockBadge Of(ClockRow row, WorkCalendar calendar, DateTimeOffset now, string language, Func<string, string> reason)
    {
        var unit = Enum.Parse<LimitUnit>(row.Unit, ignoreCase: true);
        var over = row.MetAt is not null || row.State is "cancelled" or "met";
        return Make(
            new Facts(row.Key, new BilingualText(row.NameZh, row.NameEn).In(language), unit, row.StartedAt, row.DueAt, row.MetAt, row.WarnAt, row.Provisional),
            over, row.State == "paused" ? reason(row.PauseReason ?? "") : null, calendar, now);
    }

    /// <summary>A badge of the case page, without its explanation.</summary>
    public static ClockBadge Of(Clock clock, string name, WorkCalendar calendar, DateTimeOffset now, Func<string, string> reason)
    {
        var warnAt = clock.Rungs.Where(r => r.At < clock.DueAt).Select(r => r.At).Min();
        return Make(
            new Facts(clock.Key, name, clock.Explanation.Unit, clock.StartedAt, clock.DueAt, clock.MetAt, warnAt, clock.Provisional),
            !clock.IsOpen, clock.PausedSince is null ? null : reason(clock.Suspensions[^1].Reason), calendar, now);
    }

    /// <summary>Late first, then what is due soonest; what is paused, undated or over comes last.</summary>
    public static IEnumerable<ClockBadge> MostUrgentFirst(IEnumerable<ClockBadge> badges) => badges
        .OrderBy(badge => badge.Look switch
        {
            ClockLook.Breached or ClockLook.Warning or ClockLook.Running or ClockLook.Provisional => 0,
            ClockLook.NoLimit => 1,
            ClockLook.Paused => 2,
            ClockLook.Met => 3,
            ClockLook.Cancelled => 4,
        })
        .ThenBy(badge => badge.DueAt ?? DateTimeOffset.MaxValue)
        .ThenBy(badge => badge.Key, StringComparer.Ordinal);

    /// <summary>The time between two moments in a limit's own unit, in whole minutes rounded down.</summary>
    public static Amount Between(LimitUnit unit, DateTimeOffset from, DateTimeOffset to, WorkCalendar calendar) => unit switch
    {
        LimitUnit.WorkingDays => WorkingDays(from, to, calendar),
        LimitUnit.WorkingHours => Hours(CountedIn.WorkingTime, calendar.WorkingTimeBetween(from, to)),
        LimitUnit.Minutes or LimitUnit.Hours => Hours(CountedIn.ElapsedTime, to - from),
        _ => Elapsed(to - from),
    };

    private static ClockBadge Make(Facts clock, bool over, string? pause, WorkCalendar calendar, DateTimeOffset now)
    {
        var badge = new ClockBadge
        {
            Key = clock.Key,
            Name = clock.Name,
            Look = ClockLook.Running,
            Zone = calendar.Zone,
            DueAt = clock.DueAt,
            MetAt = clock.MetAt,
            AtOnce = clock.Unit == LimitUnit.Immediate,
        };
        if (over)
        {
            return badge with { Look = clock.MetAt is null ? ClockLook.Cancelled : ClockLook.Met };
        }

        if (pause is not null)
        {
            return badge with { Look = ClockLook.Paused, PauseReason = pause };
        }

        if (clock.DueAt is not { } due)
        {
            return badge with { Look = ClockLook.NoLimit, Amount = Elapsed(now > clock.StartedAt ? now - clock.StartedAt : TimeSpan.Zero) };
        }

        if (due <= now)
        {
            return badge with { Look = ClockLook.Breached, Amount = Between(clock.Unit, due, now, calendar) };
        }

        var share = due > clock.StartedAt ? (due - now) / (due - clock.StartedAt) : 0;
        var look = clock.Provisional ? ClockLook.Provisional : share <= WarnFrom || clock.WarnAt <= now ? ClockLook.Warning : ClockLook.Running;
        return badge with { Look = look, Amount = Between(clock.Unit, now, due, calendar), ShareLeft = Math.Clamp(share, 0, 1) };
    }

    // whole days first, then what is left of the two days at the ends, as the domain's own texts count
    private static Amount WorkingDays(DateTimeOffset from, DateTimeOffset to, WorkCalendar calendar)
    {
        var (days, rest) = (0, TimeSpan.Zero);
        for (var date = calendar.DateOf(from); date <= calendar.DateOf(to); date = date.AddDays(1))
        {
            var (begin, end) = (calendar.StartOfDay(date), calendar.StartOfDay(date.AddDays(1)));
            var all = calendar.WorkingTimeBetween(begin, end);
            var here = calendar.WorkingTimeBetween(begin > from ? begin : from, end < to ? end : to);
            if (all > TimeSpan.Zero && here == all)
            {
                days++;
            }
            else
            {
                rest += here;
            }
        }

        var more = calendar.OrdinaryDay > TimeSpan.Zero ? (int)(rest / calendar.OrdinaryDay) : 0;
        rest -= more * calendar.OrdinaryDay;
        return new Amount(CountedIn.WorkingTime, days + more, (int)rest.TotalHours, rest.Minutes);
    }

    private static Amount Hours(CountedIn unit, TimeSpan time) => new(unit, 0, (int)time.TotalHours, time.Minutes);

    private static Amount Elapsed(TimeSpan time) => new(CountedIn.ElapsedTime, time.Days, time.Hours, time.Minutes);

    private sealed record Facts(
        string Key, string Name, LimitUnit Unit, DateTimeOffset StartedAt, DateTimeOffset? DueAt, DateTimeOffset? MetAt, DateTimeOffset? WarnAt, bool Provisional);
}

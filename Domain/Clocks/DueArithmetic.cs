namespace CaseManagement.Domain.Clocks;

/// <summary>Counts one limit from one start. Day units count dates (the start date is day 0); hour units count instants.</summary>
internal sealed class DueArithmetic(TimeLimit limit, WorkCalendar calendar, DateTimeOffset startedAt)
{
    /// <summary>Whether the answer would change with the calendar's days.</summary>
    public bool DependsOnCalendar { get; private set; } = limit.Unit.CountsWorkingTime()
        || limit.CountFrom == CountFrom.NextWorkingDay
        || limit.IfNonWorking != IfNonWorking.Keep
        || limit.RunsTo == EndOf.CloseOfBusiness;

    /// <summary>The day off on which the limit would have ended, had it not been moved to a working day.</summary>
    public DateOnly? RolledFrom { get; private set; }

    public DateTimeOffset? Due(
        DateOnly? promised, IReadOnlyList<Suspension> suspensions, IReadOnlyList<Extension> extensions)
    {
        if (Counted(promised) is not { } due)
        {
            return null;
        }

        // An extension moves the due time that was known when it was granted, so the ledger is read in order. A pause that was still running then
        // counts after it; but "until" a date knows how long that pause had lasted.
        IReadOnlyList<Suspended> pauses = Suspended.Of(suspensions, startedAt);
        foreach (var extension in extensions)
        {
            var known = extension.Until is null ? pauses.Where(pause => pause.To <= extension.At) : pauses.Select(pause => pause.Before(extension.At));
            due = WithPauses(due, known);
            pauses = [.. extension.Until is null ? pauses.Where(pause => pause.To > extension.At) : pauses.Select(pause => pause.After(extension.At))];
            due = extension.By is { } by ? Extended(due, by) : Later(due, EndOn(extension.Until!.Value, null));
        }

        return WithPauses(due, pauses);
    }

    /// <summary>A due time moved by exactly this much; in days or longer it keeps its time of day, or runs to the limit's end of the day.</summary>
    public DateTimeOffset Extended(DateTimeOffset due, Duration by)
    {
        if (by.Amount == 0)
        {
            return due;
        }

        DependsOnCalendar |= by.Unit.CountsWorkingTime();
        if (!by.Unit.IsDayOrLonger())
        {
            return by.Unit == LimitUnit.WorkingHours ? calendar.AddWorkingTime(due, Hours(by)) : due + Hours(by);
        }

        var date = AddDays(calendar.DateOf(due), by);
        return limit.Unit.IsDayOrLonger()
            ? Finish(date, calendar.TimeOf(due), floor: due)
            : calendar.At(date, calendar.TimeOf(due));
    }

    /// <summary>Hours and minutes as a length of time.</summary>
    public static TimeSpan Hours(Duration duration) =>
        TimeSpan.FromTicks((long)(duration.Amount * (duration.Unit == LimitUnit.Minutes ? TimeSpan.TicksPerMinute : TimeSpan.TicksPerHour)));

    private DateTimeOffset? Counted(DateOnly? promised)
    {
        var (start, dayZero) = CountingStart();
        var budget = limit.Budget;
        switch (limit.Unit)
        {
            case LimitUnit.None or LimitUnit.Immediate:
                return null;
            case LimitUnit.Promised:
                return promised is { } date ? OnDate(date) : null;
            case LimitUnit.SameDay:
                return OnDate(limit.CountFrom == CountFrom.Instant ? dayZero : dayZero.AddDays(1));
            case LimitUnit.Minutes or LimitUnit.Hours:
                return Reached(start + Hours(budget!.Value));
            case LimitUnit.WorkingHours:
                return Reached(calendar.AddWorkingTime(start, Hours(budget!.Value)));
            case LimitUnit.Days or LimitUnit.WorkingDays or LimitUnit.Weeks or LimitUnit.Months or LimitUnit.Years:
                return OnDate(AddDays(dayZero, budget!.Value));
            default:
                throw new InvalidOperationException($"Unknown unit {limit.Unit}.");
        }
    }

    private (DateTimeOffset Start, DateOnly DayZero) CountingStart()
    {
        var date = calendar.DateOf(startedAt);
        switch (limit.CountFrom)
        {
            case CountFrom.NextDay:
                return (calendar.StartOfDay(date.AddDays(1)), date);
            case CountFrom.NextWorkingDay:
                var first = calendar.AddWorkingDays(date, 1);
                return (calendar.OpeningOf(first), first.AddDays(-1));
            default:
                return (startedAt, date);
        }
    }

    private DateTimeOffset OnDate(DateOnly date)
    {
        // Whole days have no time of day to end at, unless they are counted from an instant.
        var time = limit.CountFrom == CountFrom.Instant && limit.Unit is not (LimitUnit.SameDay or LimitUnit.Promised)
            ? calendar.TimeOf(startedAt)
            : (TimeOnly?)null;
        return Finish(date, time, startedAt);
    }

    private DateTimeOffset Reached(DateTimeOffset instant)
    {
        var date = calendar.DateOf(instant);
        return limit.RunsTo == EndOf.Instant && Rolled(date) == date
            ? instant
            : Finish(date, calendar.TimeOf(instant), limit.IfNonWorking == IfNonWorking.Back ? startedAt : instant);
    }

    private DateTimeOffset WithPauses(DateTimeOffset due, IEnumerable<Suspended> pauses)
    {
        var suspended = pauses.Aggregate(TimeSpan.Zero, (sum, pause) => sum + pause.Length(limit.Unit, calendar));
        if (suspended == TimeSpan.Zero)
        {
            return due;
        }

        var moved = Suspended.MovedBy(due, suspended, limit.Unit, calendar);
        return limit.Unit.IsDayOrLonger() && limit.RunsTo != EndOf.Instant
            ? Finish(calendar.DateOf(moved), null, floor: moved)
            : moved;
    }

    private DateOnly AddDays(DateOnly date, Duration duration)
    {
        var count = (int)duration.Amount;
        return duration.Unit switch
        {
            LimitUnit.WorkingDays => calendar.AddWorkingDays(date, count == 0 && !calendar.IsWorkingDay(date) ? 1 : count),
            LimitUnit.Weeks => date.AddDays(7 * count),
            LimitUnit.Months => date.AddMonths(count),
            LimitUnit.Years => date.AddYears(count),
            _ => date.AddDays(count),
        };
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>The end of a date by the limit's own rule, never before <paramref name="floor"/>.</summary>
    private DateTimeOffset Finish(DateOnly date, TimeOnly? time, DateTimeOffset floor)
    {
        var day = Rolled(date);
        var end = EndOn(day, time);
        if (end < floor && day < date)
        {
            (day, end) = (date, EndOn(date, time));
        }

        RolledFrom = day == date ? null : date;
        return end >= floor ? end : limit.RunsTo == EndOf.CloseOfBusiness ? CloseAfter(floor) : floor;
    }

    private DateTimeOffset EndOn(DateOnly date, TimeOnly? time) => (limit.RunsTo, time) switch
    {
        (EndOf.CloseOfBusiness, _) => calendar.CloseOfBusiness(date),
        (EndOf.Instant, { } at) => calendar.At(date, at),
        _ => calendar.EndOfDay(date),
    };

    // The day's close had passed already: the next one, on a day off unless the rule moves forward or counts working time.
    private DateTimeOffset CloseAfter(DateTimeOffset instant)
    {
        var next = calendar.DateOf(instant).AddDays(1);
        var keeps = limit.IfNonWorking != IfNonWorking.Forward && !limit.Unit.CountsWorkingTime();
        return calendar.CloseOfBusiness(keeps || calendar.IsWorkingDay(next) ? next : calendar.AddWorkingDays(next, 1));
    }

    private DateOnly Rolled(DateOnly date)
    {
        if (limit.IfNonWorking == IfNonWorking.Keep || calendar.IsWorkingDay(date))
        {
            return date;
        }

        var rolled = calendar.AddWorkingDays(date, limit.IfNonWorking == IfNonWorking.Forward ? 1 : -1);
        return rolled < calendar.DateOf(startedAt) ? date : rolled;
    }
}

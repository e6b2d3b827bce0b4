namespace CaseManagement.Domain.Clocks;

/// <summary>A closed stretch of time that does not count.</summary>
internal readonly record struct Suspended(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The closed suspensions after the start, in order and without overlap.</summary>
    public static IReadOnlyList<Suspended> Of(IReadOnlyList<Suspension> suspensions, DateTimeOffset startedAt)
    {
        var read = new List<Suspended>();
        var reached = startedAt;
        foreach (var suspension in suspensions.OrderBy(suspension => suspension.From))
        {
            var from = suspension.From > reached ? suspension.From : reached;
            if (suspension.To is { } to && to > from)
            {
                read.Add(new Suspended(from, to));
                reached = to;
            }
        }

        return read;
    }

    public Suspended Within(DateTimeOffset from, DateTimeOffset to)
    {
        var begin = From > from ? From : from;
        var end = To < to ? To : to;
        return new Suspended(begin, end > begin ? end : begin);
    }

    public Suspended Before(DateTimeOffset at) => Within(From, at);

    public Suspended After(DateTimeOffset at) => Within(at, To);

    /// <summary>
    /// How much it adds to a limit of this unit: working time for working units, time on the wall clock for days (three days are three days even
    /// when the clocks change), else elapsed time.
    /// </summary>
    public TimeSpan Length(LimitUnit unit, WorkCalendar calendar)
    {
        if (unit.CountsWorkingTime())
        {
            return calendar.WorkingTimeBetween(From, To);
        }

        var length = unit.IsDayOrLonger() ? Local(To, calendar) - Local(From, calendar) : To - From;
        return length > TimeSpan.Zero ? length : TimeSpan.Zero;
    }

    /// <summary>An instant moved on by such a length.</summary>
    public static DateTimeOffset MovedBy(DateTimeOffset instant, TimeSpan length, LimitUnit unit, WorkCalendar calendar)
    {
        if (length == TimeSpan.Zero)
        {
            return instant;
        }

        if (unit.CountsWorkingTime())
        {
            return calendar.AddWorkingTime(instant, length);
        }

        if (!unit.IsDayOrLonger())
        {
            return instant + length;
        }

        var local = Local(instant, calendar) + length;
        return calendar.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }

    private static DateTime Local(DateTimeOffset instant, WorkCalendar calendar) =>
        calendar.DateOf(instant).ToDateTime(calendar.TimeOf(instant));
}

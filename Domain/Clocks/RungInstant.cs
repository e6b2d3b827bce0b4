namespace CaseManagement.Domain.Clocks;

/// <summary>The instant at which a rung time falls for one running limit.</summary>
internal static class RungInstant
{
    /// <summary>None while the rung hangs on a due time that does not exist; never before the start.</summary>
    public static DateTimeOffset? Of(
        RungTime rung,
        LimitUnit unit,
        DateTimeOffset startedAt,
        DateTimeOffset? dueAt,
        IReadOnlyList<Suspension> suspensions,
        WorkCalendar calendar)
    {
        var pauses = Suspended.Of(suspensions, startedAt);
        var at = rung.Anchor switch
        {
            RungAnchor.Start => Shifted(Moved(startedAt, rung, calendar), rung.Offset!.Value.Unit, pauses, calendar),
            RungAnchor.Due => dueAt is { } due ? Moved(due, rung, calendar) : (DateTimeOffset?)null,
            RungAnchor.Share => dueAt is { } due ? ShareOf(rung.Percent, unit, startedAt, due, pauses, calendar) : null,
            _ => throw new InvalidOperationException($"Unknown rung anchor {rung.Anchor}."),
        };
        return at < startedAt ? startedAt : at;
    }

    private static DateTimeOffset Moved(DateTimeOffset anchor, RungTime rung, WorkCalendar calendar)
    {
        if (rung.Offset is not { Amount: > 0 } offset)
        {
            return anchor;
        }

        var sign = rung.Before ? -1 : 1;
        if (!offset.Unit.IsDayOrLonger())
        {
            var length = DueArithmetic.Hours(offset) * sign;
            return offset.Unit == LimitUnit.WorkingHours ? calendar.AddWorkingTime(anchor, length) : anchor + length;
        }

        var count = (int)offset.Amount * sign;
        var date = calendar.DateOf(anchor);
        if (offset.Unit == LimitUnit.WorkingDays)
        {
            // Afterwards the nth working day is used to its close; beforehand there must still be working time left that day.
            var day = calendar.AddWorkingDays(date, count);
            var close = calendar.CloseOfBusiness(day);
            var sameTime = calendar.At(day, calendar.TimeOf(anchor));
            return rung.Before && sameTime < close ? sameTime : close;
        }

        var moved = offset.Unit switch
        {
            LimitUnit.Weeks => date.AddDays(7 * count),
            LimitUnit.Months => date.AddMonths(count),
            LimitUnit.Years => date.AddYears(count),
            _ => date.AddDays(count),
        };
        return calendar.At(moved, calendar.TimeOf(anchor));
    }

    private static DateTimeOffset Shifted(
        DateTimeOffset at, LimitUnit unit, IReadOnlyList<Suspended> pauses, WorkCalendar calendar)
    {
        foreach (var pause in pauses)
        {
            at = pause.From < at ? Suspended.MovedBy(at, pause.Length(unit, calendar), unit, calendar) : at;
        }

        return at;
    }

    private static DateTimeOffset ShareOf(
        int percent, LimitUnit unit, DateTimeOffset startedAt, DateTimeOffset due, IReadOnlyList<Suspended> pauses, WorkCalendar calendar)
    {
        var budget = new Suspended(startedAt, due).Length(unit, calendar);
        foreach (var pause in pauses)
        {
            budget -= pause.Within(startedAt, due).Length(unit, calendar);
        }

        if (budget <= TimeSpan.Zero || percent == 100)
        {
            return due;
        }

        var left = TimeSpan.FromTicks(budget.Ticks / 100 * (100 - percent));
        return unit.CountsWorkingTime() ? calendar.AddWorkingTime(due, -left) : due - left;
    }
}

namespace CaseManagement.Domain.Clocks;

/// <summary>The row of days between start and due, each with how it counts.</summary>
internal sealed class DayStrip(
    TimeLimit limit,
    WorkCalendar calendar,
    DateTimeOffset startedAt,
    DateTimeOffset dueAt,
    IReadOnlyList<Suspension> suspensions,
    IReadOnlyList<Extension> extensions)
{
    private const int MaxCells = 31;
    private const int MaxDates = 100;

    private readonly IReadOnlyList<Suspended> _pauses = Suspended.Of(suspensions, startedAt);
    private readonly bool _working = limit.Unit.CountsWorkingTime();

    public IReadOnlyList<DayRun> Cells(DateOnly[] dates)
    {
        if (dates.Length > MaxDates)
        {
            return [];
        }

        // Day 0 does not count, unless nothing else would be left to show.
        var counted = limit.Unit.IsDayOrLonger() && dates.Length > 1 ? dates[1..] : dates;
        var held = limit.Unit.IsDayOrLonger() ? HeldDays(counted) : [];
        var cells = new List<DayRun>();
        decimal number = 0;
        var sum = TimeSpan.Zero;
        foreach (var date in counted)
        {
            var (state, count) = limit.Unit.IsDayOrLonger() ? Day(date, held, ref number) : Hours(date, ref sum);
            Add(cells, new DayRun(date, date, state, count));
        }

        var shortened = cells.Count <= MaxCells ? cells : Shortened(cells);
        return shortened.Count <= MaxCells ? shortened : [];
    }

    private (DayState State, decimal? Count) Day(DateOnly date, HashSet<DateOnly> held, ref decimal number)
    {
        var off = _working && !calendar.IsWorkingDay(date);
        var due = date == calendar.DateOf(dueAt);
        if (held.Contains(date) || off)
        {
            return (due ? DayState.Due : off ? DayState.Off : DayState.Held, due ? number : null);
        }

        number++;
        return (due ? DayState.Due : _working && calendar.IsMakeUpDay(date) ? DayState.MakeUp : DayState.Worked, number);
    }

    private (DayState State, decimal? Count) Hours(DateOnly date, ref TimeSpan sum)
    {
        var (from, to) = (calendar.StartOfDay(date), calendar.StartOfDay(date.AddDays(1)));
        var day = new Suspended(from > startedAt ? from : startedAt, to < dueAt ? to : dueAt);
        var here = Net(day);
        sum += here;
        var count = here > TimeSpan.Zero ? InUnit(sum) : (decimal?)null;
        var state = date == calendar.DateOf(dueAt) ? DayState.Due
            : here > TimeSpan.Zero ? _working && calendar.IsMakeUpDay(date) ? DayState.MakeUp : DayState.Worked
            : day.Length(limit.Unit, calendar) > TimeSpan.Zero ? DayState.Held
            : DayState.Off;
        return (state, count);
    }

    private TimeSpan Net(Suspended stretch)
    {
        var net = stretch.Length(limit.Unit, calendar);
        foreach (var pause in _pauses)
        {
            net -= pause.Within(stretch.From, stretch.To).Length(limit.Unit, calendar);
        }

        return net;
    }

    private decimal InUnit(TimeSpan time) =>
        Math.Round((decimal)time.Ticks / (limit.Unit == LimitUnit.Minutes ? TimeSpan.TicksPerMinute : TimeSpan.TicksPerHour), 2);

    // As many days are held as the pauses moved the due time: those that lost most of their time.
    private HashSet<DateOnly> HeldDays(DateOnly[] dates)
    {
        if (_pauses.Count == 0)
        {
            return [];
        }

        var promised = limit.Unit == LimitUnit.Promised ? calendar.DateOf(dueAt) : (DateOnly?)null;
        var unpaused = new DueArithmetic(limit, calendar, startedAt).Due(promised, [], extensions);
        var moved = dates.Count(date => date > calendar.DateOf(unpaused ?? dueAt) && (!_working || calendar.IsWorkingDay(date)));
        return [.. dates
            .Where(date => date < calendar.DateOf(dueAt))
            .Select(date => (Date: date, Lost: Lost(date)))
            .Where(day => day.Lost > TimeSpan.Zero)
            .OrderByDescending(day => day.Lost)
            .ThenBy(day => day.Date)
            .Take(moved)
            .Select(day => day.Date)];
    }

    private TimeSpan Lost(DateOnly date)
    {
        var (from, to) = (calendar.StartOfDay(date), calendar.StartOfDay(date.AddDays(1)));
        return _pauses.Aggregate(TimeSpan.Zero, (sum, pause) => sum + pause.Within(from, to).Length(limit.Unit, calendar));
    }

    // Neighbouring days off stand together, but a holiday apart from the weekend at its edge.
    private void Add(List<DayRun> cells, DayRun next)
    {
        if (cells is [.., { State: DayState.Off } last] && next.State == DayState.Off && BelongsTo(last, next.From))
        {
            cells[^1] = last with { To = next.To };
        }
        else
        {
            cells.Add(next);
        }
    }

    private bool BelongsTo(DayRun run, DateOnly date)
    {
        var holidayRun = calendar.IsHoliday(run.From);
        if (calendar.IsHoliday(date))
        {
            return holidayRun;
        }

        if (!holidayRun)
        {
            return true;
        }

        while (!calendar.IsWorkingDay(date) && !calendar.IsHoliday(date))
        {
            date = date.AddDays(1);
        }

        return calendar.IsHoliday(date);
    }

    private static List<DayRun> Shortened(List<DayRun> cells)
    {
        var shortened = new List<DayRun>();
        foreach (var cell in cells)
        {
            if (shortened is [.., { State: DayState.Worked } last] && cell.State == DayState.Worked)
            {
                shortened[^1] = last with { To = cell.To, Count = cell.Count };
            }
            else
            {
                shortened.Add(cell);
            }
        }

        return shortened;
    }
}

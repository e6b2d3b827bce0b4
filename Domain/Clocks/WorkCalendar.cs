namespace CaseManagement.Domain.Clocks;

/// <summary>
/// When people work: weekly hours in a time zone, holidays, make-up working days and days with hours of their own. Immutable.
/// All instants it answers are UTC. It reaches from 1900 to 2400.
/// </summary>
public sealed class WorkCalendar
{
    /// <summary>More holidays, make-up days and special days together than this are refused.</summary>
    public const int MaxDates = 5000;

    /// <summary>More spans on one day than this are refused.</summary>
    public const int MaxSpansPerDay = 12;

    /// <summary>The longest name of a holiday or make-up day, in characters.</summary>
    public const int MaxName = 100;

    // Beyond this many days without the amount used up, the amount is out of range: 100 years of one working hour a week or so.
    private const int SearchDays = 110 * 366;

    private static readonly DateOnly First = new(1900, 1, 1);
    private static readonly DateOnly Last = new(2400, 12, 31);

    private readonly CalendarZone _zone;
    private readonly IReadOnlyList<WorkSpan>[] _week;
    private readonly HashSet<DateOnly> _holidays;
    private readonly HashSet<DateOnly> _makeUpDays;
    private readonly Dictionary<DateOnly, DayOfWeek> _makeUpAs;
    private readonly Dictionary<DateOnly, IReadOnlyList<WorkSpan>> _special;
    private readonly IReadOnlyList<WorkSpan> _ordinary;
    private readonly WorkCalendarDocument _document;

    private WorkCalendar(string id, CalendarReader read)
    {
        Id = id;
        Zone = read.ZoneId;
        PublishedThrough = read.PublishedThrough;
        _zone = new CalendarZone(read.Zone);
        _week = read.Week;
        _holidays = read.Holidays;
        _makeUpDays = read.MakeUpDays;
        _makeUpAs = read.MakeUpAs;
        _special = read.SpecialDays;
        _ordinary = read.OrdinaryDay;
        _document = read.Normalised(id);
    }

    public string Id { get; }

    /// <summary>The IANA time zone id.</summary>
    public string Zone { get; }

    /// <summary>The last date whose holidays are known; none when nothing is awaited.</summary>
    public DateOnly? PublishedThrough { get; }

    /// <summary>Checks a calendar and makes it usable.</summary>
    /// <exception cref="InvalidTimeRuleException">
    /// <c>calendar.zone-unknown</c>, <c>calendar.day-unknown</c>, <c>calendar.span-unreadable</c>, <c>calendar.span-reversed</c>,
    /// <c>calendar.spans-overlap</c>, <c>calendar.too-many-spans</c>, <c>calendar.no-working-time</c>, <c>calendar.holiday-and-worked</c>,
    /// <c>calendar.date-twice</c>, <c>calendar.date-out-of-range</c>, <c>calendar.special-day-empty</c>, <c>calendar.too-many-dates</c>,
    /// <c>calendar.not-made-up</c>, <c>calendar.made-up-as-day-off</c>, <c>calendar.name-too-long</c>, <c>calendar.id-differs</c>.
    /// </exception>
    public static WorkCalendar From(string id, WorkCalendarDocument document)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentNullException.ThrowIfNull(document);
        return document.Id is { } own && own != id
            ? throw new InvalidTimeRuleException("calendar.id-differs", $"The calendar says it is {own}, not {id}.", own, id)
            : new WorkCalendar(id, new CalendarReader(document));
    }

    /// <summary>The calendar in the shape it is exchanged in, dates in order.</summary>
    public WorkCalendarDocument ToDocument() => _document;

    public bool IsWorkingDay(DateOnly date) => SpansOf(date).Count > 0;

    /// <summary>How long an ordinary working day is: that of the first weekday worked.</summary>
    public TimeSpan OrdinaryDay => _ordinary.Aggregate(TimeSpan.Zero, (sum, span) => sum + span.Length);

    /// <summary>The working time of a date in local time, in order; empty on a day off.</summary>
    public IReadOnlyList<WorkSpan> SpansOf(DateOnly date)
    {
        if (_special.TryGetValue(date, out var special))
        {
            return special;
        }

        if (_holidays.Contains(date))
        {
            return [];
        }

        var usual = _week[(int)date.DayOfWeek];
        return usual.Count > 0 || !_makeUpDays.Contains(date) ? usual
            : _makeUpAs.TryGetValue(date, out var weekday) ? _week[(int)weekday]
            : _ordinary;
    }

    /// <summary>A day off although the week says worked, or listed as a holiday in so many words.</summary>
    public bool IsHoliday(DateOnly date) => _holidays.Contains(date);

    /// <summary>A day worked although the week says off.</summary>
    public bool IsMakeUpDay(DateOnly date) => _week[(int)date.DayOfWeek].Count == 0 && IsWorkingDay(date);

    /// <summary>Whether people are at work at this instant; the end of a span is outside it.</summary>
    public bool IsOpenAt(DateTimeOffset instant)
    {
        var date = DateOf(instant);
        foreach (var span in SpansOf(date))
        {
            var (opens, closes) = Interval(date, span);
            if (opens <= instant && instant < closes)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Counts working time from an instant, forward or back. Forward, an instant outside working time moves to the next opening; zero is "at the
    /// next opening". An amount that exactly fills a day ends at its close (forward) or its opening (back).
    /// </summary>
    /// <exception cref="InvalidTimeRuleException"><c>calendar.out-of-range</c>: not within about a hundred years.</exception>
    public DateTimeOffset AddWorkingTime(DateTimeOffset instant, TimeSpan amount) =>
        amount < TimeSpan.Zero ? Back(instant, -amount) : Forward(instant, amount);

    /// <summary>The nth working day after a date, or before it when negative; zero is the date itself.</summary>
    /// <exception cref="InvalidTimeRuleException"><c>calendar.out-of-range</c></exception>
    public DateOnly AddWorkingDays(DateOnly date, int days)
    {
        var step = Math.Sign(days);
        var left = Math.Abs(days);
        for (var searched = 0; left > 0; searched++)
        {
            date = Step(date, step, searched, limit: 3 * SearchDays);
            if (IsWorkingDay(date))
            {
                left--;
            }
        }

        return date;
    }

    /// <summary>The working time between two instants; zero when <paramref name="to"/> is not after <paramref name="from"/>.</summary>
    public TimeSpan WorkingTimeBetween(DateTimeOffset from, DateTimeOffset to)
    {
        var sum = TimeSpan.Zero;
        if (to <= from)
        {
            return sum;
        }

        var last = DateOf(to);
        for (var date = DateOf(from); date <= last; date = date.AddDays(1))
        {
            foreach (var span in SpansOf(date))
            {
                var (opens, closes) = Interval(date, span);
                var begin = opens > from ? opens : from;
                var end = closes < to ? closes : to;
                sum += end > begin ? end - begin : TimeSpan.Zero;
            }
        }

        return sum;
    }

    /// <summary>The close of business of a date; on a day off, the hour at which an ordinary working day closes. A day that runs to midnight closes at 23:59.</summary>
    public DateTimeOffset CloseOfBusiness(DateOnly date)
    {
        var spans = SpansOf(date);
        var end = (spans.Count > 0 ? spans : _ordinary)[^1].End;
        return end == TimeOnly.MinValue ? EndOfDay(date) : _zone.At(date, end);
    }

    /// <summary>The opening of a date, or of the next working day when the date is a day off.</summary>
    /// <exception cref="InvalidTimeRuleException"><c>calendar.out-of-range</c></exception>
    public DateTimeOffset OpeningOf(DateOnly date)
    {
        var day = IsWorkingDay(date) ? date : AddWorkingDays(date, 1);
        return _zone.At(day, SpansOf(day)[0].Start, lastOccurrence: false);
    }

    /// <summary>23:59 of a date.</summary>
    public DateTimeOffset EndOfDay(DateOnly date) => _zone.At(date, new TimeOnly(23, 59));

    /// <summary>The first instant of a date.</summary>
    public DateTimeOffset StartOfDay(DateOnly date) => _zone.StartOf(date);

    /// <summary>The local date of an instant.</summary>
    /// <exception cref="InvalidTimeRuleException"><c>calendar.out-of-range</c></exception>
    public DateOnly DateOf(DateTimeOffset instant) =>
        instant.Year is > 1899 and < 2401 ? _zone.DateOf(instant) : throw OutOfRange();

    /// <summary>The local time of day of an instant.</summary>
    public TimeOnly TimeOf(DateTimeOffset instant) => _zone.TimeOf(instant);

    /// <summary>The instant of a local time; skipped times stand for the change, double ones for the later.</summary>
    public DateTimeOffset At(DateOnly date, TimeOnly time) => _zone.At(date, time);

    private DateTimeOffset Forward(DateTimeOffset instant, TimeSpan left)
    {
        var date = DateOf(instant);
        for (var searched = 0; ; searched++)
        {
            foreach (var span in SpansOf(date))
            {
                var (opens, closes) = Interval(date, span);
                var begin = opens > instant ? opens : instant;
                if (closes <= begin)
                {
                    continue;
                }

                if (left <= closes - begin)
                {
                    return begin + left;
                }

                left -= closes - begin;
            }

            date = Step(date, 1, searched, SearchDays);
        }
    }

    private DateTimeOffset Back(DateTimeOffset instant, TimeSpan left)
    {
        var date = DateOf(instant);
        for (var searched = 0; ; searched++)
        {
            var spans = SpansOf(date);
            for (var i = spans.Count - 1; i >= 0; i--)
            {
                var (opens, closes) = Interval(date, spans[i]);
                var end = closes < instant ? closes : instant;
                if (end <= opens)
                {
                    continue;
                }

                if (left <= end - opens)
                {
                    return end - left;
                }

                left -= end - opens;
            }

            date = Step(date, -1, searched, SearchDays);
        }
    }

    private (DateTimeOffset Opens, DateTimeOffset Closes) Interval(DateOnly date, WorkSpan span) =>
        (_zone.At(date, span.Start, lastOccurrence: false),
            span.End == TimeOnly.MinValue ? _zone.StartOf(date.AddDays(1)) : _zone.At(date, span.End));

    private static DateOnly Step(DateOnly date, int step, int searched, int limit) =>
        searched < limit && date > First && date < Last ? date.AddDays(step) : throw OutOfRange();

    private static InvalidTimeRuleException OutOfRange() =>
        new("calendar.out-of-range", "The date is out of the calendar's range: about a hundred years, between 1900 and 2400.");
}

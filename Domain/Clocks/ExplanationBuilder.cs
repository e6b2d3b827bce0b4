namespace CaseManagement.Domain.Clocks;

/// <summary>Collects what explains a due time: the days inside it, the pauses and what they added, the extensions, the rule.</summary>
internal sealed class ExplanationBuilder(TimeLimit limit, WorkCalendar calendar, DateTimeOffset startedAt)
{
    private const int MaxDays = 400;

    public DueExplanation Build(
        DateTimeOffset? dueAt,
        DateOnly? promised,
        bool provisional,
        DateOnly? rolledFrom,
        IReadOnlyList<Suspension> suspensions,
        IReadOnlyList<Extension> extensions)
    {
        var working = limit.Unit.CountsWorkingTime();
        var inside = dueAt is { } due ? DatesTo(due) : [];
        return new DueExplanation
        {
            LimitKey = limit.Key,
            LimitVersion = limit.Version,
            LimitName = limit.Name,
            Clause = limit.Clause,
            From = limit.From,
            FromName = limit.FromName,
            Calendar = calendar.Id,
            Zone = calendar.Zone,
            StartedAt = startedAt,
            DueAt = dueAt,
            Unit = limit.Unit,
            Amount = limit.Budget?.Amount,
            CountFrom = limit.CountFrom,
            RunsTo = limit.RunsTo,
            RolledFrom = rolledFrom,
            Promised = promised,
            Provisional = provisional,
            PublishedThrough = calendar.PublishedThrough,
            DaysOff = working ? Holidays(inside) : [],
            MakeUpDays = working ? [.. inside.Where(calendar.IsMakeUpDay)] : [],
            Pauses = [.. suspensions.OrderBy(pause => pause.From).Select(Explained)],
            Extensions = extensions,
            OrdinaryDay = calendar.OrdinaryDay,
            Days = dueAt is { } end ? new DayStrip(limit, calendar, startedAt, end, suspensions, extensions).Cells(inside) : [],
        };
    }

    private DateOnly[] DatesTo(DateTimeOffset due)
    {
        var (first, last) = (calendar.DateOf(startedAt), calendar.DateOf(due));
        var count = last.DayNumber - first.DayNumber + 1;
        return count is > 0 and <= MaxDays ? [.. Enumerable.Range(0, count).Select(first.AddDays)] : [];
    }

    // A weekend between two holidays belongs to the holiday; one at its edge does not.
    private List<DateRange> Holidays(DateOnly[] dates)
    {
        var runs = new List<DateRange>();
        foreach (var date in dates.Where(calendar.IsHoliday))
        {
            if (runs is [.., var last] && Enumerable.Range(1, date.DayNumber - last.To.DayNumber - 1).All(i => !calendar.IsWorkingDay(last.To.AddDays(i))))
            {
                runs[^1] = last with { To = date };
            }
            else
            {
                runs.Add(new DateRange(date, date));
            }
        }

        return runs;
    }

    private ExplainedPause Explained(Suspension pause)
    {
        var counted = Suspended.Of([pause], startedAt);
        var added = counted.Count == 0 ? TimeSpan.Zero : counted[0].Length(limit.Unit, calendar);
        return new ExplainedPause(pause.Reason, pause.By, pause.From, pause.To, added);
    }
}

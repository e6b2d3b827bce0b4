namespace CaseManagement.Domain.Clocks.Import;

/// <summary>Brings imported days into a calendar.</summary>
public static class HolidayImport
{
    /// <summary>The calendar with the days in it. Nothing is checked; <see cref="WorkCalendar.From"/> does that.</summary>
    /// <param name="into">The calendar as it is.</param>
    /// <param name="events">The days, with the meaning that was chosen.</param>
    /// <param name="replacesYears">The years these days lie in lose the holidays and make-up days they had.</param>
    /// <param name="publishedThrough">The last day whose holidays are then known; none leaves it as it is.</param>
    public static WorkCalendarDocument Merge(
        WorkCalendarDocument into, IReadOnlyList<HolidayEvent> events, bool replacesYears, DateOnly? publishedThrough)
    {
        ArgumentNullException.ThrowIfNull(into);
        ArgumentNullException.ThrowIfNull(events);
        var chosen = events.Where(one => one.Meaning != DayMeaning.Ignored).ToList();

        // a holiday that begins in the last days of a year belongs to the next one
        var years = replacesYears ? chosen.Select(one => one.To.Year).ToHashSet() : [];
        var holidays = (into.Holidays ?? []).Where(day => !years.Contains(day.Year)).ToHashSet();
        var makeUpDays = (into.MakeUpDays ?? []).Where(day => !years.Contains(day.Year)).ToHashSet();
        var special = (into.SpecialDays ?? new Dictionary<DateOnly, string[][]>()).ToDictionary();
        var names = (into.Names ?? new Dictionary<DateOnly, string>()).Where(one => !years.Contains(one.Key.Year)).ToDictionary();
        foreach (var one in chosen.OrderBy(one => one.Meaning))
        {
            foreach (var day in one.Days)
            {
                names.Remove(day);
                if (one.Meaning == DayMeaning.Off)
                {
                    holidays.Add(day);
                    makeUpDays.Remove(day);
                    special.Remove(day);
                }
                else
                {
                    holidays.Remove(day);
                    makeUpDays.Add(day);
                }

                if (one.Name.Length > 0)
                {
                    names[day] = one.Name;
                }
            }
        }

        return into with
        {
            Holidays = [.. holidays.Order()],
            MakeUpDays = [.. makeUpDays.Order()],
            MakeUpAs = (into.MakeUpAs ?? new Dictionary<DateOnly, string>()).Where(day => makeUpDays.Contains(day.Key)).ToDictionary(),
            SpecialDays = special,
            Names = names,
            PublishedThrough = publishedThrough ?? into.PublishedThrough,
        };
    }
}

namespace CaseManagement.Domain.Clocks.Import;

/// <summary>Brings imported days into a calendar.</summary>
public static class HolidayImport
{
    /// <summary>The calendar with the days in it. Nothing is checked; <see cref="WorkCalendar.From"/> does that.</summary>
    /// <param name="into">The calendar as it is.</param>
    /// <param name="file">The days, with the meaning that was chosen.</param>
    /// <param name="replacesYears">The years these days lie in lose the holidays and make-up days they had.</param>
    /// <param name="publishedThrough">The last day whose holidays are then known; none leaves it as it is.</param>
    public static WorkCalendarDocument Merge(
        WorkCalendarDocument into, HolidayFile file, bool replacesYears, DateOnly? publishedThrough)
    {
        ArgumentNullException.ThrowIfNull(into);
        ArgumentNullException.ThrowIfNull(file);
        var chosen = file.Events.Where(one => one.Meaning != DayMeaning.Ignored).ToList();

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

        var makeUpAs = (into.MakeUpAs ?? new Dictionary<DateOnly, string>()).Where(day => makeUpDays.Contains(day.Key)).ToDictionary();
        foreach (var (day, weekday) in file.MakeUpAs ?? new Dictionary<DateOnly, string>())
        {
            makeUpAs[day] = weekday;
        }

        foreach (var (day, hours) in file.SpecialDays ?? new Dictionary<DateOnly, string[][]>())
        {
            special[day] = hours;
            holidays.Remove(day);
        }

        return into with
        {
            Holidays = [.. holidays.Order()],
            MakeUpDays = [.. makeUpDays.Order()],
            MakeUpAs = makeUpAs,
            SpecialDays = special,
            Names = names,
            PublishedThrough = publishedThrough ?? into.PublishedThrough,
        };
    }
}

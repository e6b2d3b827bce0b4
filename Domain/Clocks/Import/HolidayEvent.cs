using System.Text.Json.Serialization;

namespace CaseManagement.Domain.Clocks.Import;

/// <summary>What an event of an imported calendar means for work.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<DayMeaning>))]
public enum DayMeaning
{
    /// <summary>Nobody works.</summary>
    Off,

    /// <summary>Worked, although the week may say off.</summary>
    Worked,

    /// <summary>Nothing; it only has a name.</summary>
    Ignored,
}

/// <summary>All-day event of an imported calendar.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day, included.</param>
/// <param name="Name">What it is called, without marks such as "(休)".</param>
/// <param name="Meaning">A guess until somebody has chosen.</param>
public sealed record HolidayEvent(DateOnly From, DateOnly To, string Name, DayMeaning Meaning)
{
    public IEnumerable<DateOnly> Days => Enumerable.Range(0, To.DayNumber - From.DayNumber + 1).Select(From.AddDays);
}

/// <summary>What was found in a file.</summary>
/// <param name="Events">All-day events in order of their first day.</param>
/// <param name="Skipped">Events with a time of day, which say nothing about whole days.</param>
public sealed record HolidayFile(IReadOnlyList<HolidayEvent> Events, int Skipped)
{
    /// <summary>Files with more events than this are refused.</summary>
    public const int MaxEvents = 400;

    /// <summary>Longer events are refused, in days.</summary>
    public const int MaxDays = 100;

    /// <summary>Days with hours of their own.</summary>
    public IReadOnlyDictionary<DateOnly, string[][]>? SpecialDays { get; init; }

    /// <summary>Make-up days worked by the hours of a weekday.</summary>
    public IReadOnlyDictionary<DateOnly, string>? MakeUpAs { get; init; }

    /// <summary>The last day the file knows about; the end of its last year unless it says so itself.</summary>
    public DateOnly? PublishedThrough { get; init; } = Events.Count == 0 ? null : new DateOnly(Events.Max(one => one.To.Year), 12, 31);

    /// <summary>Refuses what no file may hold, as when it was kept by a page in the meantime.</summary>
    /// <exception cref="InvalidTimeRuleException"><c>ics.too-many-events</c>, <c>ics.event-too-long</c>, <c>ics.date-unreadable</c></exception>
    public HolidayFile EnsureBounded()
    {
        if (Events.Count > MaxEvents)
        {
            throw new InvalidTimeRuleException("ics.too-many-events", $"More than {MaxEvents} all-day events; import one year at a time.", MaxEvents);
        }

        foreach (var one in Events)
        {
            if (one.From.Year < 1900 || one.To.Year >= 2400 || one.To < one.From)
            {
                throw new InvalidTimeRuleException("ics.date-unreadable", $"\"{one.Name}\" does not lie between 1900 and 2400.", one.Name);
            }

            if (one.To.DayNumber - one.From.DayNumber >= MaxDays)
            {
                throw new InvalidTimeRuleException("ics.event-too-long", $"\"{one.Name}\" is longer than {MaxDays} days.", one.Name, MaxDays);
            }
        }

        return this;
    }
}

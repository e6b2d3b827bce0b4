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
    /// <summary>The last year the file knows about: it is published to its end.</summary>
    public DateOnly? PublishedThrough => Events.Count == 0 ? null : new DateOnly(Events.Max(one => one.To.Year), 12, 31);
}

using System.Globalization;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Workflows.Simulation.Scenarios;

/// <summary>Moments in a scenario: local minutes in its zone, or an instant with an offset.</summary>
internal sealed class ScenarioTimes(WorkCalendar zone)
{
    /// <exception cref="ScenarioFailedException">The text is no moment.</exception>
    public DateTimeOffset Read(string text) => TryRead(text) ?? throw new ScenarioFailedException($"'{text}' is not a moment.");

    /// <summary>Null when the text is no moment, or one that no calendar reaches.</summary>
    public DateTimeOffset? TryRead(string text)
    {
        if (text.Length > 16 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var instant)
            && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10))
        {
            return instant.Year is >= FactLimits.MinYear and <= FactLimits.MaxYear ? instant.ToUniversalTime() : null;
        }

        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && local.Year is >= FactLimits.MinYear and <= FactLimits.MaxYear
            ? zone.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local))
            : null;
    }

    /// <summary>The day of an instant in the zone.</summary>
    public DateOnly DayOf(DateTimeOffset at) => zone.DateOf(at);

    /// <summary>A moment as scenarios write it, to the minute.</summary>
    public string? Write(DateTimeOffset? instant) => instant is not { } at
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{zone.DateOf(at):yyyy-MM-dd}T{zone.TimeOf(at):HH:mm}");
}

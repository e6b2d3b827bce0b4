using System.Globalization;
using CaseManagement.Domain.Clocks;

namespace CaseManagement.Workflows.Simulation.Scenarios;

/// <summary>Moments in a scenario: local minutes in its zone, or an instant with an offset.</summary>
internal sealed class ScenarioTimes(WorkCalendar zone)
{
    /// <exception cref="ScenarioFailedException">The text is no moment.</exception>
    public DateTimeOffset Read(string text)
    {
        if (text.Length > 16 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var instant)
            && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10))
        {
            return instant.ToUniversalTime();
        }

        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? zone.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local))
            : throw new ScenarioFailedException($"'{text}' is not a moment.");
    }

    /// <summary>A moment as scenarios write it, to the minute.</summary>
    public string? Write(DateTimeOffset? instant) => instant is not { } at
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{zone.DateOf(at):yyyy-MM-dd}T{zone.TimeOf(at):HH:mm}");
}

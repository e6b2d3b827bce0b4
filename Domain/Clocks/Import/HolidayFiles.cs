using System.Text.Json;

namespace CaseManagement.Domain.Clocks.Import;

/// <summary>Reads whichever kind of file holds the days: iCalendar, a calendar as the API writes it, or a year of chinese-days.</summary>
public static class HolidayFiles
{
    private const int MaxDepth = 10;

    /// <exception cref="InvalidTimeRuleException">A code of <see cref="IcsReader.Read"/>, or one of <see cref="WorkCalendar.From"/>.</exception>
    public static HolidayFile Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > IcsReader.MaxLength)
        {
            throw new InvalidTimeRuleException("ics.too-long", $"The file is longer than {IcsReader.MaxLength} characters.", IcsReader.MaxLength);
        }

        return text.AsSpan().TrimStart('\uFEFF').TrimStart().StartsWith("{") ? ReadJson(text.TrimStart('\uFEFF')) : IcsReader.Read(text);
    }

    /// <summary>Neighbouring days of one name as one event.</summary>
    internal static IEnumerable<HolidayEvent> Runs(IEnumerable<(DateOnly Day, string Name)> days, DayMeaning meaning)
    {
        HolidayEvent? run = null;
        foreach (var (day, name) in days.OrderBy(one => one.Day))
        {
            if (run is not null && run.To.AddDays(1) == day && run.Name == name)
            {
                run = run with { To = day };
                continue;
            }

            if (run is not null)
            {
                yield return run;
            }

            run = new HolidayEvent(day, day, name, meaning);
        }

        if (run is not null)
        {
            yield return run;
        }
    }

    private static HolidayFile ReadJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            if (json.RootElement.TryGetProperty("holidays", out var holidays) && holidays.ValueKind == JsonValueKind.Object)
            {
                return ChineseDays.Read(text);
            }
        }
        catch (JsonException)
        {
            throw new InvalidTimeRuleException("ics.unreadable", "The file is neither an iCalendar file nor JSON.");
        }

        try
        {
            return DaysOf(WorkCalendarDocument.Parse(text));
        }
        catch (InvalidTimeRuleException unreadable) when (unreadable.Code == "calendar.unreadable")
        {
            throw new InvalidTimeRuleException("ics.unreadable", "The JSON is not a calendar: " + unreadable.Message);
        }
    }

    private static HolidayFile DaysOf(WorkCalendarDocument document)
    {
        var off = Runs((document.Holidays ?? []).Distinct().Select(Named), DayMeaning.Off);
        var worked = Runs((document.MakeUpDays ?? []).Distinct().Select(Named), DayMeaning.Worked);
        var file = new HolidayFile([.. off.Concat(worked).OrderBy(one => one.From)], 0)
        {
            SpecialDays = document.SpecialDays,
            MakeUpAs = document.MakeUpAs,
        };
        return file.Events.Count == 0 && file.SpecialDays is not { Count: > 0 }
            ? throw new InvalidTimeRuleException("ics.no-days", "The file has no days off and no make-up days.")
            : (document.PublishedThrough is { } through ? file with { PublishedThrough = through } : file).EnsureBounded();

        (DateOnly, string) Named(DateOnly day) => (day, document.Names?.GetValueOrDefault(day) ?? "");
    }
}

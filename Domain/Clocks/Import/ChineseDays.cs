using System.Text.Json;

namespace CaseManagement.Domain.Clocks.Import;

/// <summary>
/// Reads a year of the State Council's arrangement as the npm package chinese-days (MIT) writes it: days off and make-up days by date, each
/// "English name,Chinese name,length".
/// </summary>
public static class ChineseDays
{
    /// <exception cref="InvalidTimeRuleException"><c>ics.unreadable</c>: not of that shape.</exception>
    public static HolidayFile Read(string json)
    {
        try
        {
            var year = JsonSerializer.Deserialize<Year>(json, JsonSerializerOptions.Web);
            return new HolidayFile(
                [.. Runs(year?.Holidays, DayMeaning.Off).Concat(Runs(year?.Workdays, DayMeaning.Worked)).OrderBy(one => one.From)], 0).EnsureBounded();
        }
        catch (JsonException)
        {
            throw new InvalidTimeRuleException("ics.unreadable", "This is not a year of Chinese holidays.");
        }
    }

    private static IEnumerable<HolidayEvent> Runs(Dictionary<DateOnly, string>? days, DayMeaning meaning) =>
        HolidayFiles.Runs((days ?? []).Select(one => (one.Key, one.Value.Split(',') is [_, var chinese, ..] ? chinese : one.Value)), meaning);

    private sealed record Year(Dictionary<DateOnly, string>? Holidays, Dictionary<DateOnly, string>? Workdays);
}

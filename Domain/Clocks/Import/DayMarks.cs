using System.Text.RegularExpressions;

namespace CaseManagement.Domain.Clocks.Import;

/// <summary>Reads from an event's name whether people work. A mark in brackets, such as "(休)" or "（班）", says it outright.</summary>
internal static partial class DayMarks
{
    /// <summary>The meaning a name has by itself; none when it says nothing.</summary>
    public static DayMeaning? Of(string name) =>
        MarkedOff().IsMatch(name) ? DayMeaning.Off
        : MarkedWorked().IsMatch(name) ? DayMeaning.Worked
        : SaysWorked().IsMatch(name) ? DayMeaning.Worked
        : SaysOff().IsMatch(name) ? DayMeaning.Off
        : null;

    /// <summary>The name without its mark.</summary>
    public static string Bare(string name) => Mark().Replace(name, "").Trim() is { Length: > 0 } bare ? bare : name;

    /// <summary>Where some events say what they mean, those that do not are no days off: names of feasts and seasons. Where none does, all are.</summary>
    public static IReadOnlyList<HolidayEvent> Guess(IReadOnlyList<(HolidayEvent Event, DayMeaning? Said)> events)
    {
        var silent = events.Any(one => one.Said is not null) ? DayMeaning.Ignored : DayMeaning.Off;
        return [.. events.Select(one => one.Event with { Meaning = one.Said ?? silent, Name = Bare(one.Event.Name) })];
    }

    [GeneratedRegex(@"[(（]\s*(休|休息|放假|day off|off|holiday)\s*[)）]", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex MarkedOff();

    [GeneratedRegex(@"[(（]\s*(班|补班|上班|work|workday|working day)\s*[)）]", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex MarkedWorked();

    [GeneratedRegex(@"补班|上班|调休工作|workday|working day|make-?up day", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex SaysWorked();

    [GeneratedRegex(@"休|放假|\bday off\b|\bholiday\b", RegexOptions.IgnoreCase)]
    private static partial Regex SaysOff();

    [GeneratedRegex(@"\s*[(（]\s*(休|休息|放假|day off|off|holiday|班|补班|上班|work|workday|working day)\s*[)）]\s*", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Mark();
}

using System.Text.Json.Nodes;
using CaseManagement.Domain.Clocks;
using CaseManagement.Web.Persistence.Settings;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>A calendar being changed: it may not be countable yet.</summary>
internal sealed record CalendarDraft(string Id, WorkCalendarDocument Document)
{
    public static CalendarDraft Of(CalendarVersion stored) => new(stored.Key, WorkCalendarDocument.Parse(stored.Json) with { Id = null });

    /// <summary>What holidays and make-up days are called.</summary>
    public IReadOnlyDictionary<DateOnly, string> Names => Document.Names ?? new Dictionary<DateOnly, string>();

    /// <exception cref="InvalidTimeRuleException">See <see cref="WorkCalendar.From"/>.</exception>
    public WorkCalendar Calendar() => WorkCalendar.From(Id, Document);

    /// <summary>Whether it counts as <paramref name="other"/> does and names its days alike.</summary>
    /// <exception cref="InvalidTimeRuleException">See <see cref="WorkCalendar.From"/>.</exception>
    public bool IsSameAs(CalendarDraft other) =>
        JsonNode.DeepEquals(JsonNode.Parse(Calendar().ToDocument().ToJson()), JsonNode.Parse(other.Calendar().ToDocument().ToJson()));

    /// <summary>The same calendar with a day that is what its look says; Working and Weekend follow the week unless there are hours.</summary>
    /// <param name="edit">The day, its look, name and weekday.</param>
    /// <param name="hours">Hours of its own; none where it has the usual ones.</param>
    public CalendarDraft With(DayEdit edit, string[][] hours)
    {
        var day = edit.Day;
        var names = Names.Where(one => one.Key != day).ToDictionary();
        var (isOff, isMakeUp) = (edit.Look == CalendarDayLook.Holiday, edit.Look == CalendarDayLook.MakeUp);
        if (!string.IsNullOrWhiteSpace(edit.Name) && (isOff || isMakeUp || hours.Length > 0))
        {
            names[day] = edit.Name.Trim();
        }

        var special = (Document.SpecialDays ?? new Dictionary<DateOnly, string[][]>()).Where(one => one.Key != day).ToDictionary();
        if (!isOff && hours.Length > 0)
        {
            special[day] = hours;
        }

        var makeUpAs = (Document.MakeUpAs ?? new Dictionary<DateOnly, string>()).Where(one => one.Key != day).ToDictionary();
        if (isMakeUp && !string.IsNullOrEmpty(edit.As) && hours.Length == 0)
        {
            makeUpAs[day] = edit.As;
        }

        return this with
        {
            Document = Document with
            {
                Names = names,
                Holidays = Changed(Document.Holidays, day, isOff),
                MakeUpDays = Changed(Document.MakeUpDays, day, isMakeUp),
                MakeUpAs = makeUpAs,
                SpecialDays = special,
            },
        };
    }

    private static List<DateOnly> Changed(IReadOnlyList<DateOnly>? days, DateOnly day, bool isIn) =>
        [.. (days ?? []).Where(one => one != day).Concat(isIn ? [day] : [])];
}

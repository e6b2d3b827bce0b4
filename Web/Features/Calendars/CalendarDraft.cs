using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Clocks;
using CaseManagement.Web.Persistence.Settings;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>A stored calendar with the names of its days, which its stored text carries beside what is counted with.</summary>
internal sealed record CalendarDraft(string Id, WorkCalendarDocument Document, IReadOnlyDictionary<DateOnly, string> Names)
{
    private const string NamesMember = "names";

    public static CalendarDraft Of(CalendarVersion stored)
    {
        var names = JsonNode.Parse(stored.Json)?[NamesMember] is JsonObject written
            ? written.Deserialize<Dictionary<DateOnly, string>>()
            : null;
        return new CalendarDraft(stored.Key, WorkCalendarDocument.Parse(stored.Json) with { Id = null }, names ?? []);
    }

    /// <exception cref="InvalidTimeRuleException">See <see cref="WorkCalendar.From"/>.</exception>
    public WorkCalendar Calendar() => WorkCalendar.From(Id, Document);

    /// <summary>The same calendar with a day that is what <paramref name="look"/> says; Working and Weekend follow the week.</summary>
    public CalendarDraft With(DateOnly day, CalendarDayLook look, string? name)
    {
        var names = Names.Where(one => one.Key != day).ToDictionary();
        if (!string.IsNullOrWhiteSpace(name) && look is CalendarDayLook.Holiday or CalendarDayLook.MakeUp)
        {
            names[day] = name.Trim();
        }

        return this with
        {
            Names = names,
            Document = Document with
            {
                Holidays = Changed(Document.Holidays, day, look == CalendarDayLook.Holiday),
                MakeUpDays = Changed(Document.MakeUpDays, day, look == CalendarDayLook.MakeUp),
                SpecialDays = Document.SpecialDays?.Where(one => one.Key != day).ToDictionary(),
            },
        };
    }

    /// <summary>The text to store.</summary>
    /// <exception cref="InvalidTimeRuleException">The calendar cannot be counted with.</exception>
    public string ToJson()
    {
        var json = JsonNode.Parse(Calendar().ToDocument().ToJson())!;
        if (Names.Count > 0)
        {
            json[NamesMember] = JsonSerializer.SerializeToNode(Names.OrderBy(one => one.Key).ToDictionary());
        }

        return json.ToJsonString();
    }

    private static List<DateOnly> Changed(IReadOnlyList<DateOnly>? days, DateOnly day, bool isIn) =>
        [.. (days ?? []).Where(one => one != day).Concat(isIn ? [day] : [])];
}

using System.Text.Json;

namespace CaseManagement.Domain.Packs.Reading;

/// <summary>Reads <c>organisation.json</c> and <c>calendars.json</c>.</summary>
internal static class OrganisationReader
{
    public static readonly Organisation Empty = new([], [], []);

    public static Organisation Read(PackObject json) => new(
        json.Keyed("departments", IdentityReader.Named, department => department.Key),
        json.Keyed("roles", Role, role => role.Key),
        json.Keyed("bodies", IdentityReader.Named, body => body.Key));

    public static IReadOnlyList<PackCalendar> Calendars(PackObject json) => json.Keyed("calendars", Calendar, calendar => calendar.Key);

    private static PackRole Role(PackObject json)
    {
        var cover = json.TextOrNull("cover");
        if (cover is not (null or "always"))
        {
            json.Wrong("cover", " always", "always");
        }

        return new PackRole(json.Key(), json.Names("name"))
        {
            Department = json.TextOrNull("department"),
            PerDepartment = json.Flag("perDepartment"),
            AlwaysCovered = cover == "always",
        };
    }

    private static PackCalendar Calendar(PackObject json)
    {
        // bindTo tells the person who installs the pack what to choose; week is a proposal for that calendar.
        _ = json.TextOrNull("bindTo");
        if (json.Object("week") is { } week)
        {
            var days = new[] { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
            if (!days.Any(day => week.Member(day) is { ValueKind: JsonValueKind.Array } hours && hours.GetArrayLength() > 0))
            {
                json.Error(FindingCodes.CalendarWithoutWork, "week", "日历没有工作日", "The calendar has no working day");
            }
        }

        return new PackCalendar(json.Key(), json.Names("name"));
    }
}

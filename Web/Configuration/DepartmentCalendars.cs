namespace CaseManagement.Web.Configuration;

/// <summary>Which calendar each department counts by: its own, or that of the nearest department above that has one.</summary>
public static class DepartmentCalendars
{
    private const int MaxDepth = 50;

    /// <param name="departments">The department above and the calendar of each department.</param>
    /// <returns>The calendar's key by department; departments without one are left out.</returns>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, (string? Parent, string? Calendar)> departments)
    {
        var calendars = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in departments.Keys)
        {
            var at = key;
            for (var depth = 0; depth < MaxDepth && at is not null && departments.TryGetValue(at, out var department); depth++)
            {
                if (department.Calendar is { } calendar)
                {
                    calendars[key] = calendar;
                    break;
                }

                at = department.Parent;
            }
        }

        return calendars;
    }
}

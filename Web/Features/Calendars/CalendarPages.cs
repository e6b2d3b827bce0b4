using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>Reads working calendars for their page and changes their days.</summary>
public interface ICalendarPages
{
    /// <summary>A year of a calendar, the first calendar and the current year unless named; null when there is none.</summary>
    Task<CalendarPage?> GetAsync(string? id, int? year, DateOnly? day, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Which open cases a changed day would move. Stores nothing.</summary>
    Task<LimitPreview?> PreviewAsync(string id, DayEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>One transaction; refused when the preview is stale.</summary>
    Task<ActionAnswer> ApplyAsync(string id, DayEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>What a day is.</summary>
public enum CalendarDayLook
{
    Working,

    /// <summary>Off by the week.</summary>
    Weekend,

    /// <summary>Off, although the week says otherwise or the law names it.</summary>
    Holiday,

    /// <summary>Worked, although the week says off.</summary>
    MakeUp,

    /// <summary>Past the published calendar.</summary>
    Unpublished,
}

/// <summary>What the day's form posts.</summary>
public sealed record DayEdit
{
    public DateOnly Day { get; init; }

    /// <summary>What the day becomes; Working and Weekend mean "as the week says".</summary>
    public CalendarDayLook Look { get; init; }
    public string? Name { get; init; }
    public string? Reason { get; init; }
    public string? Version { get; init; }
}

/// <summary>A day of the sheet.</summary>
public sealed record CalendarDay(DateOnly Day, CalendarDayLook Look, bool Today = false, string? Name = null);

/// <summary>A month: its days in order.</summary>
public sealed record CalendarMonth(DateOnly First, IReadOnlyList<CalendarDay> Days);

/// <summary>A line of the week's hours: "周一至周五", "09:00 – 18:00", "9 工作时".</summary>
public sealed record WeekLine(string Days, string Hours, string Sum);

/// <summary>A holiday and the days worked for it.</summary>
public sealed record HolidayLine(string Name, DateOnly From, DateOnly To, IReadOnlyList<DateOnly> MakeUpDays);

/// <summary>One year of a working calendar.</summary>
public sealed record CalendarPage
{
    public required IReadOnlyList<Choice> Calendars { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Edition, how far published, where used.</summary>
    public required string Remark { get; init; }
    public required string Zone { get; init; }
    public required int Year { get; init; }
    public required IReadOnlyList<CalendarMonth> Months { get; init; }
    public required IReadOnlyList<WeekLine> Week { get; init; }
    public required IReadOnlyList<HolidayLine> Holidays { get; init; }
    public Note? Note { get; init; }
    public string? ImportHref { get; init; }

    /// <summary>The form that changes the weekly hours; absent when this reader may not.</summary>
    public WeekPanel? Hours { get; init; }

    /// <summary>The day that was picked.</summary>
    public DayPanel? Day { get; init; }
}

/// <summary>The picked day; the form is there when this reader may change it.</summary>
public sealed record DayPanel
{
    public required CalendarDay Day { get; init; }
    public required bool WeekSaysWork { get; init; }
    public bool MayEdit { get; init; }
    public DayEdit? Edit { get; init; }
    public LimitPreview? Preview { get; init; }
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
    public Note? Note { get; init; }
}

/// <summary>A month as a sheet whose days can be picked.</summary>
public sealed record MonthSheet(string Calendar, CalendarMonth Month, DateOnly? Picked)
{
    /// <summary>Weeks from Monday; days of other months are absent.</summary>
    public IEnumerable<CalendarDay?[]> Weeks => Enumerable
        .Repeat<CalendarDay?>(null, ((int)Month.First.DayOfWeek + 6) % 7)
        .Concat(Month.Days)
        .Chunk(7);
}

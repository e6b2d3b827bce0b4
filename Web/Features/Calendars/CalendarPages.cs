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

    /// <summary>Worked by hours of its own.</summary>
    OwnHours,
}

/// <summary>What the day's form posts.</summary>
public sealed record DayEdit
{
    public DateOnly Day { get; init; }

    /// <summary>What the day becomes; Working and Weekend mean "as the week says".</summary>
    public CalendarDayLook Look { get; init; }
    public string? Name { get; init; }

    /// <summary>Hours of its own as typed; empty for the usual ones.</summary>
    public string? Hours { get; init; }

    /// <summary>The weekday whose hours a make-up day has, <c>mon</c> to <c>sun</c>; empty for those of an ordinary day.</summary>
    public string? As { get; init; }
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

    /// <summary>Changes that were made, newest first.</summary>
    public IReadOnlyList<CalendarHistoryLine> History { get; init; } = [];

    /// <summary>Names, copies and departments; absent when this reader may not.</summary>
    public RegisterPanel? Register { get; init; }

    /// <summary>The form that changes the weekly hours; absent when this reader may not.</summary>
    public WeekPanel? Hours { get; init; }

    /// <summary>The day that was picked.</summary>
    public DayPanel? Day { get; init; }
}

/// <summary>A change that was made.</summary>
/// <param name="Version">The version it made.</param>
/// <param name="Change">What changed: "holidays +7, make-up days +2".</param>
/// <param name="UndoHref">Where to take it back; only the newest can be.</param>
public sealed record CalendarHistoryLine(int Version, DateTimeOffset At, string Change, string Reason, string By, string? UndoHref);

/// <summary>A department and the calendar of its own, if it has one.</summary>
public sealed record DepartmentLine(string Key, string Name, string? Calendar);

/// <summary>What an administrator does with calendars as a whole.</summary>
public sealed record RegisterPanel(string NameZh, string NameEn, IReadOnlyList<DepartmentLine> Departments)
{
    public string? Error { get; init; }

    /// <summary>Shown open, because what was typed needs another look.</summary>
    public bool Open { get; init; }
}

/// <summary>A change to look at before it is applied.</summary>
/// <param name="Id">The calendar.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Title">What the change is.</param>
/// <param name="Action">Where it is posted to.</param>
/// <param name="Fields">What was typed, sent again.</param>
/// <param name="Preview">What it moves.</param>
public sealed record ChangePage(
    string Id, string Name, string Title, string Action, IReadOnlyList<KeyValuePair<string, string>> Fields, LimitPreview Preview)
{
    public string? Reason { get; init; }

    /// <summary>The field that takes the reason.</summary>
    public string ReasonField { get; init; } = "Reason";
    public string? Error { get; init; }
    public bool HasReason { get; init; }
}

/// <summary>The picked day; the form is there when this reader may change it.</summary>
public sealed record DayPanel
{
    public required CalendarDay Day { get; init; }
    public required bool WeekSaysWork { get; init; }

    /// <summary>Worked weekdays, whose hours a make-up day may have.</summary>
    public IReadOnlyList<Choice> WorkedWeekdays { get; init; } = [];
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

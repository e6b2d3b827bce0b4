using System.Globalization;
using System.Security.Claims;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>Working calendars as the database has them. A change makes a new version, and open clocks are counted by it in the same commit.</summary>
internal sealed class StoredCalendars(
    IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations, CalendarDesk desk, CalendarHistory history,
    CalendarWords words, CalendarSheet sheet, IStringLocalizer<CalendarsText> text, TimeProvider clock) : ICalendarPages, ICalendarWeeks
{
    private const int LongestName = WorkCalendar.MaxName;

    private static string Language => CultureInfo.CurrentUICulture.Name;

    public async Task<CalendarPage?> GetAsync(string? id, int? year, DateOnly? day, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.CalendarVersions.AsNoTracking().Select(c => new { c.Key, c.Version, c.NameZh, c.NameEn }).ToListAsync(cancellationToken);
        var calendars = rows.GroupBy(row => row.Key, StringComparer.Ordinal).Select(g => g.MaxBy(row => row.Version)!).OrderBy(row => row.Key, StringComparer.Ordinal).ToList();
        if ((id is null ? calendars.Find(one => one.Key == "office") ?? calendars.FirstOrDefault() : calendars.Find(one => one.Key == id)) is not { } found
            || await CalendarChanges.LatestAsync(db, found.Key, cancellationToken) is not { } stored)
        {
            return null;
        }

        var draft = CalendarDraft.Of(stored);
        var calendar = draft.Calendar();
        var today = calendar.DateOf(clock.GetUtcNow());
        var shown = year ?? today.Year;
        if (shown is < 1900 or > 2400 || day is { Year: < 1900 or > 2400 })
        {
            return null;
        }

        var opened = await desk.OpenAsync(stored.Key, user, cancellationToken);
        return new CalendarPage
        {
            Calendars = [.. calendars.Select(one => new Choice(one.Key, new BilingualText(one.NameZh, one.NameEn).In(Language)))],
            Id = stored.Key,
            Name = new BilingualText(stored.NameZh, stored.NameEn).In(Language),
            Remark = await RemarkAsync(stored, calendar, cancellationToken),
            Zone = calendar.Zone,
            Year = shown,
            Months = [.. Enumerable.Range(1, 12).Select(month => CalendarSheet.Month(draft, calendar, shown, month, today))],
            Week = words.Week(draft.Document),
            Holidays = words.Holidays(draft, calendar, shown),
            Note = sheet.Unpublished(calendar, shown, await ProvisionalAsync(db, cancellationToken)),
            ImportHref = opened is null ? null : $"/calendars/{Uri.EscapeDataString(stored.Key)}/import",
            Day = day is { } picked ? await DayOfAsync(draft, calendar, picked, today, opened, cancellationToken) : null,
            Hours = opened is null ? null : new WeekPanel(sheet.Form(draft.Document), opened.Version),
            History = await history.ReadAsync(db, stored.Key, stored.Version, opened is not null, cancellationToken),
            Register = opened is null ? null : new RegisterPanel(stored.NameZh, stored.NameEn, await CalendarRegister.DepartmentsAsync(db, cancellationToken)),
        };
    }

    public async Task<LimitPreview?> PreviewAsync(string id, DayEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await desk.OpenAsync(id, user, cancellationToken) is { } opened ? await PreviewAsync(opened, edit, cancellationToken) : null;

    public async Task<ActionAnswer> ApplyAsync(string id, DayEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(id, user, cancellationToken) is not { } opened)
        {
            return ActionAnswer.NotFound;
        }

        if (edit.Version != opened.Version)
        {
            return ActionAnswer.Refused(text["Stale"]);
        }

        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (desk.WrongReason(edit.Reason) is { } reason)
        {
            errors[nameof(DayEdit.Reason)] = reason;
        }

        var (after, wrong, field) = Changed(opened.Draft, edit);
        if (wrong is not null && field is not null)
        {
            errors[field] = wrong;
        }

        return errors.Count > 0 || after is null
            ? ActionAnswer.Invalid(field is null ? wrong : null, errors)
            : await desk.ApplyAsync(opened, after, edit.Version, edit.Reason!, cancellationToken);
    }

    public async Task<ActionAnswer> ChangeAsync(string id, string? version, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(id, user, cancellationToken) is not { } opened)
        {
            return ActionAnswer.NotFound;
        }

        if (version != opened.Version)
        {
            return ActionAnswer.Refused(text["Stale"]);
        }

        var input = new WeekInput(answers, words, text);
        var after = input.ApplyTo(opened.Draft);
        return input.Errors.Count > 0
            ? ActionAnswer.Invalid(null, input.Errors)
            : await desk.ApplyAsync(opened, after, version, input.Reason, cancellationToken);
    }

    public async Task<LimitPreview?> PreviewAsync(string id, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(id, user, cancellationToken) is not { } opened)
        {
            return null;
        }

        var input = new WeekInput(answers, words, text);
        var after = input.ApplyTo(opened.Draft);
        var today = opened.Draft.Calendar().DateOf(clock.GetUtcNow());
        return input.Errors.Keys.Any(key => key != WeekInput.ReasonField)
            ? null
            : await desk.PreviewAsync(opened, after, calendar => sheet.Example(opened.Draft.Calendar(), calendar, today), cancellationToken);
    }

    private async Task<DayPanel> DayOfAsync(
        CalendarDraft draft, WorkCalendar calendar, DateOnly day, DateOnly today, OpenedCalendar? opened, CancellationToken cancellationToken)
    {
        var shown = CalendarSheet.Day(draft, calendar, day, today);
        var edit = new DayEdit
        {
            Day = day,
            Look = shown.Look is CalendarDayLook.Holiday or CalendarDayLook.MakeUp ? shown.Look : CalendarSheet.ByTheWeek(draft, day),
            Name = shown.Name,
            Hours = CalendarWords.Typed(draft.Document.SpecialDays?.GetValueOrDefault(day)),
            As = draft.Document.MakeUpAs?.GetValueOrDefault(day),
        };
        return new DayPanel
        {
            Day = shown,
            WeekSaysWork = CalendarSheet.ByTheWeek(draft, day) == CalendarDayLook.Working,
            WorkedWeekdays = [.. CalendarWords.Weekdays.Where(one => draft.Document.Week?.GetValueOrDefault(one.Key) is { Length: > 0 })
                .Select(one => new Choice(one.Key, words.Weekday(one.Day)))],
            MayEdit = opened is not null,
            Edit = opened is null ? null : edit,
            Preview = opened is null ? null : await PreviewAsync(opened, edit, cancellationToken),
        };
    }

    private async Task<LimitPreview> PreviewAsync(OpenedCalendar opened, DayEdit edit, CancellationToken cancellationToken)
    {
        var before = opened.Draft.Calendar();
        var (after, wrong, _) = Changed(opened.Draft, edit);
        return after is null
            ? new LimitPreview { Version = opened.Version, At = clock.GetUtcNow(), Zone = before.Zone, ReadsAs = [], Error = wrong }
            : await desk.PreviewAsync(opened, after, calendar => sheet.Example(before, calendar, edit.Day), cancellationToken);
    }

    /// <summary>The calendar with the day as typed, or what is wrong and with which field.</summary>
    private (CalendarDraft? After, string? Wrong, string? Field) Changed(CalendarDraft draft, DayEdit edit)
    {
        if (edit.Day.Year is < 1900 or > 2400)
        {
            return (null, text["DateOutOfRange"], null);
        }

        if (edit.Name?.Length > LongestName)
        {
            return (null, text["NameTooLong", LongestName], nameof(DayEdit.Name));
        }

        if (edit.Look is CalendarDayLook.Unpublished or CalendarDayLook.OwnHours || !Enum.IsDefined(edit.Look)
            || (edit.Look == CalendarDayLook.MakeUp && CalendarSheet.ByTheWeek(draft, edit.Day) == CalendarDayLook.Working))
        {
            return (null, text["NoSuchDay"], null);
        }

        // the hours of a day off are left over from what it was
        var isWorked = edit.Look is CalendarDayLook.Working or CalendarDayLook.MakeUp;
        var (hours, unreadable) = isWorked ? WeekInput.Hours(edit.Hours ?? "", words, text) : ([], null);
        if (unreadable is not null)
        {
            return (null, unreadable, nameof(DayEdit.Hours));
        }

        try
        {
            var after = draft.With(edit, hours);
            _ = after.Calendar();
            return (after, null, null);
        }
        catch (InvalidTimeRuleException refused)
        {
            return (null, words.Refusal(refused), null);
        }
    }

    private async Task<string> RemarkAsync(CalendarVersion stored, WorkCalendar calendar, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var used = configuration.Published.Values.Count(process => configuration.RulesFor(process, configuration.LimitsVersion(process.Pack.Identity.Id)).Limits
            .Any(limit => (limit.Rule.Calendar ?? process.Pack.Identity.Calendar) == stored.Key));
        return calendar.PublishedThrough is { } through
            ? text["Remark", stored.Version, through.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), used]
            : text["RemarkWithoutEnd", stored.Version, used];
    }

    private static Task<int> ProvisionalAsync(CaseManagementDbContext db, CancellationToken cancellationToken) =>
        db.Clocks.Where(c => c.Provisional && c.MetAt == null && c.State != "cancelled" && c.State != "met")
            .Select(c => c.ComplaintId).Distinct().CountAsync(cancellationToken);
}

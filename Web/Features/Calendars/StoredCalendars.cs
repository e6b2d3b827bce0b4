using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>
/// Working calendars as the database has them. A change makes a new version, which limits started from then on are counted by; clocks that run
/// keep their due times until they are counted again.
/// </summary>
internal sealed class StoredCalendars(
    IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations, IConfigurationWriter writer, ConfigurationAudit audit,
    People people, CalendarWords words, CalendarSheet sheet, IStringLocalizer<CalendarsText> text, TimeProvider clock) : ICalendarPages, ICalendarWeeks
{
    private const int LongestReason = 1_000;
    private const int LongestName = 100;

    private static string Language => CultureInfo.CurrentUICulture.Name;

    public async Task<CalendarPage?> GetAsync(string? id, int? year, DateOnly? day, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.CalendarVersions.AsNoTracking().Select(c => new { c.Key, c.Version, c.NameZh, c.NameEn }).ToListAsync(cancellationToken);
        var calendars = rows.GroupBy(row => row.Key, StringComparer.Ordinal).Select(g => g.MaxBy(row => row.Version)!).OrderBy(row => row.Key, StringComparer.Ordinal).ToList();
        if ((id is null ? calendars.FirstOrDefault() : calendars.Find(one => one.Key == id)) is not { } found
            || await LatestAsync(db, found.Key, cancellationToken) is not { } stored)
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

        var isAdministrator = await AdministratorAsync(user, cancellationToken) is not null;
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
            Note = sheet.Unpublished(calendar, shown),
            Day = day is { } picked ? DayOf(draft, stored.Version, calendar, picked, today, isAdministrator) : null,
            Hours = isAdministrator ? new WeekPanel(sheet.Form(draft.Document), VersionOf(stored.Version)) : null,
        };
    }

    public async Task<LimitPreview?> PreviewAsync(string id, DayEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await AdministratorAsync(user, cancellationToken) is not null && await LatestAsync(db, id, cancellationToken) is { } stored
            ? PreviewOf(CalendarDraft.Of(stored), stored.Version, edit)
            : null;
    }

    public async Task<ActionAnswer> ApplyAsync(string id, DayEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await AdministratorAsync(user, cancellationToken) is not { } person || await LatestAsync(db, id, cancellationToken) is not { } stored)
        {
            return ActionAnswer.NotFound;
        }

        if (edit.Version != VersionOf(stored.Version))
        {
            return ActionAnswer.Refused(text["Stale"]);
        }

        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var reason = edit.Reason?.Trim() ?? "";
        if (reason.Length is 0 or > LongestReason)
        {
            errors[nameof(DayEdit.Reason)] = reason.Length == 0 ? text["ReasonMissing"] : text["ReasonTooLong", LongestReason];
        }

        var draft = CalendarDraft.Of(stored);
        var wrong = Wrong(draft, edit);
        if (errors.Count > 0 || wrong is not null)
        {
            return ActionAnswer.Invalid(wrong, errors);
        }

        return await StoreAsync(stored, draft.With(edit.Day, edit.Look, edit.Name), reason, person, cancellationToken);
    }

    public async Task<ActionAnswer> ChangeAsync(string id, string? version, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await AdministratorAsync(user, cancellationToken) is not { } person || await LatestAsync(db, id, cancellationToken) is not { } stored)
        {
            return ActionAnswer.NotFound;
        }

        if (version != VersionOf(stored.Version))
        {
            return ActionAnswer.Refused(text["Stale"]);
        }

        var input = new WeekInput(answers, words, text);
        var draft = input.ApplyTo(CalendarDraft.Of(stored));
        return input.Errors.Count > 0
            ? ActionAnswer.Invalid(null, input.Errors)
            : await StoreAsync(stored, draft, input.Reason, person, cancellationToken);
    }

    private async Task<ActionAnswer> StoreAsync(
        CalendarVersion shown, CalendarDraft draft, string reason, Person person, CancellationToken cancellationToken)
    {
        string json;
        try
        {
            json = draft.ToJson();
        }
        catch (InvalidTimeRuleException refused)
        {
            return ActionAnswer.Invalid(words.Refusal(refused));
        }

        if (JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(CalendarDraft.Of(shown).ToJson())))
        {
            return ActionAnswer.Invalid(text["NothingChanged"]);
        }

        // texts are made before or after: inside, the writer works without the reader's language
        var isStored = await writer.RunWithContextAsync(
            async (db, _) =>
            {
                if (await LatestAsync(db, shown.Key, cancellationToken) is not { } latest || latest.Version != shown.Version)
                {
                    return false;
                }

                db.CalendarVersions.Add(new CalendarVersion
                {
                    Key = latest.Key,
                    Version = latest.Version + 1,
                    NameZh = latest.NameZh,
                    NameEn = latest.NameEn,
                    Json = json,
                    At = clock.GetUtcNow(),
                    By = person.Id,
                });
                var data = new JsonObject
                {
                    ["version"] = latest.Version + 1,
                    ["before"] = JsonNode.Parse(latest.Json),
                    ["after"] = JsonNode.Parse(json),
                    ["reason"] = reason,
                };
                await audit.RecordAsync(db, $"calendar:{latest.Key}", "calendar.changed", person.AsPerformer().Actor, data, cancellationToken);
                return true;
            },
            cancellationToken);
        return isStored ? ActionAnswer.Done : ActionAnswer.Refused(text["Stale"]);
    }

    private DayPanel DayOf(CalendarDraft draft, int version, WorkCalendar calendar, DateOnly day, DateOnly today, bool isAdministrator)
    {
        var shown = CalendarSheet.Day(draft, calendar, day, today);
        var edit = new DayEdit
        {
            Day = day,
            Look = shown.Look is CalendarDayLook.Holiday or CalendarDayLook.MakeUp ? shown.Look : CalendarSheet.ByTheWeek(draft, day),
            Name = shown.Name,
        };
        return new DayPanel
        {
            Day = shown,
            WeekSaysWork = CalendarSheet.ByTheWeek(draft, day) == CalendarDayLook.Working,
            MayEdit = isAdministrator,
            Edit = isAdministrator ? edit : null,
            Preview = isAdministrator ? PreviewOf(draft, version, edit) : null,
        };
    }

    private LimitPreview PreviewOf(CalendarDraft draft, int version, DayEdit edit)
    {
        var wrong = Wrong(draft, edit);
        var before = draft.Calendar();
        return new LimitPreview
        {
            Version = VersionOf(version),
            At = clock.GetUtcNow(),
            Zone = before.Zone,
            ReadsAs = wrong is null ? sheet.Example(before, draft.With(edit.Day, edit.Look, edit.Name).Calendar(), edit.Day) : [],
            Error = wrong,
        };
    }

    private string? Wrong(CalendarDraft draft, DayEdit edit)
    {
        if (edit.Day.Year is < 1900 or > 2400)
        {
            return text["DateOutOfRange"];
        }

        if (edit.Name?.Length > LongestName)
        {
            return text["NameTooLong", LongestName];
        }

        if (edit.Look is CalendarDayLook.Unpublished || !Enum.IsDefined(edit.Look)
            || (edit.Look == CalendarDayLook.MakeUp && CalendarSheet.ByTheWeek(draft, edit.Day) == CalendarDayLook.Working))
        {
            return text["NoSuchDay"];
        }

        try
        {
            _ = draft.With(edit.Day, edit.Look, edit.Name).Calendar();
            return null;
        }
        catch (InvalidTimeRuleException refused)
        {
            return words.Refusal(refused);
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

    private async ValueTask<Person?> AdministratorAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await people.OfAsync(user, cancellationToken) is { } person && person.Is(SystemRoles.Administrator) ? person : null;

    private static Task<CalendarVersion?> LatestAsync(CaseManagementDbContext db, string id, CancellationToken cancellationToken) =>
        db.CalendarVersions.AsNoTracking().Where(c => c.Key == id).OrderByDescending(c => c.Version).FirstOrDefaultAsync(cancellationToken);

    private static string VersionOf(int version) => version.ToString(CultureInfo.InvariantCulture);
}

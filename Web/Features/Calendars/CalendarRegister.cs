using System.Globalization;
using System.Security.Claims;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Calendars;

/// <inheritdoc/>
internal sealed class CalendarRegister(
    IDbContextFactory<CaseManagementDbContext> contexts, CalendarChanges changes, CalendarDesk desk, MovePreviews previews, IStringLocalizer<CalendarsText> text)
    : ICalendarRegister
{
    private const int LongestName = 100;
    private const int MostCalendars = 200;

    /// <summary>Departments with the calendar of their own.</summary>
    public static async Task<IReadOnlyList<DepartmentLine>> DepartmentsAsync(CaseManagementDbContext db, CancellationToken cancellationToken) =>
        [.. (await db.Departments.AsNoTracking().OrderBy(d => d.Key).ToListAsync(cancellationToken))
            .Select(d => new DepartmentLine(d.Key, new BilingualText(d.NameZh, d.NameEn).In(CultureInfo.CurrentUICulture.Name), d.Calendar))];

    public async Task<ActionAnswer> RenameAsync(string id, RegisterEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(id, user, cancellationToken) is not { } opened)
        {
            return ActionAnswer.NotFound;
        }

        if (WrongName(edit) is { } wrong)
        {
            return ActionAnswer.Invalid(wrong);
        }

        var change = new CalendarChange(opened.Draft.Calendar(), new BilingualText(edit.NameZh!.Trim(), edit.NameEn!.Trim()), text["Renamed"]) { Seen = opened.Stored.Version };
        return await changes.ApplyAsync(change, opened.Administrator.AsPerformer(), cancellationToken) is null ? ActionAnswer.Refused(text["Stale"]) : ActionAnswer.Done;
    }

    public async Task<(ActionAnswer Answer, string Id)> CopyAsync(string id, RegisterEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(id, user, cancellationToken) is not { } opened)
        {
            return (ActionAnswer.NotFound, "");
        }

        if (WrongName(edit) is { } wrong)
        {
            return (ActionAnswer.Invalid(wrong), "");
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var keys = await db.CalendarVersions.Select(c => c.Key).Distinct().ToListAsync(cancellationToken);
        if (keys.Count >= MostCalendars)
        {
            return (ActionAnswer.Invalid(text["TooManyCalendars", MostCalendars]), "");
        }

        var key = Enumerable.Range(2, MostCalendars).Select(number => $"calendar-{number.ToString(CultureInfo.InvariantCulture)}").First(one => !keys.Contains(one));
        var document = edit.WithDays
            ? opened.Draft.Document
            : new WorkCalendarDocument { Zone = opened.Draft.Document.Zone, Week = opened.Draft.Document.Week };
        var change = new CalendarChange(
            WorkCalendar.From(key, document), new BilingualText(edit.NameZh!.Trim(), edit.NameEn!.Trim()), text["CopyOf", opened.Name])
        { Seen = 0 };
        return await changes.ApplyAsync(change, opened.Administrator.AsPerformer(), cancellationToken) is null
            ? (ActionAnswer.Refused(text["Stale"]), "")
            : (ActionAnswer.Done, key);
    }

    public async Task<ChangePage?> PreviewDepartmentsAsync(string id, RegisterEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(id, user, cancellationToken) is not { } opened)
        {
            return null;
        }

        var preview = previews.Of(ReadMoves.Nothing, opened.Version, opened.Draft.Calendar().Zone, []);
        try
        {
            var changed = await ChangedAsync(edit, cancellationToken);
            preview = changed.Count == 0
                ? preview with { Error = text["NothingChanged"] }
                : previews.Of(await desk.SeenAsync(opened, await changes.PreviewAsync(changed, cancellationToken), cancellationToken), opened.Version, preview.Zone, [new(text["DepartmentsChange", changed.Count])]);
        }
        catch (Domain.RuleViolationException refused)
        {
            preview = preview with { Error = text["CannotRecount", refused.Message] };
        }

        return new ChangePage(
            id, opened.Name, text["DepartmentsTitle"], $"/calendars/{Uri.EscapeDataString(id)}/departments",
            [.. edit.Departments.Select(one => KeyValuePair.Create($"Departments[{one.Key}]", one.Value ?? ""))], preview);
    }

    public async Task<ActionAnswer> ApplyDepartmentsAsync(string id, RegisterEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(id, user, cancellationToken) is not { } opened)
        {
            return ActionAnswer.NotFound;
        }

        if (desk.WrongReason(edit.Reason) is { } wrong)
        {
            return ActionAnswer.Invalid(wrong);
        }

        try
        {
            var changed = await ChangedAsync(edit, cancellationToken);
            if (changed.Count == 0)
            {
                return ActionAnswer.Invalid(text["NothingChanged"]);
            }

            await changes.ApplyAsync(changed, edit.Reason!.Trim(), opened.Administrator.AsPerformer(), cancellationToken);
            return ActionAnswer.Done;
        }
        catch (Domain.RuleViolationException refused)
        {
            return ActionAnswer.Refused(text["CannotRecount", refused.Message]);
        }
    }

    private async Task<Dictionary<string, string?>> ChangedAsync(RegisterEdit edit, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = await db.Departments.AsNoTracking().ToDictionaryAsync(d => d.Key, d => d.Calendar, StringComparer.Ordinal, cancellationToken);
        return edit.Departments.Select(one => KeyValuePair.Create(one.Key, string.IsNullOrEmpty(one.Value) ? null : one.Value))
            .Where(one => !now.TryGetValue(one.Key, out var known) || known != one.Value)
            .ToDictionary(StringComparer.Ordinal);
    }

    private string? WrongName(RegisterEdit edit) =>
        string.IsNullOrWhiteSpace(edit.NameZh) || string.IsNullOrWhiteSpace(edit.NameEn) ? text["NameMissing"].Value
        : edit.NameZh.Length > LongestName || edit.NameEn.Length > LongestName ? text["NameTooLong", LongestName].Value
        : null;
}

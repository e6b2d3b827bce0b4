using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Clocks;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>The changes of a calendar, and taking the newest one back.</summary>
internal sealed class CalendarHistory(
    IDbContextFactory<CaseManagementDbContext> contexts, CalendarDesk desk, IStringLocalizer<CalendarsText> text) : ICalendarUndo
{
    private const int Length = 10;

    public async Task<IReadOnlyList<CalendarHistoryLine>> ReadAsync(
        CaseManagementDbContext db, string id, int version, bool isAdministrator, CancellationToken cancellationToken)
    {
        var stream = CalendarChanges.StreamOf(id);
        var rows = await db.ConfigurationEvents.AsNoTracking().Where(e => e.Stream == stream && e.Type == CalendarChanges.Changed)
            .OrderByDescending(e => e.Sequence).Take(Length).ToListAsync(cancellationToken);
        return [.. rows.Select(row =>
        {
            var data = JsonNode.Parse(row.Data);
            var made = (int?)data?["version"] ?? 0;
            var mayUndo = isAdministrator && made == version && data?["before"] is JsonObject;
            return new CalendarHistoryLine(
                made, row.At, Change(Read(data?["before"]), Read(data?["after"])), (string?)data?["reason"] ?? "", row.ActorName ?? row.ActorId ?? "",
                mayUndo ? $"/calendars/{Uri.EscapeDataString(id)}/undo/{made.ToString(CultureInfo.InvariantCulture)}" : null);
        })];
    }

    public async Task<ChangePage?> PreviewUndoAsync(string id, int version, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, version, user, cancellationToken) is not (var opened, { } before))
        {
            return null;
        }

        var preview = await desk.PreviewAsync(
            opened, before, _ => [new SentencePart(Change(opened.Draft.Document, before.Document)), new(text["FullStop"])], cancellationToken);
        return new ChangePage(id, opened.Name, text["UndoTitle", version], $"/calendars/{Uri.EscapeDataString(id)}/undo/{version.ToString(CultureInfo.InvariantCulture)}", [], preview)
        {
            Reason = text["UndoReason", version],
        };
    }

    public async Task<ActionAnswer> UndoAsync(string id, int version, string? reason, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, version, user, cancellationToken) is not (var opened, { } before))
        {
            return await desk.OpenAsync(id, user, cancellationToken) is null ? ActionAnswer.NotFound : ActionAnswer.Refused(text["Stale"]);
        }

        return desk.WrongReason(reason) is { } wrong
            ? ActionAnswer.Invalid(wrong)
            : await desk.ApplyAsync(opened, before, version.ToString(CultureInfo.InvariantCulture), reason!, cancellationToken);
    }

    private async Task<(OpenedCalendar Opened, CalendarDraft Before)?> FindAsync(string id, int version, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(id, user, cancellationToken) is not { } opened || opened.Stored.Version != version)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.CalendarVersions.AsNoTracking().FirstOrDefaultAsync(c => c.Key == id && c.Version == version - 1, cancellationToken) is { } before
            ? (opened, CalendarDraft.Of(before))
            : null;
    }

    private static WorkCalendarDocument? Read(JsonNode? json) => json is null ? null : WorkCalendarDocument.Parse(json.ToJsonString());

    /// <summary>What differs, in words.</summary>
    private string Change(WorkCalendarDocument? before, WorkCalendarDocument? after)
    {
        if (before is null || after is null)
        {
            return text["ChangeNew"];
        }

        var parts = new List<string>();
        if (Counted(before.Holidays, after.Holidays) is { } off)
        {
            parts.Add(text["ChangeHolidays", off]);
        }

        if (Counted(before.MakeUpDays, after.MakeUpDays) is { } worked)
        {
            parts.Add(text["ChangeMakeUpDays", worked]);
        }

        if (Text(before.Week) != Text(after.Week) || before.Zone != after.Zone)
        {
            parts.Add(text["ChangeWeek"]);
        }

        if (Text(before.SpecialDays) != Text(after.SpecialDays) || Text(before.MakeUpAs) != Text(after.MakeUpAs))
        {
            parts.Add(text["ChangeDayHours"]);
        }

        if (before.PublishedThrough != after.PublishedThrough)
        {
            parts.Add(text["ChangePublished", after.PublishedThrough?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "—"]);
        }

        return parts.Count == 0 ? text["ChangeNames"] : string.Join(text["Separator"], parts);

        // "+2 −1"; none when nothing changed
        static string? Counted(IReadOnlyList<DateOnly>? old, IReadOnlyList<DateOnly>? now)
        {
            var (more, less) = ((now ?? []).Except(old ?? []).Count(), (old ?? []).Except(now ?? []).Count());
            return more + less == 0 ? null : string.Join(" ", new[] { more > 0 ? $"+{more}" : "", less > 0 ? $"−{less}" : "" }.Where(one => one.Length > 0));
        }

        static string Text<T>(T? value) => System.Text.Json.JsonSerializer.Serialize(value);
    }
}

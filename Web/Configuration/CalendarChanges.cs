using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>A calendar as it shall be.</summary>
/// <param name="Calendar">The new calendar; its id says which.</param>
/// <param name="Name">What it is called; none keeps the name, or takes the id for a new calendar.</param>
/// <param name="Reason">Why, for the audit record.</param>
public sealed record CalendarChange(WorkCalendar Calendar, BilingualText? Name, string? Reason)
{
    /// <summary>The version that was looked at; a newer one in the meantime refuses the change. None takes whatever is there.</summary>
    public int? Seen { get; init; }
}

/// <summary>What a change of calendars did.</summary>
/// <param name="Entry">The audit entry, as events of cases name it.</param>
/// <param name="Moved">The clocks counted again, by case.</param>
/// <param name="Stored">The calendar's new version; none when departments changed theirs.</param>
public sealed record AppliedCalendars(string Entry, IReadOnlyList<MovedClock> Moved, CalendarVersion? Stored);

/// <summary>
/// Changes calendars: the change, its audit entry and every open clock counted otherwise by it, in one commit. The preview counts in the same way
/// and throws the result away.
/// </summary>
public sealed class CalendarChanges(
    StoredConfigurations configurations, IConfigurationWriter writer, IDbContextFactory<CaseManagementDbContext> contexts, ConfigurationAudit audit,
    OpenClocks clocks, TimeProvider clock)
{
    public const string Changed = "calendar.changed";
    public const string DepartmentsStream = "organisation";

    /// <summary>What a change is called before it has an audit entry.</summary>
    internal const string Preview = "preview";

    /// <summary>A department is to count by a calendar that is not there.</summary>
    public static readonly Rule NoCalendar = new("calendar-unknown", "There is no such calendar.");

    public static readonly Rule NoDepartment = new("department-unknown", "There is no such department.");

    public static string StreamOf(string calendar) => $"calendar:{calendar}";

    /// <summary>The clocks that a calendar would count otherwise. Stores nothing.</summary>
    public async Task<IReadOnlyList<MovedClock>> PreviewAsync(WorkCalendar calendar, CancellationToken cancellationToken)
    {
        var now = await configurations.CurrentAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return now.Calendars.ContainsKey(calendar.Id)
            ? await clocks.CountedOtherwiseAsync(db, null, new ConfigurationChange(now, With(now, calendar), Preview), cancellationToken)
            : [];
    }

    /// <summary>The clocks that other calendars of departments would count otherwise. Stores nothing.</summary>
    /// <exception cref="RuleViolationException"><see cref="NoCalendar"/>, <see cref="NoDepartment"/></exception>
    public async Task<IReadOnlyList<MovedClock>> PreviewAsync(IReadOnlyDictionary<string, string?> byDepartment, CancellationToken cancellationToken)
    {
        var now = await configurations.CurrentAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var after = await WithAsync(db, now, byDepartment, cancellationToken);
        return await clocks.CountedOtherwiseAsync(db, null, new ConfigurationChange(now, after, Preview), cancellationToken);
    }

    /// <summary>Changes a calendar or brings in a new one.</summary>
    /// <returns>None when somebody changed it since it was seen.</returns>
    /// <exception cref="RuleViolationException">A case cannot be counted again; nothing was changed.</exception>
    public ValueTask<AppliedCalendars?> ApplyAsync(CalendarChange change, Performer by, CancellationToken cancellationToken) =>
        writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                var key = change.Calendar.Id;
                var before = await LatestAsync(db, key, cancellationToken);
                if (change.Seen is { } seen && seen != (before?.Version ?? 0))
                {
                    return null;
                }

                var now = await configurations.AtAsync(await transaction.ConfigurationVersionAsync(cancellationToken), cancellationToken);
                var stored = new CalendarVersion
                {
                    Key = key,
                    Version = (before?.Version ?? 0) + 1,
                    NameZh = change.Name?.Zh ?? before?.NameZh ?? key,
                    NameEn = change.Name?.En ?? before?.NameEn ?? key,
                    Json = change.Calendar.ToDocument().ToJson(),
                    At = clock.GetUtcNow(),
                    By = by.Actor.Id ?? by.Actor.Kind.ToString(),
                };
                var data = new JsonObject
                {
                    ["version"] = stored.Version,
                    ["before"] = before is null ? null : JsonNode.Parse(before.Json),
                    ["after"] = JsonNode.Parse(stored.Json),
                    ["reason"] = change.Reason,
                };
                var entry = $"{StreamOf(key)}/{await audit.RecordAsync(db, StreamOf(key), Changed, by.Actor, data, cancellationToken)}";

                // Cases first: once the calendar is saved in this transaction, nobody else can read the configuration it makes.
                var isNewName = before?.Json == stored.Json;
                var moved = before is null || isNewName ? [] : await clocks.CountAgainAsync(
                    db, transaction, null, new ConfigurationChange(now, With(now, change.Calendar), entry), by, cancellationToken);
                db.CalendarVersions.Add(stored);
                return new AppliedCalendars(entry, moved, stored);
            },
            cancellationToken);

    /// <summary>Lets departments count by other calendars; null takes a department's own away.</summary>
    /// <exception cref="RuleViolationException"><see cref="NoCalendar"/>, <see cref="NoDepartment"/>, or a case cannot be counted again; nothing was changed.</exception>
    public ValueTask<AppliedCalendars> ApplyAsync(
        IReadOnlyDictionary<string, string?> byDepartment, string reason, Performer by, CancellationToken cancellationToken) =>
        writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                var now = await configurations.AtAsync(await transaction.ConfigurationVersionAsync(cancellationToken), cancellationToken);
                var after = await WithAsync(db, now, byDepartment, cancellationToken);
                var data = new JsonObject { ["reason"] = reason };
                foreach (var (department, calendar) in byDepartment)
                {
                    data[department] = calendar;
                }

                var entry = $"{DepartmentsStream}/{await audit.RecordAsync(db, DepartmentsStream, "department-calendars.changed", by.Actor, data, cancellationToken)}";
                var moved = await clocks.CountAgainAsync(db, transaction, null, new ConfigurationChange(now, after, entry), by, cancellationToken);
                foreach (var department in await db.Departments.Where(d => byDepartment.Keys.Contains(d.Key)).ToListAsync(cancellationToken))
                {
                    department.Calendar = byDepartment[department.Key];
                }

                return new AppliedCalendars(entry, moved, null);
            },
            cancellationToken);

    /// <summary>The calendar as it counts now, or none.</summary>
    public static Task<CalendarVersion?> LatestAsync(CaseManagementDbContext db, string key, CancellationToken cancellationToken) =>
        db.CalendarVersions.AsNoTracking().Where(c => c.Key == key).OrderByDescending(c => c.Version).FirstOrDefaultAsync(cancellationToken);

    private static CaseConfiguration With(CaseConfiguration now, WorkCalendar calendar) =>
        now.With(calendars: new Dictionary<string, WorkCalendar>(now.Calendars, StringComparer.Ordinal) { [calendar.Id] = calendar });

    private static async Task<CaseConfiguration> WithAsync(
        CaseManagementDbContext db, CaseConfiguration now, IReadOnlyDictionary<string, string?> byDepartment, CancellationToken cancellationToken)
    {
        var departments = await db.Departments.AsNoTracking().ToDictionaryAsync(d => d.Key, d => (d.Parent, d.Calendar), StringComparer.Ordinal, cancellationToken);
        foreach (var (department, calendar) in byDepartment)
        {
            RuleViolationException.ThrowUnless(departments.ContainsKey(department), NoDepartment);
            RuleViolationException.ThrowUnless(calendar is null || now.Calendars.ContainsKey(calendar), NoCalendar);
            departments[department] = departments[department] with { Calendar = calendar };
        }

        return now.With(departmentCalendars: DepartmentCalendars.Of(departments));
    }
}

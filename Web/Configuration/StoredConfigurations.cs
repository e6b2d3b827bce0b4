using System.Collections.Concurrent;
using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Figures;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Web.Privacy;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using LimitChange = CaseManagement.Workflows.Cases.LimitChange;

namespace CaseManagement.Web.Configuration;

/// <summary>
/// Processes, limits and calendars as the database has them, kept in memory until the configuration's stamp rises. Versions of processes and
/// workflows never change once they were published, so those are kept for good; a draft is read anew each time and runs nothing.
/// </summary>
public sealed class StoredConfigurations(IDbContextFactory<CaseManagementDbContext> contexts, IOptions<SecurityOptions> security, IOptions<PrivacyOptions> privacy, IHostEnvironment environment, RequestReads reads) : ICaseConfigurations, IDefinitionSource, IDisposable
{
    private readonly ConcurrentDictionary<(string Process, int Version), ProcessVersionInUse> _processes = new();
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile CaseConfiguration? _current;

    /// <summary>The newest configuration.</summary>
    public async ValueTask<CaseConfiguration> CurrentAsync(CancellationToken cancellationToken) =>
        await AtAsync(await ConfigurationStamp.NowAsync(contexts, reads, cancellationToken), cancellationToken);

    public ValueTask<CaseConfiguration> AtAsync(long version, CancellationToken cancellationToken) =>
        _current is { } current && current.Version >= version ? ValueTask.FromResult(current) : LoadAsync(version, cancellationToken);

    public async ValueTask<ProcessVersionInUse> ProcessAsync(string process, int version, CancellationToken cancellationToken)
    {
        if (_processes.TryGetValue((process, version), out var known))
        {
            return known;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = await db.ProcessVersions.AsNoTracking().SingleOrDefaultAsync(p => p.ProcessKey == process && p.Version == version, cancellationToken)
            ?? throw new RuleViolationException(CaseRuntime.NoProcess);
        return stored.State is ProcessVersionState.Draft or ProcessVersionState.Superseded ? Read(stored) : Keep(stored);
    }

    /// <summary>A version that is or was published; plans made of it are kept, so a draft is not found.</summary>
    public async ValueTask<WorkflowDefinition?> FindVersionAsync(string definitionVersionId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = await db.WorkflowDefinitions.AsNoTracking().SingleOrDefaultAsync(
            d => d.Id == definitionVersionId && (d.ProcessKey == null
                ? d.PublishedAt != null
                : db.ProcessVersions.Any(p => p.ProcessKey == d.ProcessKey && p.Version == d.ProcessVersion && p.State != ProcessVersionState.Draft && p.State != ProcessVersionState.Superseded)),
            cancellationToken);
        return stored is null ? null : WorkflowDefinition.Parse(stored.Json).With(id: stored.Id, definitionId: stored.DefinitionId, version: stored.Version);
    }

    public async ValueTask<string?> FindPublishedVersionIdAsync(string definitionId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.WorkflowDefinitions.Where(d => d.DefinitionId == definitionId && d.IsPublished).Select(d => d.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The files of a stored pack.</summary>
    public static Dictionary<string, string> FilesOf(string packJson) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(packJson) ?? [];

    public void Dispose() => _loading.Dispose();

    private async ValueTask<CaseConfiguration> LoadAsync(long version, CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (_current is { } current && current.Version >= version)
            {
                return current;
            }

            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            while (true)
            {
                // read without a transaction, which on SQLite would wait for the writer that waits for this: the stamp tells if something changed meanwhile
                var stamp = await ConfigurationStamp.NowAsync(db, cancellationToken);
                if (stamp < version)
                {
                    // written by a burst of this very group, not committed yet: the burst that asked runs again after the commit
                    throw new LostRaceException($"Configuration {version} is not readable yet.");
                }

                var read = await ReadAsync(db, stamp, cancellationToken);
                if (await ConfigurationStamp.NowAsync(db, cancellationToken) == stamp)
                {
                    return _current = read;
                }
            }
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task<CaseConfiguration> ReadAsync(CaseManagementDbContext db, long stamp, CancellationToken cancellationToken)
    {
        var published = await db.ProcessVersions.AsNoTracking().Where(p => p.State == ProcessVersionState.Published)
            .OrderBy(p => p.PublishedAt).ThenBy(p => p.ProcessKey).ToListAsync(cancellationToken);
        var changes = await db.LimitChanges.AsNoTracking().OrderBy(c => c.Id).ToListAsync(cancellationToken);
        var calendars = await db.CalendarVersions.AsNoTracking().ToListAsync(cancellationToken);
        var readings = await db.SettingReadings.AsNoTracking().ToListAsync(cancellationToken);
        var figures = await db.Figures.AsNoTracking().OrderBy(f => f.Id).ToListAsync(cancellationToken);
        var departments = await db.Departments.AsNoTracking().ToListAsync(cancellationToken);
        var processes = published.ToDictionary(p => p.ProcessKey, Keep, StringComparer.Ordinal);
        return new CaseConfiguration
        {
            Version = stamp,
            Published = processes,
            // nobody means the process of requests about personal data who names none
            DefaultProcess = published.Find(p => p.ProcessKey != privacy.Value.RequestProcess)?.ProcessKey,
            Calendars = calendars.GroupBy(c => c.Key, StringComparer.Ordinal).ToDictionary(
                g => g.Key, g => CalendarOf(g.MaxBy(c => c.Version)!), StringComparer.Ordinal),
            DepartmentCalendars = DepartmentCalendars.Of(departments.ToDictionary(d => d.Key, d => (d.Parent, d.Calendar), StringComparer.Ordinal)),
            Chart = await OrganisationCharts.ReadAsync(db, security.Value.ConflictFallback, security.Value.PartsDuties(environment), cancellationToken),
            LimitChanges = changes.GroupBy(c => c.ProcessKey, StringComparer.Ordinal).ToDictionary(
                g => g.Key, g => (IReadOnlyList<LimitChange>)[.. g.Select(ChangeOf)], StringComparer.Ordinal),
            Figures = figures.GroupBy(f => f.ProcessKey, StringComparer.Ordinal).ToDictionary(g => g.Key, g => new FigureBook(g.Select(FigureOf)), StringComparer.Ordinal),
            Readings = readings.Where(r => processes.ContainsKey(r.ProcessKey)).GroupBy(r => r.ProcessKey, StringComparer.Ordinal).ToDictionary(
                g => g.Key, g => (IReadOnlyDictionary<string, FactValue>)g.ToDictionary(r => r.SettingKey, r => ReadingOf(processes[g.Key].Pack, r), StringComparer.Ordinal), StringComparer.Ordinal),
        };
    }

    private ProcessVersionInUse Keep(ProcessVersion stored) => _processes.GetOrAdd((stored.ProcessKey, stored.Version), _ => Read(stored));

    private static ProcessVersionInUse Read(ProcessVersion stored)
    {
        var read = PackReader.Read(FilesOf(stored.PackJson));
        return new ProcessVersionInUse(
            read.Pack ?? throw new InvalidDataException($"The stored process {stored.ProcessKey} version {stored.Version} cannot be read: {read.Findings[0].Message}"), stored.Version);
    }

    /// <summary>A stored change of a limit as cases run under it.</summary>
    internal static LimitChange ChangeOf(Persistence.Settings.LimitChange change) => new(
        change.Id, change.LimitKey, change.Patch, change.Scope == LimitChangeScope.OpenCases)
    { Undoes = change.Undoes };

    /// <summary>A stored figure as facts and counters read it.</summary>
    internal static Figure FigureOf(StoredFigure stored) =>
        new(stored.Name, stored.For, stored.From, stored.Through, stored.Value is { } value ? FactValue.Of(value / WithoutZeros) : FactValue.Unknown);

    // databases give a number with the zeros of its column
    private const decimal WithoutZeros = 1.0000000000000000000000000000m;

    /// <summary>A stored version of a calendar, ready to count by.</summary>
    internal static WorkCalendar CalendarOf(CalendarVersion stored) =>
        WorkCalendar.From(stored.Key, WorkCalendarDocument.Parse(stored.Json) with { Id = null });

    private static FactValue ReadingOf(ProcessPack pack, SettingReading reading)
    {
        using var json = JsonDocument.Parse(reading.ValueJson);
        return pack.Identity.Settings.FirstOrDefault(s => s.Key == reading.SettingKey)?.Accept(json.RootElement).ValueOrThrow() ?? FactValue.Unknown;
    }
}

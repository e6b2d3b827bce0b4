using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Figures;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Workflows.Cases;

/// <summary>One change of a time limit by an administrator.</summary>
/// <param name="Sequence">Rises with every change of any limit.</param>
/// <param name="Limit">The limit's key.</param>
/// <param name="Patch">JSON of the members that take the place of the pack's, see <see cref="WrittenLimit"/>; or of a change of rows, see <see cref="WrittenLimits"/>.</param>
/// <param name="HoldsForOpenCases">False: only cases registered from this change on run under it.</param>
public sealed record LimitChange(long Sequence, string Limit, string Patch, bool HoldsForOpenCases)
{
    /// <summary>The sequence of an earlier change that no longer holds where this one does; the patch is then empty.</summary>
    public long? Undoes { get; init; }

    /// <summary>A change of amount, unit and calendar; what is null stays as it is.</summary>
    public static LimitChange Of(long sequence, string limit, decimal? amount, LimitUnit? unit, string? calendar, bool holdsForOpenCases)
    {
        var patch = new JsonObject();
        if (unit is { } wanted)
        {
            patch["unit"] = JsonNamingPolicy.CamelCase.ConvertName(wanted.ToString());
        }

        if (amount is { } number)
        {
            patch["amount"] = number;
        }

        if (calendar is not null)
        {
            patch["calendar"] = calendar;
        }

        return new LimitChange(sequence, limit, patch.ToJsonString(), holdsForOpenCases);
    }
}

/// <summary>A version of a process, ready to run cases.</summary>
/// <param name="Version">From 1.</param>
public sealed record ProcessVersionInUse(ProcessPack Pack, int Version)
{
    /// <summary>The definition version id of one of its workflows.</summary>
    public string DefinitionVersionId(string definitionId) => IdOf(Pack.Identity.Id, Version, definitionId);

    /// <inheritdoc cref="DefinitionVersionId"/>
    public static string IdOf(string process, int version, string definitionId) => $"{process}@{version}/{definitionId}";
}

/// <summary>
/// What administrators and process owners have set, as of one moment: published processes, readings, changes of limits, calendars.
/// Immutable; a newer one replaces it as a whole.
/// </summary>
public sealed class CaseConfiguration
{
    private readonly Dictionary<(string Process, int Version, long Limits), CaseRules> _rules = [];
    private readonly Lock _lock = new();

    /// <summary>The configuration's version in the store.</summary>
    public required long Version { get; init; }

    /// <summary>The published version of each process.</summary>
    public required IReadOnlyDictionary<string, ProcessVersionInUse> Published { get; init; }

    /// <summary>The process a case without a named one runs on.</summary>
    public string? DefaultProcess { get; init; }

    /// <summary>Readings chosen, by process.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, FactValue>> Readings { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, FactValue>>();

    /// <summary>Changes of limits by process, oldest first.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<LimitChange>> LimitChanges { get; init; } =
        new Dictionary<string, IReadOnlyList<LimitChange>>();

    /// <summary>Installed work calendars by key.</summary>
    public required IReadOnlyDictionary<string, WorkCalendar> Calendars { get; init; }

    /// <summary>The installed calendar a process's own name stands for; a name that is not bound stands for itself.</summary>
    public IReadOnlyDictionary<(string Process, string Calendar), string> CalendarBindings { get; init; } =
        new Dictionary<(string, string), string>();

    /// <summary>The installed calendar of each department that has one, its own or that of a department above.</summary>
    public IReadOnlyDictionary<string, string> DepartmentCalendars { get; init; } = new Dictionary<string, string>();

    /// <summary>Figures by process: what administrators keep and what comes from outside.</summary>
    public IReadOnlyDictionary<string, FigureBook> Figures { get; init; } = new Dictionary<string, FigureBook>();

    /// <summary>Who leads which department, and who works here.</summary>
    public OrganisationChart Chart { get; init; } = OrganisationChart.Empty;

    /// <summary>This configuration after a change that is not stored; the version stays.</summary>
    public CaseConfiguration With(
        IReadOnlyDictionary<string, WorkCalendar>? calendars = null,
        IReadOnlyDictionary<string, string>? departmentCalendars = null,
        IReadOnlyDictionary<string, IReadOnlyList<LimitChange>>? limitChanges = null, OrganisationChart? chart = null,
        IReadOnlyDictionary<string, FigureBook>? figures = null) => new()
        {
            Version = Version,
            Published = Published,
            DefaultProcess = DefaultProcess,
            Readings = Readings,
            Figures = figures ?? Figures,
            LimitChanges = limitChanges ?? LimitChanges,
            Calendars = calendars ?? Calendars,
            CalendarBindings = CalendarBindings,
            DepartmentCalendars = departmentCalendars ?? DepartmentCalendars,
            Chart = chart ?? Chart,
        };

    /// <summary>The newest change of limits; what a case registered now runs under.</summary>
    public long LimitsVersion(string process) => LimitChanges.GetValueOrDefault(process)?.Select(c => c.Sequence).DefaultIfEmpty().Max() ?? 0;

    /// <summary>The readings in force for a process.</summary>
    public PackSettings SettingsOf(ProcessPack pack) => pack.Settings(Readings.GetValueOrDefault(pack.Identity.Id));

    /// <summary>The rules of a case.</summary>
    /// <param name="process">The version the case runs on.</param>
    /// <param name="limitsVersion">The newest change of limits when it was registered.</param>
    public CaseRules RulesFor(ProcessVersionInUse process, long limitsVersion)
    {
        lock (_lock)
        {
            var key = (process.Pack.Identity.Id, process.Version, limitsVersion);
            if (!_rules.TryGetValue(key, out var rules))
            {
                _rules[key] = rules = Build(process.Pack, limitsVersion);
            }

            return rules;
        }
    }

    /// <summary>The same, with a version of a process taking new cases that need not be published.</summary>
    public CaseConfiguration Trying(ProcessVersionInUse process) => With(process, LimitChanges.GetValueOrDefault(process.Pack.Identity.Id) ?? [], Calendars);

    /// <summary>The same with another version of one process, other changes of its limits, and other calendars.</summary>
    public CaseConfiguration With(
        ProcessVersionInUse process, IReadOnlyList<LimitChange> limitChanges, IReadOnlyDictionary<string, WorkCalendar> calendars) => new()
        {
            Version = Version,
            Published = new Dictionary<string, ProcessVersionInUse>(Published, StringComparer.Ordinal) { [process.Pack.Identity.Id] = process },
            DefaultProcess = DefaultProcess,
            Readings = Readings,
            Figures = Figures,
            Calendars = calendars,
            CalendarBindings = CalendarBindings,
            Chart = Chart,
            LimitChanges = new Dictionary<string, IReadOnlyList<LimitChange>>(LimitChanges, StringComparer.Ordinal) { [process.Pack.Identity.Id] = limitChanges },
        };

    private CaseRules Build(ProcessPack pack, long limitsVersion)
    {
        var settings = SettingsOf(pack);
        var figures = Figures.GetValueOrDefault(pack.Identity.Id);
        var changes = LimitChanges.GetValueOrDefault(pack.Identity.Id) ?? [];
        var holding = InForce(changes, limitsVersion);
        if (changes.Count == 0)
        {
            return new CaseRules(pack, settings, [.. pack.Limits.Select(limit => InForce(limit, settings, pack, 0, null))], CalendarsOf(pack), DepartmentCalendars, Chart, expressions: ValueExpressions.Shared, figures: figures);
        }

        var rows = WrittenLimits.Of(pack);
        foreach (var change in holding)
        {
            rows.Apply(change.Limit, PatchOf(change));
        }

        var own = pack.Limits.ToDictionary(l => l.Key, StringComparer.Ordinal);
        return new CaseRules(
            pack, settings, [.. rows.Rows.Select(row => row.Changes == 0 ? InForce(own[row.Key], settings, pack, 0, null) : InForce(WrittenLimit.Read(row.Written), settings, pack, row.Changes, row.Written))],
            CalendarsOf(pack), DepartmentCalendars, Chart, [.. TakenAway(rows, changes).Select(limit => InForce(WrittenLimit.Read(limit), settings, pack, 1, limit))], ValueExpressions.Shared, figures);
    }

    // a clock may still know a limit that was taken away, or whose addition was undone
    private static IEnumerable<JsonObject> TakenAway(WrittenLimits rows, IReadOnlyList<LimitChange> changes)
    {
        var added = changes.Select(change => WrittenLimits.AddedBy(PatchOf(change)) is { } limit ? (change.Limit, Written: limit) : default).Where(one => one.Limit is not null);
        return rows.TakenAway.Select(one => (Limit: one.Key, Written: one.Value)).Concat(added)
            .Where(one => rows.Find(one.Limit) is null).DistinctBy(one => one.Limit, StringComparer.Ordinal).Select(one => one.Written);
    }

    private static JsonObject PatchOf(LimitChange change) => (JsonObject)JsonNode.Parse(change.Patch)!;

    /// <summary>The limits of a process as they are written once changes have come, for cases registered after the last of them.</summary>
    /// <param name="pack">A version of the process.</param>
    /// <param name="changes">Its changes, oldest first.</param>
    public static WrittenLimits WrittenAfter(ProcessPack pack, IReadOnlyList<LimitChange> changes)
    {
        var rows = WrittenLimits.Of(pack);
        foreach (var change in InForce(changes, long.MaxValue))
        {
            rows.Apply(change.Limit, PatchOf(change));
        }

        return rows;
    }

    /// <summary>The changes that hold for a case, oldest first: an undone one holds no longer, unless its undoing was undone.</summary>
    /// <param name="changes">Changes of one process, oldest first.</param>
    /// <param name="limitsVersion">The newest change when the case was registered.</param>
    public static IReadOnlyList<LimitChange> InForce(IReadOnlyList<LimitChange> changes, long limitsVersion)
    {
        var undone = new HashSet<long>();
        var holding = new Stack<LimitChange>();
        foreach (var change in changes.Reverse().Where(c => c.HoldsForOpenCases || c.Sequence <= limitsVersion))
        {
            // of sequence 0 are those that are only tried: they have no number of their own
            if (change.Sequence != 0 && undone.Contains(change.Sequence))
            {
                continue;
            }

            if (change.Undoes is { } earlier)
            {
                undone.Add(earlier);
            }
            else
            {
                holding.Push(change);
            }
        }

        return [.. holding];
    }

    private static LimitInForce InForce(LimitDefinition limit, PackSettings settings, ProcessPack pack, int changes, JsonObject? written) => new(
        limit.Rule(settings, pack.Facts) with { Version = changes + 1 },
        limit.When,
        limit.Rungs.Where(r => r.When is not null).ToDictionary(r => r.Rung.Key, r => r.When!, StringComparer.Ordinal))
    {
        Changed = written?.ToJsonString(),
    };

    private Dictionary<string, WorkCalendar> CalendarsOf(ProcessPack pack)
    {
        var calendars = new Dictionary<string, WorkCalendar>(Calendars, StringComparer.Ordinal);
        foreach (var calendar in pack.Calendars)
        {
            var bound = CalendarBindings.GetValueOrDefault((pack.Identity.Id, calendar.Key), calendar.Key);
            if (Calendars.TryGetValue(bound, out var installed))
            {
                calendars[calendar.Key] = installed;
            }
        }

        return calendars;
    }
}

/// <summary>Gives the configuration and the versions of processes that cases are pinned to.</summary>
public interface ICaseConfigurations
{
    /// <summary>The configuration at this version of the store or a newer one.</summary>
    /// <exception cref="Runtime.Stores.LostRaceException">That version is not readable yet; the burst is to be run again.</exception>
    ValueTask<CaseConfiguration> AtAsync(long version, CancellationToken cancellationToken);

    /// <summary>One version of a process, published or not.</summary>
    /// <exception cref="Domain.RuleViolationException"><c>process-unknown</c></exception>
    ValueTask<ProcessVersionInUse> ProcessAsync(string process, int version, CancellationToken cancellationToken);
}

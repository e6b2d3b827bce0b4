using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Figures;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Reporting;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.Simulation;

/// <summary>An installation of one process, as scenarios use it: its limits and calendars can be changed on the way.</summary>
public sealed class SimulatedInstallation : ICaseConfigurations, IDefinitionSource, IDisposable
{
    private readonly ProcessPlans _process;
    private readonly VirtualInstallation _installation;
    private readonly Dictionary<string, WorkCalendar> _calendars;
    private readonly Dictionary<string, FactValue> _readings;
    private FigureBook _figures = FigureBook.Empty;
    private readonly List<LimitChange> _changes = [];
    private CaseConfiguration _configuration;

    /// <param name="pack">The process.</param>
    /// <param name="calendars">Work calendars by the pack's own names.</param>
    /// <param name="readings">Readings other than the default.</param>
    /// <param name="start">Where the clock stands at first.</param>
    /// <param name="store">As in <see cref="VirtualInstallation"/>.</param>
    public SimulatedInstallation(
        ProcessPack pack, IReadOnlyDictionary<string, WorkCalendar> calendars, IReadOnlyDictionary<string, FactValue> readings, DateTimeOffset start,
        ISimulatedCaseStore? store = null)
    {
        _process = new ProcessPlans(new ProcessVersionInUse(pack, 1));
        _calendars = new Dictionary<string, WorkCalendar>(calendars, StringComparer.Ordinal);
        _readings = new Dictionary<string, FactValue>(readings, StringComparer.Ordinal);
        Bounds = new SimulationBounds();
        _installation = new VirtualInstallation(this, _process.Plans, start, Bounds, store: store);
        _configuration = Configure();
    }

    public VirtualClock Clock => _installation.Clock;

    public ISimulatedCaseStore Store => _installation.Store;

    public CaseRuntime Cases => _installation.Cases;

    /// <summary>The published version's.</summary>
    public ProcessPack Pack => _process.Process.Pack;

    internal SimulationBounds Bounds { get; }

    /// <summary>Publishes another version of the process: new cases run it, running ones stay on theirs.</summary>
    /// <returns>Its number.</returns>
    public int Publish(ProcessPack pack)
    {
        _process.Publish(new ProcessVersionInUse(pack, _process.Process.Version + 1));
        Reconfigure();
        return _process.Process.Version;
    }

    /// <inheritdoc cref="VirtualInstallation.MoveToAsync"/>
    public ValueTask MoveToAsync(DateTimeOffset moment, CancellationToken cancellationToken) => _installation.MoveToAsync(moment, cancellationToken);

    /// <summary>Changes a limit; with <see cref="LimitChange.HoldsForOpenCases"/> the open cases are counted again.</summary>
    /// <returns>The cases whose due time moved.</returns>
    public async ValueTask<IReadOnlyList<MovedDueTime>> ChangeLimitAsync(LimitChange change, string reason, CancellationToken cancellationToken)
    {
        _changes.Add(change with { Sequence = _changes.Count + 1 });
        Reconfigure();
        return change.HoldsForOpenCases ? await RecomputeAsync(c => c.LimitKey == change.Limit, reason, cancellationToken) : [];
    }

    /// <summary>Replaces a calendar; the open cases that count by it are counted again.</summary>
    /// <returns>The cases whose due time moved.</returns>
    public async ValueTask<IReadOnlyList<MovedDueTime>> ChangeCalendarAsync(string key, WorkCalendar calendar, string reason, CancellationToken cancellationToken)
    {
        _calendars[key] = calendar;
        Reconfigure();
        return await RecomputeAsync(_ => true, reason, cancellationToken);
    }

    /// <summary>Enters figures; of two for the same days the later holds. Open cases see them when something next happens to them, or at once when asked.</summary>
    public async ValueTask EnterFiguresAsync(IEnumerable<Figure> figures, bool wakes, CancellationToken cancellationToken)
    {
        _figures = figures.Aggregate(_figures, (book, figure) => book.With(figure));
        Reconfigure();
        foreach (var row in wakes ? Store.Cases.Select(c => c.Row).Where(r => r.Status == CaseStatus.Open).ToList() : [])
        {
            await Cases.CountFiguresAsync(row.Id, cancellationToken);
        }
    }

    /// <summary>A report of the published version, with the readings that were chosen; null where it has none of that name.</summary>
    public Report? FindReport(string name) => Pack.Reports.GetValueOrDefault(name)?.In(Pack, _configuration.SettingsOf(Pack));

    /// <summary>Who a report puts forward for its award.</summary>
    /// <exception cref="RuleViolationException">The award's calculator needs what a row does not say.</exception>
    public IReadOnlyList<AwardProposal> Awards(Report report, ReportTable table) =>
        ReportAwarding.Of(Pack, report, table, _configuration.SettingsOf(Pack), ValueExpressions.Shared);

    /// <summary>A report of the process over all cases there are, as the published version counts.</summary>
    public async ValueTask<ReportTable> ReportAsync(Report report, CalendarPeriod period, CancellationToken cancellationToken)
    {
        var zone = NodaTime.DateTimeZoneProviders.Tzdb[Pack.Identity.Zone];
        var settings = _configuration.SettingsOf(Pack);
        var entries = new List<ReportEntry>();
        foreach (var row in Store.Cases.Select(c => c.Row).ToList())
        {
            if (await Cases.ReadAsync(row.Id, cancellationToken) is { } read)
            {
                entries.AddRange(ReportEntries.Of(Pack, settings, new CaseFacts(read.Complaint, read.Rules)).Where(entry => entry.Report == report.Key));
            }
        }

        DateOnly DayOf(DateTimeOffset at) => NodaTime.Instant.FromDateTimeOffset(at).InZone(zone).Date.ToDateOnly();
        var sums = entries.Where(entry => DayOf(entry.At) >= period.From && DayOf(entry.At) <= period.Through)
            .GroupBy(entry => (entry.Measure, entry.Groups))
            .Select(same => new ReportSum(same.Key.Measure, same.Key.Groups, same.Count(e => e.Counts), same.Count(e => e.InBase), 0)).ToList();
        return ReportTable.Of(report, period, sums, _figures);
    }

    /// <summary>The calendar of this name.</summary>
    public WorkCalendar Calendar(string key) => _calendars[key];

    public ValueTask<CaseConfiguration> AtAsync(long version, CancellationToken cancellationToken) => ValueTask.FromResult(_configuration);

    public ValueTask<ProcessVersionInUse> ProcessAsync(string process, int version, CancellationToken cancellationToken) =>
        process == Pack.Identity.Id && _process.Find(version) is { } found
            ? ValueTask.FromResult(found)
            : throw new RuleViolationException(CaseRuntime.NoProcess);

    public ValueTask<WorkflowDefinition?> FindVersionAsync(string definitionVersionId, CancellationToken cancellationToken) =>
        _process.FindVersionAsync(definitionVersionId, cancellationToken);

    public ValueTask<string?> FindPublishedVersionIdAsync(string definitionId, CancellationToken cancellationToken) =>
        _process.FindPublishedVersionIdAsync(definitionId, cancellationToken);

    public void Dispose() => _installation.Dispose();

    private async ValueTask<IReadOnlyList<MovedDueTime>> RecomputeAsync(Func<Domain.Clocks.Clock, bool> concerned, string reason, CancellationToken cancellationToken)
    {
        var moved = new List<MovedDueTime>();
        foreach (var row in Store.Cases.Select(c => c.Row).Where(r => r.Status == CaseStatus.Open))
        {
            await Cases.ActAsync(
                row.Id, new Performer { Actor = new Actor(ActorKind.System) },
                act =>
                {
                    foreach (var limit in act.Complaint.Clocks.All.Values.Where(c => c.IsOpen && concerned(c)).Select(c => c.LimitKey).Distinct().ToList())
                    {
                        moved.AddRange(act.Complaint.Clocks.Recompute(act, limit, reason).Select(m => new MovedDueTime(row.Id, m.OldDueAt, m.Clock.DueAt)));
                    }
                },
                cancellationToken);
        }

        return moved;
    }

    private void Reconfigure()
    {
        Store.ConfigurationVersion++;
        _configuration = Configure();
    }

    private CaseConfiguration Configure() => new()
    {
        Version = Store.ConfigurationVersion,
        Published = new Dictionary<string, ProcessVersionInUse> { [Pack.Identity.Id] = _process.Process },
        DefaultProcess = Pack.Identity.Id,
        Calendars = new Dictionary<string, WorkCalendar>(_calendars, StringComparer.Ordinal),
        Readings = new Dictionary<string, IReadOnlyDictionary<string, FactValue>> { [Pack.Identity.Id] = _readings },
        Figures = new Dictionary<string, FigureBook> { [Pack.Identity.Id] = _figures },
        LimitChanges = new Dictionary<string, IReadOnlyList<LimitChange>> { [Pack.Identity.Id] = [.. _changes] },
    };
}

/// <summary>A due time that a change moved.</summary>
public sealed record MovedDueTime(Guid Complaint, DateTimeOffset? OldDueAt, DateTimeOffset? NewDueAt);

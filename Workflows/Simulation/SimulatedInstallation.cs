using System.Security.Cryptography;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.CaseActivities;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.Simulation;

/// <summary>
/// An installation of one process on a virtual clock and an in-memory store: the real runtime with no effect outside. Moving the clock
/// steps through every due moment on the way, so nothing fires late.
/// </summary>
public sealed class SimulatedInstallation : ICaseConfigurations, IDefinitionSource, IDisposable
{
    private readonly List<ProcessVersionInUse> _versions = [];
    private readonly Dictionary<string, WorkflowDefinition> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WorkCalendar> _calendars;
    private readonly Dictionary<string, FactValue> _readings;
    private readonly List<LimitChange> _changes = [];
    private CaseConfiguration _configuration;

    /// <param name="pack">The process.</param>
    /// <param name="calendars">Work calendars by the pack's own names.</param>
    /// <param name="readings">Readings other than the default.</param>
    /// <param name="start">Where the clock stands at first.</param>
    public SimulatedInstallation(
        ProcessPack pack, IReadOnlyDictionary<string, WorkCalendar> calendars, IReadOnlyDictionary<string, FactValue> readings, DateTimeOffset start)
    {
        _calendars = new Dictionary<string, WorkCalendar>(calendars, StringComparer.Ordinal);
        _readings = new Dictionary<string, FactValue>(readings, StringComparer.Ordinal);
        Add(pack);
        Clock = new VirtualClock(start);
        var plans = new PlanCache(this, AllActivities.Registry, new JavaScriptEngine());
        _configuration = Configure();
        Cases = new CaseRuntime(
            Store, this, plans,
            passesThrough => new WorkflowRuntime(Store, plans, new JavaScriptEngine(), Clock, passesThrough: passesThrough),
            new PlainCodes(), Clock);
    }

    public VirtualClock Clock { get; }

    public InMemoryCaseStore Store { get; } = new();

    public CaseRuntime Cases { get; }

    /// <summary>The published version's.</summary>
    public ProcessPack Pack => _versions[^1].Pack;

    /// <summary>Publishes another version of the process: new cases run it, running ones stay on theirs.</summary>
    /// <returns>Its number.</returns>
    public int Publish(ProcessPack pack)
    {
        Add(pack);
        Reconfigure();
        return _versions.Count;
    }

    /// <summary>Moves the clock, firing everything due on the way in order.</summary>
    public async ValueTask MoveToAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        while (Store.FirstDue(moment) is { } timer)
        {
            Clock.MoveTo(timer.DueAt);
            await Cases.FireAsync(timer.Id, cancellationToken);
        }

        Clock.MoveTo(moment);
    }

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

    /// <summary>The calendar of this name.</summary>
    public WorkCalendar Calendar(string key) => _calendars[key];

    public ValueTask<CaseConfiguration> AtAsync(long version, CancellationToken cancellationToken) => ValueTask.FromResult(_configuration);

    public ValueTask<ProcessVersionInUse> ProcessAsync(string process, int version, CancellationToken cancellationToken) =>
        process == Pack.Identity.Id && version >= 1 && version <= _versions.Count
            ? ValueTask.FromResult(_versions[version - 1])
            : throw new RuleViolationException(CaseRuntime.NoProcess);

    public ValueTask<WorkflowDefinition?> FindVersionAsync(string definitionVersionId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_definitions.GetValueOrDefault(definitionVersionId));

    public ValueTask<string?> FindPublishedVersionIdAsync(string definitionId, CancellationToken cancellationToken)
    {
        var id = _versions[^1].DefinitionVersionId(definitionId);
        return ValueTask.FromResult(_definitions.ContainsKey(id) ? id : null);
    }

    public void Dispose() => Store.Dispose();

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

    private void Add(ProcessPack pack)
    {
        var process = new ProcessVersionInUse(pack, _versions.Count + 1);
        _versions.Add(process);
        foreach (var (id, json) in pack.Workflows)
        {
            _definitions[process.DefinitionVersionId(id)] = WorkflowDefinition.Parse(json).With(
                id: process.DefinitionVersionId(id), definitionId: id, version: process.Version);
        }
    }

    private void Reconfigure()
    {
        Store.ConfigurationVersion++;
        _configuration = Configure();
    }

    private CaseConfiguration Configure() => new()
    {
        Version = Store.ConfigurationVersion,
        Published = new Dictionary<string, ProcessVersionInUse> { [Pack.Identity.Id] = _versions[^1] },
        DefaultProcess = Pack.Identity.Id,
        Calendars = new Dictionary<string, WorkCalendar>(_calendars, StringComparer.Ordinal),
        Readings = new Dictionary<string, IReadOnlyDictionary<string, FactValue>> { [Pack.Identity.Id] = _readings },
        LimitChanges = new Dictionary<string, IReadOnlyList<LimitChange>> { [Pack.Identity.Id] = [.. _changes] },
    };

    // nobody outside ever sees these, so nothing needs to be sealed
    private sealed class PlainCodes : ITrackingCodes
    {
        public TrackingCode Create()
        {
            var code = RandomNumberGenerator.GetHexString(16);
            return new TrackingCode(code, code, code);
        }

        public string? Open(string kept) => kept;
    }
}

/// <summary>A due time that a change moved.</summary>
public sealed record MovedDueTime(Guid Complaint, DateTimeOffset? OldDueAt, DateTimeOffset? NewDueAt);

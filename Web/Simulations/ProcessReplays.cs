using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Simulation;
using CaseManagement.Workflows.Simulation.Replays;
using Microsoft.EntityFrameworkCore;
using LimitChange = CaseManagement.Workflows.Cases.LimitChange;

namespace CaseManagement.Web.Simulations;

/// <summary>What to replay.</summary>
/// <param name="From">Cases closed from here on …</param>
/// <param name="To">… and before here.</param>
/// <param name="Version">The version to replay on; null: each case on its own.</param>
/// <param name="Limits">Limits to try, each with amount and unit together.</param>
/// <param name="OpenCases">Also cases that are still open and came in before <paramref name="To"/>.</param>
public sealed record ReplayOrder(string Process, DateTimeOffset From, DateTimeOffset To, int? Version, IReadOnlyList<LimitChange> Limits, bool OpenCases);

/// <summary>What a replay came to. What the reader may not see is counted as <see cref="ReplayTally"/> says and listed nowhere.</summary>
public sealed record ReplayReport
{
    public required ReplayTally Tally { get; init; }

    /// <summary>Clocks of visible cases that end otherwise, at most <see cref="ProcessReplays.MaxListed"/>.</summary>
    public required IReadOnlyList<ClockDifference> Differences { get; init; }

    /// <summary>Visible cases that could not be replayed to their end, at most <see cref="ProcessReplays.MaxListed"/>.</summary>
    public required IReadOnlyList<ReplayedCase> Stopped { get; init; }

    /// <summary>More differences or stopped cases than are listed.</summary>
    public bool Truncated { get; init; }

    /// <summary>It took too long: the counts are those of the cases replayed until then.</summary>
    public bool RanOutOfTime { get; init; }
}

/// <summary>Replays the recorded cases of a period against changed limits or another version. Nothing is written.</summary>
public sealed class ProcessReplays(
    IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations, ProcessTrials trials, CaseAccess access, TimeProvider clock)
{
    /// <summary>Most cases in one replay.</summary>
    public const int MaxCases = 10_000;

    /// <summary>Most differences, and most stopped cases, listed.</summary>
    public const int MaxListed = 1_000;

    /// <summary>How long one replay may take by the wall clock.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(10);

    private const int Chunk = 100;

    /// <summary>The rules of a version as they are in force: the one named, else the published one, else the newest.</summary>
    /// <exception cref="RuleViolationException"><c>process-unknown</c>, <c>process-version-unknown</c>, <c>process-has-findings</c></exception>
    public async Task<CaseRules> RulesAsync(string key, int? version, CancellationToken cancellationToken)
    {
        var now = await configurations.CurrentAsync(cancellationToken);
        var process = version is null && now.Published.GetValueOrDefault(key) is { } published
            ? published
            : (await trials.OpenAsync(key, version, cancellationToken)).Process;
        return now.Trying(process).RulesFor(process, now.LimitsVersion(key));
    }

    /// <inheritdoc cref="RunAsync(ReplayOrder, IQueryable{CaseRow}, Func{int, int, ValueTask}, Func{ReplayedCase, ValueTask}, CancellationToken)"/>
    public async Task<ReplayReport> RunAsync(
        ReplayOrder order, Person? reader, Func<int, int, ValueTask> progress, Func<ReplayedCase, ValueTask> each, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await RunAsync(order, (await access.ScopeAsync(db, reader, cancellationToken)).Visible(db), progress, each, cancellationToken);
    }

    /// <param name="order">What to replay.</param>
    /// <param name="visible">The cases the reader of the result may know of.</param>
    /// <param name="progress">Told after every some cases: how many of how many are done.</param>
    /// <param name="each">Told every visible case as it is done.</param>
    /// <exception cref="InvalidInputException"><c>period-empty</c>, <c>too-many-cases</c></exception>
    /// <exception cref="RuleViolationException"><c>process-unknown</c>, <c>process-version-unknown</c>, <c>process-has-findings</c></exception>
    /// <exception cref="InvalidTimeRuleException">A proposed limit cannot be counted.</exception>
    public async Task<ReplayReport> RunAsync(
        ReplayOrder order, IQueryable<CaseRow> visible, Func<int, int, ValueTask> progress, Func<ReplayedCase, ValueTask> each, CancellationToken cancellationToken)
    {
        if (order.From >= order.To)
        {
            throw new InvalidInputException([new InputProblem("to", "period-empty", "A period ends after it begins.")]);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stages = await StagesAsync(db, order, cancellationToken);
        var ids = await InPeriod(db.Cases.AsNoTracking(), order).OrderBy(c => c.ReceivedAt).ThenBy(c => c.Id).Select(c => c.Id).Take(MaxCases + 1).ToListAsync(cancellationToken);
        if (ids.Count > MaxCases)
        {
            throw new InvalidInputException([new InputProblem("from", "too-many-cases", $"The period has more than {MaxCases} cases; choose a shorter one.")]);
        }

        var seen = (await InPeriod(visible, order).Select(c => c.Id).ToListAsync(cancellationToken)).ToHashSet();
        var run = new Run(stages, seen, clock.GetUtcNow());
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(MaxTime);
        try
        {
            var done = 0;
            await progress(0, ids.Count);
            foreach (var chunk in ids.Chunk(Chunk))
            {
                foreach (var recorded in await ReadAsync(db, chunk, time.Token))
                {
                    var one = await run.ReplayAsync(recorded, time.Token);
                    if (run.Sees(one.Id))
                    {
                        await each(one);
                    }
                }

                await progress(done += chunk.Length, ids.Count);
            }

            return run.Report(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return run.Report(true);
        }
    }

    private static IQueryable<CaseRow> InPeriod(IQueryable<CaseRow> cases, ReplayOrder order)
    {
        var (process, from, to, open) = (order.Process, order.From, order.To, order.OpenCases);
        return cases.Where(c => c.Process == process
            && ((c.ClosedAt != null && c.ClosedAt >= from && c.ClosedAt < to) || (open && c.ClosedAt == null && c.ReceivedAt < to)));
    }

    private static async Task<List<RecordedCase>> ReadAsync(CaseManagementDbContext db, Guid[] ids, CancellationToken cancellationToken)
    {
        var documents = await db.CaseDocuments.AsNoTracking().Where(d => ids.Contains(d.Id)).Select(d => new { d.Id, d.Document }).ToListAsync(cancellationToken);
        var events = (await db.Events.AsNoTracking().Where(e => ids.Contains(e.ComplaintId)).OrderBy(e => e.Sequence).ToListAsync(cancellationToken)).ToLookup(e => e.ComplaintId);
        return [.. documents.Where(d => events.Contains(d.Id)).OrderBy(d => Array.IndexOf(ids, d.Id)).Select(d => RecordedCase.Of(CaseDocument.Read(d.Document), events[d.Id]))];
    }

    private async Task<Stages> StagesAsync(CaseManagementDbContext db, ReplayOrder order, CancellationToken cancellationToken)
    {
        var now = await configurations.CurrentAsync(cancellationToken);
        var limits = await db.LimitChanges.AsNoTracking().Where(c => c.ProcessKey == order.Process).OrderBy(c => c.Id).ToListAsync(cancellationToken);
        var calendars = await db.CalendarVersions.AsNoTracking().OrderBy(c => c.Key).ThenBy(c => c.Version).ToListAsync(cancellationToken);
        var stages = new Stages(
            async (version, token) => new ProcessPlans(await configurations.ProcessAsync(order.Process, version, token)),
            process => new ConfigurationHistory(
                now, process,
                [.. limits.Select(l => new DatedLimitChange(StoredConfigurations.ChangeOf(l), l.At))],
                [.. calendars.Select(c => new DatedCalendar(c.Key, StoredConfigurations.CalendarOf(c), c.At, Recounts: c.Version > 1))],
                order.Limits));
        if (order.Version is { } version)
        {
            stages.Fix(await trials.OpenAsync(order.Process, version, cancellationToken));
        }

        return stages;
    }

    /// <summary>The versions cases are replayed on, each compiled once.</summary>
    private sealed class Stages(Func<int, CancellationToken, ValueTask<ProcessPlans>> open, Func<ProcessVersionInUse, ConfigurationHistory> history)
    {
        private readonly Dictionary<int, (ProcessPlans, ConfigurationHistory)> _known = [];
        private (ProcessPlans, ConfigurationHistory)? _fixed;

        public void Fix(ProcessPlans process) => _fixed = Of(process);

        public async ValueTask<(ProcessPlans Process, ConfigurationHistory History)> ForAsync(Complaint complaint, CancellationToken cancellationToken)
        {
            if (_fixed is { } one)
            {
                return one;
            }

            return _known.TryGetValue(complaint.ProcessVersion, out var known)
                ? known
                : _known[complaint.ProcessVersion] = Of(await open(complaint.ProcessVersion, cancellationToken));
        }

        private (ProcessPlans, ConfigurationHistory) Of(ProcessPlans process) => (process, history(process.Process));
    }

    private sealed class Run(Stages stages, HashSet<Guid>? seen, DateTimeOffset now)
    {
        private readonly ReplayTally _tally = new();
        private readonly List<ClockDifference> _differences = [];
        private readonly List<ReplayedCase> _stopped = [];
        private bool _truncated;

        public bool Sees(Guid id) => seen is null || seen.Contains(id);

        public async ValueTask<ReplayedCase> ReplayAsync(RecordedCase recorded, CancellationToken cancellationToken)
        {
            var (process, history) = await stages.ForAsync(recorded.Complaint, cancellationToken);
            var one = await CaseReplay.RunAsync(recorded, process, history, now, cancellationToken);
            var isSeen = Sees(one.Id);
            _tally.Add(one, isSeen);
            if (isSeen)
            {
                List(_differences, ClockDifference.Of(one));
                List(_stopped, one.Stop is null ? [] : [one]);
            }

            return one;
        }

        public ReplayReport Report(bool ranOutOfTime) =>
            new() { Tally = _tally, Differences = _differences, Stopped = _stopped, Truncated = _truncated, RanOutOfTime = ranOutOfTime };

        private void List<T>(List<T> listed, IEnumerable<T> more)
        {
            foreach (var one in more)
            {
                if (listed.Count < MaxListed)
                {
                    listed.Add(one);
                }
                else
                {
                    _truncated = true;
                }
            }
        }
    }
}

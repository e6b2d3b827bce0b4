using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Workflows.Cases;

namespace CaseManagement.Workflows.Simulation.Replays;

/// <summary>A change of a limit with its moment.</summary>
public sealed record DatedLimitChange(LimitChange Change, DateTimeOffset At);

/// <summary>A version of a calendar with the moment it began to count.</summary>
/// <param name="Recounts">Clocks that ran then were counted again by it; otherwise it holds for what was counted later.</param>
public sealed record DatedCalendar(string Key, WorkCalendar Calendar, DateTimeOffset At, bool Recounts = false);

/// <summary>
/// What was in force for one version of a process, moment by moment, so that a case can be replayed under the limits and calendars it really had.
/// A proposed change holds all the time, in place of what was in force.
/// </summary>
public sealed class ConfigurationHistory
{
    private readonly List<DateTimeOffset> _moments;
    private readonly List<CaseConfiguration> _epochs = [];
    private readonly List<IReadOnlyList<string>> _recounted = [[]];

    /// <param name="now">The configuration in force.</param>
    /// <param name="process">The version of the process that cases are replayed on.</param>
    /// <param name="limits">Every change of the process's limits, oldest first.</param>
    /// <param name="calendars">Every version of every calendar, oldest first.</param>
    /// <param name="proposed">Changes to try, each with amount and unit together; their scope does not matter.</param>
    /// <exception cref="InvalidTimeRuleException">A proposed limit cannot be counted.</exception>
    public ConfigurationHistory(
        CaseConfiguration now, ProcessVersionInUse process, IReadOnlyList<DatedLimitChange> limits, IReadOnlyList<DatedCalendar> calendars, IReadOnlyList<LimitChange> proposed)
    {
        Process = process;
        // sequence 0: known to every case, and no newer than any change that really came
        var always = proposed.Select(p => p with { Sequence = 0, HoldsForOpenCases = true }).ToList();
        _moments = [.. limits.Select(l => l.At).Concat(calendars.Select(c => c.At)).Distinct().Order()];
        for (var epoch = 0; epoch <= _moments.Count; epoch++)
        {
            var at = epoch == 0 ? DateTimeOffset.MinValue : _moments[epoch - 1];
            var known = new Dictionary<string, WorkCalendar>(now.Calendars, StringComparer.Ordinal);
            foreach (var versions in calendars.GroupBy(c => c.Key, StringComparer.Ordinal))
            {
                // a calendar is older than its first version in the store
                known[versions.Key] = (versions.LastOrDefault(c => c.At <= at) ?? versions.First()).Calendar;
            }

            _epochs.Add(now.With(process, [.. limits.Where(l => l.At <= at).Select(l => l.Change), .. always], known));
            if (epoch > 0)
            {
                _recounted.Add(calendars.Any(c => c.At == at && c.Recounts) ? [.. process.Pack.Limits.Select(l => l.Key)] : [.. limits.Where(l => l.At == at && l.Change.HoldsForOpenCases).Select(l => l.Change.Limit).Distinct(StringComparer.Ordinal)]);
            }
        }

        _ = _epochs[^1].RulesFor(process, long.MaxValue);
    }

    public ProcessVersionInUse Process { get; }

    /// <summary>How many changes had come by this moment.</summary>
    internal int EpochAt(DateTimeOffset moment)
    {
        var found = _moments.BinarySearch(moment);
        return found >= 0 ? found + 1 : ~found;
    }

    internal DateTimeOffset StartOf(int epoch) => _moments[epoch - 1];

    internal CaseConfiguration At(int epoch) => _epochs[epoch];

    /// <summary>The limits whose running clocks were counted again when this epoch began.</summary>
    internal IReadOnlyList<string> RecountedAt(int epoch) => _recounted[epoch];
}

/// <summary>The configuration as one case's replay sees it: it moves from epoch to epoch with the virtual clock.</summary>
internal sealed class MovingConfiguration(ConfigurationHistory history, int epoch) : ICaseConfigurations
{
    public int Epoch { get; set; } = epoch;

    public ValueTask<CaseConfiguration> AtAsync(long version, CancellationToken cancellationToken) => ValueTask.FromResult(history.At(Epoch));

    public ValueTask<ProcessVersionInUse> ProcessAsync(string process, int version, CancellationToken cancellationToken) =>
        process == history.Process.Pack.Identity.Id && version == history.Process.Version
            ? ValueTask.FromResult(history.Process)
            : throw new RuleViolationException(CaseRuntime.NoProcess);
}

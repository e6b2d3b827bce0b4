namespace CaseManagement.Workflows.Simulation.Replays;

/// <summary>How many runs of one clock ended how.</summary>
public sealed record ClockCounts(int Met, int Breached, int Open, int Cancelled)
{
    public static readonly ClockCounts None = new(0, 0, 0, 0);

    /// <summary>The base of every share: runs that were met or breached.</summary>
    public int Decided => Met + Breached;

    public int All => Decided + Open + Cancelled;

    internal ClockCounts With(ClockRun? run) => run?.End switch
    {
        ClockEnd.Met => this with { Met = Met + 1 },
        ClockEnd.Breached => this with { Breached = Breached + 1 },
        ClockEnd.Open => this with { Open = Open + 1 },
        ClockEnd.Cancelled => this with { Cancelled = Cancelled + 1 },
        _ => this,
    };

    internal ClockCounts Plus(ClockCounts other) =>
        new(Met + other.Met, Breached + other.Breached, Open + other.Open, Cancelled + other.Cancelled);
}

/// <summary>One clock over all replayed cases.</summary>
/// <param name="Recorded">In truth.</param>
/// <param name="Replayed">In the replay.</param>
/// <param name="TurnedLate">Runs that were not breached in truth and are in the replay.</param>
/// <param name="TurnedMet">Runs that were breached in truth and are met in the replay.</param>
public sealed record ClockTally(string Clock, ClockCounts Recorded, ClockCounts Replayed, int TurnedLate, int TurnedMet)
{
    internal ClockTally Plus(ClockTally other) => this with
    {
        Recorded = Recorded.Plus(other.Recorded),
        Replayed = Replayed.Plus(other.Replayed),
        TurnedLate = TurnedLate + other.TurnedLate,
        TurnedMet = TurnedMet + other.TurnedMet,
    };
}

/// <summary>A clock of one case that ends otherwise in the replay.</summary>
/// <param name="Recorded">None: it did not run in truth.</param>
/// <param name="Replayed">None: it does not run in the replay.</param>
public sealed record ClockDifference(Guid Complaint, string Number, string Clock, ClockRun? Recorded, ClockRun? Replayed)
{
    /// <summary>The clocks of a replayed case that end otherwise; of one that could not be replayed, none.</summary>
    public static IEnumerable<ClockDifference> Of(ReplayedCase one) => one.Stop is not null
        ? []
        : Pairs(one).Where(p => p.Recorded?.End != p.Replayed?.End)
            .Select(p => new ClockDifference(one.Id, one.Number, (p.Recorded ?? p.Replayed)!.Clock, p.Recorded, p.Replayed));

    /// <summary>Each run in truth beside the same run in the replay.</summary>
    internal static IEnumerable<(ClockRun? Recorded, ClockRun? Replayed)> Pairs(ReplayedCase one)
    {
        var replayed = one.Replayed.ToDictionary(r => (r.Clock, r.Run));
        var recorded = one.Recorded.Select(r => (r.Clock, r.Run)).ToHashSet();
        return one.Recorded.Select(r => ((ClockRun?)r, replayed.GetValueOrDefault((r.Clock, r.Run))))
            .Concat(one.Replayed.Where(r => !recorded.Contains((r.Clock, r.Run))).Select(r => ((ClockRun?)null, (ClockRun?)r)));
    }
}

/// <summary>
/// Counts replayed cases. Those the reader may not see are counted only where there are enough of them that no single one shows:
/// fewer are left out altogether, and whether there are any is not said.
/// </summary>
public sealed class ReplayTally
{
    /// <summary>Fewest cases, and fewest runs of a clock, that are counted although the reader may not see them.</summary>
    public const int Fewest = 5;

    private readonly Group _seen = new();
    private readonly Group _restricted = new();

    /// <param name="one">A replayed case.</param>
    /// <param name="isSeen">The reader may see it.</param>
    public void Add(ReplayedCase one, bool isSeen) => (isSeen ? _seen : _restricted).Add(one);

    /// <summary>Cases that the reader may not see; null: fewer than <see cref="Fewest"/>, and not counted.</summary>
    public int? Restricted => _restricted.Cases < Fewest ? null : _restricted.Cases;

    /// <summary>Cases counted.</summary>
    public int Cases => _seen.Cases + (Restricted ?? 0);

    /// <summary>Cases counted that could not be replayed to their end; their clocks are in no row.</summary>
    public int Stopped => _seen.Stopped + (Restricted is null ? 0 : _restricted.Stopped);

    /// <summary>Clocks in order of their keys.</summary>
    public IReadOnlyList<ClockTally> Clocks
    {
        get
        {
            var hidden = _restricted.Clocks.Where(c => Restricted is not null && Math.Max(c.Value.Recorded.All, c.Value.Replayed.All) >= Fewest);
            return [.. _seen.Clocks.Concat(hidden).GroupBy(c => c.Key, c => c.Value, StringComparer.Ordinal)
                .Select(g => g.Aggregate((one, other) => one.Plus(other))).OrderBy(c => c.Clock, StringComparer.Ordinal)];
        }
    }

    private sealed class Group
    {
        public int Cases { get; private set; }

        public int Stopped { get; private set; }

        public Dictionary<string, ClockTally> Clocks { get; } = new(StringComparer.Ordinal);

        public void Add(ReplayedCase one)
        {
            Cases++;
            if (one.Stop is not null)
            {
                Stopped++;
                return;
            }

            foreach (var (recorded, replayed) in ClockDifference.Pairs(one))
            {
                var key = (recorded ?? replayed)!.Clock;
                var so = Clocks.GetValueOrDefault(key) ?? new ClockTally(key, ClockCounts.None, ClockCounts.None, 0, 0);
                var (was, now) = (recorded?.End, replayed?.End);
                Clocks[key] = so with
                {
                    Recorded = so.Recorded.With(recorded),
                    Replayed = so.Replayed.With(replayed),
                    TurnedLate = so.TurnedLate + (now == ClockEnd.Breached && was != ClockEnd.Breached ? 1 : 0),
                    TurnedMet = so.TurnedMet + (now == ClockEnd.Met && was == ClockEnd.Breached ? 1 : 0),
                };
            }
        }
    }
}

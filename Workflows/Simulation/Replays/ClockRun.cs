using CaseManagement.Domain.Complaints;

namespace CaseManagement.Workflows.Simulation.Replays;

/// <summary>How a clock's run ended, or stands where the record ends.</summary>
public enum ClockEnd
{
    /// <summary>Neither met nor due yet.</summary>
    Open,
    Met,

    /// <summary>Its due time passed, whether it was met later or not.</summary>
    Breached,

    /// <summary>No longer needed before it was due.</summary>
    Cancelled,
}

/// <summary>One run of a clock; a clock that was met and started again has several.</summary>
/// <param name="Clock">The clock's key.</param>
/// <param name="Run">From 1.</param>
/// <param name="Limit">The limit it ran under last.</param>
/// <param name="StartedAt">Where it counts from.</param>
/// <param name="DueAt">None when its limit has no number.</param>
/// <param name="MetAt">When it was met, in time or late.</param>
public sealed record ClockRun(string Clock, int Run, string Limit, DateTimeOffset StartedAt, DateTimeOffset? DueAt, DateTimeOffset? MetAt, ClockEnd End)
{
    /// <summary>All runs of all clocks of a case, read from its events; how the last run of each stands is the case's own word.</summary>
    public static IReadOnlyList<ClockRun> Of(RecordedCase recorded)
    {
        var runs = new Dictionary<string, List<ClockRun>>(StringComparer.Ordinal);
        foreach (var happened in recorded.Events.Where(e => e.Type.StartsWith("clock.", StringComparison.Ordinal)))
        {
            if (happened.Text("clock") is not { } key)
            {
                continue;
            }

            var known = runs.TryGetValue(key, out var list) ? list : runs[key] = [];
            if (happened.Type == CaseEvents.ClockStarted)
            {
                known.Add(new ClockRun(
                    key, known.Count + 1, happened.Text("limit") ?? "", happened.Instant("startedAt") ?? happened.At, happened.Instant("dueAt"), null, ClockEnd.Open));
            }
            else if (known.Count > 0)
            {
                known[^1] = known[^1].After(happened);
            }
        }

        foreach (var (key, clock) in recorded.Complaint.Clocks.All)
        {
            if (runs.TryGetValue(key, out var known))
            {
                known[^1] = known[^1] with
                {
                    Limit = clock.LimitKey,
                    StartedAt = clock.StartedAt,
                    DueAt = clock.DueAt,
                    MetAt = clock.MetAt,
                    End = clock.BreachedAt is not null ? ClockEnd.Breached : clock.MetAt is not null ? ClockEnd.Met : clock.CancelledAt is not null ? ClockEnd.Cancelled : ClockEnd.Open,
                };
            }
        }

        return [.. runs.Values.SelectMany(r => r)];
    }

    private ClockRun After(RecordedEvent happened) => happened.Type switch
    {
        CaseEvents.ClockBreached => this with { End = ClockEnd.Breached },
        CaseEvents.ClockMet => this with { End = happened.Is("late") ? ClockEnd.Breached : ClockEnd.Met, MetAt = happened.Instant("metAt") },
        CaseEvents.ClockCancelled => this with { End = End == ClockEnd.Breached ? End : ClockEnd.Cancelled },
        CaseEvents.ClockResumed or CaseEvents.ClockExtended or CaseEvents.ClockRecomputed =>
            this with { DueAt = happened.Instant("dueAt"), Limit = happened.Text("limit") ?? Limit },
        _ => this,
    };
}

using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Runtime;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Timers;

/// <summary>What waits to be fired, whichever node will do it.</summary>
/// <param name="Due">Timers that are due and not fired; counted up to <see cref="Most"/>.</param>
/// <param name="OldestOverdue">How long the oldest of them has been due; zero when none is.</param>
/// <param name="Failing">Timers that failed and are tried again by themselves.</param>
/// <param name="Parked">Timers that wait for an operator.</param>
public sealed record TimerBacklog(int Due, TimeSpan OldestOverdue, int Failing, int Parked)
{
    /// <summary>No more are counted: a look must not cost more the longer the queue is.</summary>
    public const int Most = 100_000;

    public static TimerBacklog Empty { get; } = new(0, TimeSpan.Zero, 0, 0);

    /// <summary>Looks at the index of what is due, severity by severity, as the dispatcher does.</summary>
    /// <param name="db">The database.</param>
    /// <param name="now">The product's own time.</param>
    public static async Task<TimerBacklog> ReadAsync(CaseManagementDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (due, oldest) = (0, now);
        foreach (var severity in await SeveritiesAsync(db, cancellationToken))
        {
            var those = Waiting(db).Where(t => t.Severity == severity && t.NextAttemptAt <= now);
            if (due < Most)
            {
                due += await those.OrderBy(t => t.NextAttemptAt).Take(Most - due).CountAsync(cancellationToken);
            }

            if (await those.MinAsync(t => (DateTimeOffset?)t.NextAttemptAt, cancellationToken) is { } first && first < oldest)
            {
                oldest = first;
            }
        }

        var failed = await db.Timers.AsNoTracking().Where(t => t.Attempts > 0).GroupBy(t => t.NextAttemptAt == ParkedTimers.Until)
            .Select(g => new { Parked = g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        return new TimerBacklog(due, now - oldest, failed.Where(f => !f.Parked).Sum(f => f.Count), failed.Where(f => f.Parked).Sum(f => f.Count));
    }

    /// <summary>Timers that nobody has begun to fire although they were due before then, the gravest and most overdue first; none that failed.</summary>
    /// <param name="most">At most so many.</param>
    public static async Task<IReadOnlyList<StoredTimer>> LateAsync(
        CaseManagementDbContext db, DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        var late = new List<StoredTimer>();
        foreach (var severity in await SeveritiesAsync(db, cancellationToken))
        {
            late.AddRange(await Waiting(db).Where(t => t.Severity == severity && t.NextAttemptAt < before && t.Attempts == 0)
                .OrderBy(t => t.NextAttemptAt).Take(most - late.Count).ToListAsync(cancellationToken));
            if (late.Count == most)
            {
                break;
            }
        }

        return late;
    }

    private static IQueryable<StoredTimer> Waiting(CaseManagementDbContext db) => db.Timers.AsNoTracking().Where(t => t.LeasedUntil == null);

    /// <summary>From the gravest; each is found by its end of the index.</summary>
    private static async Task<List<int>> SeveritiesAsync(CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var severities = new List<int>();
        for (var severity = await Waiting(db).MaxAsync(t => (int?)t.Severity, cancellationToken); severity is { } one;
             severity = await Waiting(db).Where(t => t.Severity < one).MaxAsync(t => (int?)t.Severity, cancellationToken))
        {
            severities.Add(one);
        }

        return severities;
    }
}

using System.Globalization;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Runtime;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Timers;

/// <summary>A timer with the case it belongs to.</summary>
/// <param name="Timer">The timer.</param>
/// <param name="Case">Its case; null where it belongs to none.</param>
/// <param name="Number">The case's number.</param>
/// <param name="SeesCase">The reader may open the case.</param>
/// <param name="MayRetry">The reader may have it tried again now.</param>
public sealed record SeenTimer(StoredTimer Timer, Guid? Case, string? Number, bool SeesCase, bool MayRetry);

/// <summary>Who reads timers, and how far.</summary>
public enum TimerSight
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Those of the cases the reader may see, and no other, not even in a count.</summary>
    OwnCases,

    /// <summary>All, without acting.</summary>
    All,

    /// <summary>All, and acts.</summary>
    Operates,
}

/// <summary>Timers that are due, late, failing or given up, as far as their reader may see them.</summary>
/// <param name="Backlog">What is counted; only what the reader sees.</param>
/// <param name="Due">Due and not begun.</param>
/// <param name="Late">Of these, those due for longer than every node's look takes.</param>
/// <param name="Failing">Failed, and tried again by themselves.</param>
/// <param name="GivenUp">Failed too often; they wait for somebody.</param>
public sealed record TimersInView(
    TimerBacklog Backlog, IReadOnlyList<SeenTimer> Due, IReadOnlyList<SeenTimer> Late, IReadOnlyList<SeenTimer> Failing, IReadOnlyList<SeenTimer> GivenUp)
{
    /// <summary>Due for longer than this, a timer is late: every node looks each second.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(5);

    /// <summary>For a supervisor at most so many timers are looked through for those of their cases; more is told as many.</summary>
    private const int MostSearched = 10_000;

    /// <summary>Administrators act, auditors and process owners look, supervisors see those of their cases.</summary>
    /// <param name="person">The reader; null for a program, which may what its key allows.</param>
    /// <param name="scope">What the person may see.</param>
    public static TimerSight SightOf(Person? person, CaseScope scope) =>
        person is null || person.Is(SystemRoles.Administrator) ? TimerSight.Operates
        : person.Is(SystemRoles.Auditor) || person.Is(SystemRoles.ProcessOwner) ? TimerSight.All
        : scope.IsSupervisor ? TimerSight.OwnCases
        : TimerSight.None;

    /// <summary>Reads them.</summary>
    /// <param name="db">The database.</param>
    /// <param name="sight">How far the reader sees.</param>
    /// <param name="scope">The cases the reader sees.</param>
    /// <param name="now">The product's own time.</param>
    /// <param name="most">At most so many of each kind.</param>
    /// <param name="cancellationToken">Stops between queries.</param>
    public static async Task<TimersInView> ReadAsync(
        CaseManagementDbContext db, TimerSight sight, CaseScope scope, DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        var isOwn = sight == TimerSight.OwnCases;
        var (most1, before) = (isOwn ? MostSearched : most, now - LateAfter);
        var failed = db.Timers.AsNoTracking().Where(t => t.Attempts > 0);
        var parked = await failed.Where(t => t.NextAttemptAt == ParkedTimers.Until).OrderByDescending(t => t.Severity).ThenBy(t => t.DueAt).Take(most1).ToListAsync(cancellationToken);
        var failing = await failed.Where(t => t.NextAttemptAt != ParkedTimers.Until).OrderBy(t => t.NextAttemptAt).Take(most1).ToListAsync(cancellationToken);
        var due = await TimerBacklog.LateAsync(db, now, most1, cancellationToken);
        var seen = await SeeAsync(db, sight, scope, [.. parked, .. failing, .. due], cancellationToken);
        List<SeenTimer> Of(IEnumerable<StoredTimer> timers) => [.. timers.Select(t => seen.GetValueOrDefault(t.Id)).OfType<SeenTimer>()];
        var (allDue, allFailing, allParked) = (Of(due), Of(failing), Of(parked));
        var late = allDue.FindAll(t => t.Timer.NextAttemptAt < before);
        var backlog = isOwn
            ? new TimerBacklog(allDue.Count, allDue.Count == 0 ? TimeSpan.Zero : now - allDue.Min(t => t.Timer.NextAttemptAt), allFailing.Count, allParked.Count)
            : await TimerBacklog.ReadAsync(db, now, cancellationToken);
        return new TimersInView(backlog, [.. allDue.Take(most)], [.. late.Take(most)], [.. allFailing.Take(most)], [.. allParked.Take(most)]);
    }

    /// <summary>One timer as the reader may see it; null where there is none, or it is none of theirs.</summary>
    public static async Task<SeenTimer?> FindAsync(CaseManagementDbContext db, TimerSight sight, CaseScope scope, Guid timer, CancellationToken cancellationToken) =>
        sight != TimerSight.None && await db.Timers.AsNoTracking().FirstOrDefaultAsync(t => t.Id == timer, cancellationToken) is { } found
            ? (await SeeAsync(db, sight, scope, [found], cancellationToken)).GetValueOrDefault(timer)
            : null;

    private static async Task<Dictionary<Guid, SeenTimer>> SeeAsync(
        CaseManagementDbContext db, TimerSight sight, CaseScope scope, IReadOnlyList<StoredTimer> timers, CancellationToken cancellationToken)
    {
        if (sight == TimerSight.None || timers.Count == 0)
        {
            return [];
        }

        var correlations = new Dictionary<Guid, string?>();
        foreach (var ids in timers.Select(t => t.InstanceId).OfType<Guid>().Distinct().Chunk(500))
        {
            foreach (var row in await db.Instances.AsNoTracking().Where(i => ids.Contains(i.Id)).Select(i => new { i.Id, i.CorrelationId }).ToListAsync(cancellationToken))
            {
                correlations[row.Id] = row.CorrelationId;
            }
        }

        var caseOf = timers.DistinctBy(t => t.Id).ToDictionary(t => t.Id, t => CaseOf(t, correlations));
        var numbers = new Dictionary<Guid, string>();
        var (visible, supervised) = (new HashSet<Guid>(), new HashSet<Guid>());
        foreach (var ids in caseOf.Values.OfType<Guid>().Distinct().Chunk(500))
        {
            // of a case the reader may not know of, a timer tells nothing
            var known = await scope.KnownAsync(db, ids, cancellationToken);
            foreach (var row in await db.Cases.AsNoTracking().Where(c => known.Contains(c.Id)).Select(c => new { c.Id, c.Number }).ToListAsync(cancellationToken))
            {
                numbers[row.Id] = row.Number;
            }

            visible.UnionWith(await scope.Visible(db).Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken));
            supervised.UnionWith(sight == TimerSight.OwnCases ? await scope.Supervised(db).Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken) : []);
        }

        return timers.DistinctBy(t => t.Id).Select(t => caseOf[t.Id] is { } id
                ? new SeenTimer(t, numbers.ContainsKey(id) ? id : null, numbers.GetValueOrDefault(id), visible.Contains(id), CanRetry(t) && (sight == TimerSight.Operates || supervised.Contains(id)))
                : new SeenTimer(t, null, null, false, CanRetry(t) && sight == TimerSight.Operates))
            .Where(t => sight != TimerSight.OwnCases || t.SeesCase)
            .ToDictionary(t => t.Timer.Id);
    }

    private static bool CanRetry(StoredTimer timer) => timer is { Attempts: > 0, LeasedBy: null };

    private static Guid? CaseOf(StoredTimer timer, Dictionary<Guid, string?> instances)
    {
        var id = timer.Kind == CaseTimers.Clock ? timer.Payload : timer.InstanceId is { } instance ? instances.GetValueOrDefault(instance) : null;
        return Guid.TryParse(id, CultureInfo.InvariantCulture, out var known) ? known : null;
    }
}

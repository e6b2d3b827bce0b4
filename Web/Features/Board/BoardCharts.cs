using System.Globalization;
using System.Security.Claims;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Board;

/// <summary>What the charts beside the board show; asked for by the page when it is there, so that the lists need not wait for them.</summary>
/// <param name="Days">What came in and what was closed, day by day, oldest first.</param>
/// <param name="Ages">Open cases by how long ago they came in, youngest first.</param>
public sealed record BoardChartsPage(IReadOnlyList<BoardDay> Days, IReadOnlyList<BoardAge> Ages);

/// <summary>One day.</summary>
public sealed record BoardDay(DateOnly Day, int Received, int Closed);

/// <summary>Open cases of one age: with a late limit, else with one that has warned or is due today, else neither.</summary>
/// <param name="Days">Days since they came in, such as <c>4–7</c>.</param>
public sealed record BoardAge(string Days, int Late, int Soon, int Normal);

/// <summary>Counts for the charts, of the cases the reader answers for.</summary>
public sealed class BoardCharts(IDbContextFactory<CaseManagementDbContext> contexts, People people, CaseAccess access, StoredConfigurations configurations, TimeProvider clock)
{
    private const int Days = 14;

    // the last day of each age; what is older is the last group
    private static readonly int[] Ages = [1, 3, 7, 14, 30];

    /// <summary>Null for a reader who supervises nobody.</summary>
    public async Task<BoardChartsPage?> GetAsync(BoardFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var person = await people.OfAsync(user, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        if (!scope.IsSupervisor)
        {
            return null;
        }

        var configuration = await configurations.CurrentAsync(cancellationToken);
        var zone = configuration.DefaultProcess is { } process ? configuration.Published[process].Pack.Identity.Zone : "UTC";
        var now = clock.GetUtcNow();
        var today = DateWords.DayOf(now, zone);
        var cases = BoardQuery.Narrow(scope.Supervised(db), filter);
        return new BoardChartsPage(
            await DaysAsync(cases, today, zone, cancellationToken), await AgesAsync(db, cases.Where(c => c.Status == "open"), now, today, zone, cancellationToken));
    }

    private static async Task<IReadOnlyList<BoardDay>> DaysAsync(IQueryable<CaseRow> cases, DateOnly today, string zone, CancellationToken cancellationToken)
    {
        var begin = DateWords.StartOf(today.AddDays(1 - Days), zone);
        var received = Count(await cases.Where(c => c.ReceivedAt >= begin).Select(c => c.ReceivedAt).ToListAsync(cancellationToken));
        var closed = Count(await cases.Where(c => c.Status != "open" && c.ClosedAt >= begin).Select(c => c.ClosedAt!.Value).ToListAsync(cancellationToken));
        var days = Enumerable.Range(0, Days).Select(n => today.AddDays(n + 1 - Days));
        return [.. days.Select(day => new BoardDay(day, received.GetValueOrDefault(day), closed.GetValueOrDefault(day)))];

        Dictionary<DateOnly, int> Count(List<DateTimeOffset> moments) => moments.CountBy(at => DateWords.DayOf(at, zone)).ToDictionary();
    }

    private static async Task<IReadOnlyList<BoardAge>> AgesAsync(
        CaseManagementDbContext db, IQueryable<CaseRow> open, DateTimeOffset now, DateOnly today, string zone, CancellationToken cancellationToken)
    {
        var limits = BoardLimits.Of(db);
        var (late, soon) = (limits.Late(now), limits.Soon(now, DateWords.StartOf(today.AddDays(1), zone)));
        var all = await CountAsync(open);
        var lates = await CountAsync(open.Where(c => late.Any(k => k.ComplaintId == c.Id)));
        var soons = await CountAsync(open.Where(c => !late.Any(k => k.ComplaintId == c.Id) && soon.Any(k => k.ComplaintId == c.Id)));
        return [.. Enumerable.Range(0, Ages.Length + 1).Select(at => new BoardAge(Said(at), lates[at], soons[at], Math.Max(0, all[at] - lates[at] - soons[at])))];

        // how many are older than the last day of each age, in one reading
        async Task<int[]> CountAsync(IQueryable<CaseRow> of)
        {
            var edges = Ages.Select(days => DateWords.StartOf(today.AddDays(-days), zone)).ToList();
            var (a, b, c, d, e) = (edges[0], edges[1], edges[2], edges[3], edges[4]);
            var older = await of.GroupBy(_ => 1).Select(g => new
            {
                All = g.Count(),
                A = g.Count(x => x.ReceivedAt < a),
                B = g.Count(x => x.ReceivedAt < b),
                C = g.Count(x => x.ReceivedAt < c),
                D = g.Count(x => x.ReceivedAt < d),
                E = g.Count(x => x.ReceivedAt < e),
            }).SingleOrDefaultAsync(cancellationToken);
            return older is null ? new int[Ages.Length + 1] : [older.All - older.A, older.A - older.B, older.B - older.C, older.C - older.D, older.D - older.E, older.E];
        }
    }

    private static string Said(int age) => age == Ages.Length
        ? string.Create(CultureInfo.InvariantCulture, $"{Ages[^1]}+")
        : string.Create(CultureInfo.InvariantCulture, $"{(age == 0 ? 0 : Ages[age - 1] + 1)}–{Ages[age]}");
}

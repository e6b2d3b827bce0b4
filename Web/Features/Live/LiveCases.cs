using System.Collections.Concurrent;
using System.Security.Claims;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Inbox;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using ProductClocks = CaseManagement.Web.Configuration.Clocks;

namespace CaseManagement.Web.Features.Live;

/// <summary>
/// Tells a page that is open how the cases it shows stand now, so that it can say what is new. The database is asked, so it is the same on every node. A person is answered
/// from what was read a few seconds ago, and a node reads for a few persons at a time; whoever comes too often is told to come later.
/// </summary>
public sealed class LiveCases(
    IDbContextFactory<CaseManagementDbContext> contexts, People people, CaseAccess access, StoredConfigurations configurations, InboxPlaces places, Deputies deputies, TimeProvider clock,
    [FromKeyedServices(ProductClocks.Wall)] TimeProvider wallClock) : IDisposable
{
    /// <summary>A list is not read again for the same person before.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    /// <summary>Lists and cases one person may ask for anew within <see cref="Fresh"/>.</summary>
    public const int MostEach = 12;

    private const int MostAtOnce = 4;
    private const int MostKept = 2000;

    private readonly SemaphoreSlim _turns = new(MostAtOnce);
    private readonly ConcurrentDictionary<(string Person, string Asked), (DateTimeOffset At, LiveAnswer Answer)> _kept = new();
    private readonly ConcurrentDictionary<string, (DateTimeOffset Since, int Count)> _asked = new(StringComparer.Ordinal);

    /// <summary>The cases of a page of a list, each with its version.</summary>
    public Task<LiveAnswer> ListAsync(InboxFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken) => AskAsync(
        user, $"{SavedFilters.QueryOf(filter)}#{filter.Page}",
        async (person, db) =>
        {
            var scope = await access.ScopeAsync(db, person, cancellationToken);
            var configuration = await configurations.CurrentAsync(cancellationToken);
            var now = clock.GetUtcNow();
            var order = (await places.OfAsync(filter.Sort, cancellationToken))?.Select(p => p.Value).ToList();
            var list = new InboxList(InboxViews.Chosen(filter), InboxConditions.WithBelow(filter, configuration), scope, db, now, InboxQuery.EndOfDay(configuration, now), places: order, others: await deputies.OfAsync(scope, db, cancellationToken));
            var ids = (await list.ReadAsync(filter.Page, InboxQuery.PageSize, cancellationToken)).Groups.SelectMany(g => g.Cases).ToList();
            return await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Version, cancellationToken);
        },
        cancellationToken);

    /// <summary>One case with its version; none where the reader may not see it.</summary>
    public Task<LiveAnswer> CaseAsync(Guid id, ClaimsPrincipal user, CancellationToken cancellationToken) => AskAsync(
        user, $"{id}",
        async (person, db) => await (await access.ScopeAsync(db, person, cancellationToken)).Visible(db).Where(c => c.Id == id).ToDictionaryAsync(c => c.Id, c => c.Version, cancellationToken),
        cancellationToken);

    private async Task<LiveAnswer> AskAsync(
        ClaimsPrincipal user, string asked, Func<Person, CaseManagementDbContext, Task<Dictionary<Guid, long>>> read, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return new LiveAnswer(null, IsTooOften: false);
        }

        var now = wallClock.GetUtcNow();
        if (_kept.TryGetValue((person.Id, asked), out var kept) && now - kept.At < Fresh)
        {
            return kept.Answer;
        }

        var count = _asked.AddOrUpdate(person.Id, _ => (now, 1), (_, before) => now - before.Since < Fresh ? (before.Since, before.Count + 1) : (now, 1)).Count;
        if (count > MostEach || !await _turns.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return new LiveAnswer(null, IsTooOften: true);
        }

        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var answer = new LiveAnswer(await read(person, db), IsTooOften: false);
            Keep((person.Id, asked), now, answer);
            return answer;
        }
        finally
        {
            _turns.Release();
        }
    }

    private void Keep((string Person, string Asked) key, DateTimeOffset now, LiveAnswer answer)
    {
        _kept[key] = (now, answer);
        if (_kept.Count <= MostKept)
        {
            return;
        }

        foreach (var old in _kept.Where(k => now - k.Value.At >= Fresh).Select(k => k.Key).ToList())
        {
            _kept.TryRemove(old, out _);
        }

        foreach (var old in _asked.Where(a => now - a.Value.Since >= Fresh).Select(a => a.Key).ToList())
        {
            _asked.TryRemove(old, out _);
        }
    }

    public void Dispose() => _turns.Dispose();
}

/// <summary>How cases stand.</summary>
/// <param name="Cases">Their versions; null where nobody is there to be told, or it was too often.</param>
/// <param name="IsTooOften">The page is to come again later.</param>
public sealed record LiveAnswer(IReadOnlyDictionary<Guid, long>? Cases, bool IsTooOften);

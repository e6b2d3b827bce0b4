using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>One page of a list.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Groups">Its cases in order, with how many each group has in the whole list, <see cref="InboxList.MostCounted"/> at most.</param>
/// <param name="Total">Cases of the list as far as it was read.</param>
/// <param name="HasMore">There is another page.</param>
internal sealed record InboxSlice(int Page, IReadOnlyList<(InboxGroupKind Kind, int Count, IReadOnlyList<Guid> Cases)> Groups, int Total, bool HasMore);

/// <summary>
/// One list of cases: a view narrowed by what was chosen and typed, within what the reader may see. Each part of what they may see is read in the list's order and no
/// further than the page, so that a page costs the same whether there are a thousand cases or a million.
/// </summary>
internal sealed class InboxList
{
    /// <summary>Nothing is counted further than this.</summary>
    public const int MostCounted = 1000;

    private const int LongestWords = 200;
    private const int Repeats = 3;

    private readonly CaseManagementDbContext _db;
    private readonly IReadOnlyList<IQueryable<InboxKey>> _parts;
    private readonly string _view;
    private readonly string? _sort;
    private readonly DateTimeOffset _now;
    private readonly DateTimeOffset _tomorrow;

    /// <param name="view">A view's key.</param>
    /// <param name="filter">What was chosen and typed.</param>
    /// <param name="scope">The reader.</param>
    /// <param name="db">The database.</param>
    /// <param name="now">The product's own time.</param>
    /// <param name="tomorrow">When the organisation's day ends.</param>
    /// <param name="unreadOnly">Of escalations, those the reader has not opened yet.</param>
    public InboxList(
        string view, InboxFilter filter, CaseScope scope, CaseManagementDbContext db, DateTimeOffset now, DateTimeOffset tomorrow, bool unreadOnly = false)
    {
        (_db, _view, _now, _tomorrow) = (db, view, now, tomorrow);
        _sort = view == InboxViews.Closed ? InboxFilter.LastClosedFirst : InboxViews.HasClosed(view) ? (filter.Sort == InboxFilter.OldestFirst ? filter.Sort : InboxFilter.NewestFirst) : filter.Sort;
        var typed = filter.Q?.Trim() is { Length: > 0 } q ? CaseTextSearch.TermsOf(db, q.Length <= LongestWords ? q : q[..LongestWords]) : null;
        if (InboxViews.IsOfTasks(view))
        {
            // of the reader's own cases they know who complained
            var mine = InboxViews.KeysOfTasks(scope, db, view, cases => Narrow(cases, filter, typed, knows: scope.HasCases));
            mine = InboxConditions.Due(mine, filter.Due, now, tomorrow);
            _parts = [view == InboxViews.Today ? mine.Where(k => k.DueAt >= now && k.DueAt < tomorrow) : mine];
            return;
        }

        var condition = InboxViews.Of(view, scope, db, now, unreadOnly);
        _parts =
        [
            .. scope.Parts(db, tellsKnown: typed is not null).Select(part => KeysOf(Narrow(condition(part.Cases), filter, typed, part.Knows)))
                .Select(keys => view == InboxViews.Closed ? keys : InboxConditions.Due(keys, filter.Due, now, tomorrow)),
        ];
    }

    /// <summary>One page. A list in groups is read as far as it is counted, which tells the page and the counts at once; another no further than the page.</summary>
    /// <param name="page">From 1; where there is no such page, the first is answered.</param>
    /// <param name="size">Cases of a page.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<InboxSlice> ReadAsync(int page, int size, CancellationToken cancellationToken)
    {
        page = Math.Clamp(page, 1, MostCounted / size);
        var before = (page - 1) * size;
        if (_sort is InboxFilter.NewestFirst or InboxFilter.OldestFirst or InboxFilter.GravestFirst or InboxFilter.LastClosedFirst)
        {
            var some = await KeysAsync(before, size + 1, cancellationToken);
            return some.Count == 0 && page > 1
                ? await ReadAsync(1, size, cancellationToken)
                : new InboxSlice(page, [(InboxGroupKind.AsSorted, some.Count, [.. some.Take(size).Select(k => k.Id)])], before + Math.Min(some.Count, size), some.Count > size);
        }

        var all = await KeysAsync(0, MostCounted, cancellationToken);
        if (before >= all.Count)
        {
            (page, before) = (1, 0);
        }

        var counts = all.CountBy(k => KindOf(k.DueAt)).ToDictionary();
        var last = all.Count == MostCounted ? KindOf(all[^1].DueAt) : (InboxGroupKind?)null;
        return new InboxSlice(
            page,
            [.. all.Skip(before).Take(size).GroupBy(k => KindOf(k.DueAt)).Select(g => (g.Key, g.Key == last ? MostCounted : counts[g.Key], (IReadOnlyList<Guid>)[.. g.Select(k => k.Id)]))],
            all.Count, all.Count > before + size);
    }

    /// <summary>How many there are.</summary>
    /// <param name="most">Not counted further than this.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<int> CountAsync(int most, CancellationToken cancellationToken)
    {
        var ids = _parts.Select(p => p.Select(k => k.Id).Take(most)).ToList();
        if (ids.Count == 0)
        {
            return 0;
        }

        // the first part, of a department or of all, mostly has more than is counted; then the others need not be looked at
        var first = await ids[0].CountAsync(cancellationToken);
        return first == most || ids.Count == 1 ? first : Math.Min(most, await ids.Aggregate((all, next) => all.Union(next)).CountAsync(cancellationToken));
    }

    /// <summary>The cases of the list in its order, for a file.</summary>
    /// <param name="most">So many at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<Guid>> AllAsync(int most, CancellationToken cancellationToken) => [.. (await KeysAsync(0, most, cancellationToken)).Select(k => k.Id)];

    /// <summary>Whether so many cases have a task for the reader, without looking further than that.</summary>
    /// <returns>The number, <paramref name="most"/> at most.</returns>
    public static async Task<int> CountMineAsync(CaseScope scope, CaseManagementDbContext db, int most, CancellationToken cancellationToken)
    {
        // a case may come several times, by several tasks or as several of what the reader is
        var raw = await InboxViews.CasesOfTasks(scope, db).Take(most * Repeats).ToListAsync(cancellationToken);
        var cases = raw.Distinct().Count();
        return cases >= most ? most : raw.Count < most * Repeats ? cases : Math.Min(most, await InboxViews.CasesOfTasks(scope, db).Distinct().CountAsync(cancellationToken));
    }

    private IQueryable<InboxKey> KeysOf(IQueryable<CaseRow> cases) => _view == InboxViews.Closed
        ? cases.Select(c => new InboxKey { Id = c.Id, DueAt = c.ClosedAt, ReceivedAt = c.ReceivedAt, LevelRank = c.LevelRank })
        : cases.Select(c => new InboxKey { Id = c.Id, DueAt = c.NextDueAt, ReceivedAt = c.ReceivedAt, LevelRank = c.LevelRank });

    private async Task<List<InboxKey>> KeysAsync(int skip, int take, CancellationToken cancellationToken) => _parts switch
    {
        [] => [],
        [var only] => await Sorted(only).Skip(skip).Take(take).ToListAsync(cancellationToken),
        _ => await Sorted(_parts.Select(p => Sorted(p).Take(skip + take)).Aggregate((all, next) => all.Union(next))).Skip(skip).Take(take).ToListAsync(cancellationToken),
    };

    private InboxGroupKind KindOf(DateTimeOffset? due) =>
        due is null ? InboxGroupKind.PausedOrNoLimit : due < _now ? InboxGroupKind.Late : due < _tomorrow ? InboxGroupKind.Today : InboxGroupKind.Later;

    private IOrderedQueryable<InboxKey> Sorted(IQueryable<InboxKey> keys)
    {
        // PostgreSQL puts what has no value last by itself, and has an index in that order; to the others it must be said
        var lastByItself = _db.Database.IsNpgsql();
        return _sort switch
        {
            // ids begin with the moment the case was registered
            InboxFilter.NewestFirst => keys.OrderByDescending(k => k.Id),
            InboxFilter.OldestFirst => keys.OrderBy(k => k.Id),
            InboxFilter.LastClosedFirst => keys.OrderByDescending(k => k.DueAt).ThenByDescending(k => k.Id),
            InboxFilter.GravestFirst => lastByItself
                ? keys.OrderBy(k => k.LevelRank).ThenBy(k => k.DueAt).ThenBy(k => k.ReceivedAt).ThenBy(k => k.Id)
                : keys.OrderBy(k => k.LevelRank == null).ThenBy(k => k.LevelRank).ThenBy(k => k.DueAt == null).ThenBy(k => k.DueAt).ThenBy(k => k.ReceivedAt).ThenBy(k => k.Id),
            _ => lastByItself
                ? keys.OrderBy(k => k.DueAt).ThenBy(k => k.ReceivedAt).ThenBy(k => k.Id)
                : keys.OrderBy(k => k.DueAt == null).ThenBy(k => k.DueAt).ThenBy(k => k.ReceivedAt).ThenBy(k => k.Id),
        };
    }

    private IQueryable<CaseRow> Narrow(IQueryable<CaseRow> cases, InboxFilter filter, IReadOnlyList<SearchTerm>? typed, bool knows)
    {
        cases = filter.Process is { Length: > 0 } process ? cases.Where(c => c.Process == process) : cases;
        cases = filter.Level is { Length: > 0 } level ? cases.Where(c => c.Level == level) : cases;
        cases = filter.Channel is { Length: > 0 } channel ? cases.Where(c => c.Channel == channel) : cases;
        cases = filter.Status is { Length: > 0 } status ? cases.Where(c => c.Status == status) : cases;
        cases = InboxConditions.Narrow(cases, filter);
        if (typed is [])
        {
            return cases.Where(c => false);
        }

        foreach (var term in typed ?? [])
        {
            var found = knows
                ? _db.CaseTexts.Where(t => CaseTextSearch.Holds(t.Words, term.Words) || CaseTextSearch.Holds(t.People, term.People))
                : _db.CaseTexts.Where(t => CaseTextSearch.Holds(t.Words, term.Words));
            cases = cases.Join(found, c => c.Id, t => t.ComplaintId, (c, _) => c);
        }

        return cases;
    }
}

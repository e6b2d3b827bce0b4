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
/// One list of cases: a view narrowed by what was chosen and typed, within what the reader may see. What they see by their departments or rank is read in the list's
/// order and no further than the page; then their own cases, which lie among all others, up to where that page ends. So a page costs the same whether there are a
/// thousand cases or a million.
/// </summary>
internal sealed class InboxList
{
    /// <summary>Nothing is counted further than this.</summary>
    public const int MostCounted = Counts.Most;

    private const int LongestWords = 200;
    private const int Repeats = 3;
    private const int Spare = 100;

    private readonly CaseManagementDbContext _db;
    private readonly IReadOnlyList<IQueryable<InboxKey>> _ranked;
    private readonly IReadOnlyList<IQueryable<InboxKey>> _own;
    private readonly InboxSearch? _search;
    private readonly InboxPlaced? _placed;
    private readonly IQueryable<TaskDue>? _tasks;
    private readonly IQueryable<CaseRow>? _taskCases;
    private readonly IQueryable<Guid>? _taskIds;
    private readonly IQueryable<Guid>? _ofReader;
    private readonly Func<IReadOnlyList<Guid>, IQueryable<CaseRow>>? _amongThese;
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
    /// <param name="places">Keys of departments or handlers in their order, where the list is sorted by those.</param>
    /// <param name="ownRead">Where something was typed: so many of the reader's own newest cases are tried before the index is asked.</param>
    /// <param name="others">For whom the reader acts; looked at in the view of what is done for others.</param>
    public InboxList(
        string view, InboxFilter filter, CaseScope scope, CaseManagementDbContext db, DateTimeOffset now, DateTimeOffset tomorrow, bool unreadOnly = false,
        IReadOnlyList<string>? places = null, int ownRead = InboxSearch.MostOwnRead, IReadOnlyList<ActedFor>? others = null)
    {
        (_db, _view, _now, _tomorrow) = (db, view, now, tomorrow);
        _sort = view == InboxViews.Closed ? InboxFilter.LastClosedFirst : InboxViews.HasClosed(view) ? (filter.Sort == InboxFilter.OldestFirst ? filter.Sort : InboxFilter.NewestFirst) : filter.Sort;
        if (InboxPlaces.Are(_sort))
        {
            // the parts are lists in due order
            var isSearched = !string.IsNullOrWhiteSpace(filter.Q) && db.Database.IsNpgsql() && !InboxViews.IsOfTasks(view);
            _placed = new InboxPlaced(
                _sort!, places ?? [],
                (range, most, token) => new InboxList(view, filter with { Sort = null, Places = range }, scope, db, now, tomorrow, unreadOnly, ownRead: ownRead, others: others).KeysAsync(0, most, token),
                db, isSearched);
        }

        var typed = filter.Q?.Trim() is { Length: > 0 } q ? CaseTextSearch.TermsOf(db, q.Length <= LongestWords ? q : q[..LongestWords]) : null;
        if (view == InboxViews.ForOthers)
        {
            var chosen = (others ?? []).Where(o => filter.For is null or "" || o.Person.Id == filter.For).ToList();
            (_ranked, _own) = ([InboxConditions.Due(InboxForOthers.Keys(scope, chosen, db, cases => Narrow(cases, filter, typed, knows: false)), filter.Due, now, tomorrow)], []);
            return;
        }

        if (InboxViews.IsOfTasks(view))
        {
            // of the reader's own cases they know who complained
            (_ranked, _own) = ([InboxConditions.Due(InboxViews.KeysOfTasks(scope, db, view, cases => Narrow(cases, filter, typed, knows: scope.HasCases), now, tomorrow), filter.Due, now, tomorrow)], []);
            if (_sort is not (InboxFilter.GravestFirst or InboxFilter.NewestFirst or InboxFilter.OldestFirst) && typed is null && !filter.IsNarrowed)
            {
                // no task is open in a case that is not, so they are counted and ordered without looking at the cases
                var due = scope.NotAgainst(db, InboxViews.DueOfTasks(scope, db, view, now, tomorrow), t => t.CaseId);
                _tasks = due.OrderBy(t => t.DueAt == null).ThenBy(t => t.DueAt);
                _taskCases = db.Cases.AsNoTracking().Where(c => c.Status == InboxViews.OpenStatus);
                _taskIds = due.Select(t => t.CaseId);
            }

            return;
        }

        var condition = InboxViews.Of(view, scope, db, now, unreadOnly);
        if (typed is [_, ..] && db.Database.IsNpgsql())
        {
            (_ranked, _own) = ([], []);
            _search = new InboxSearch(
                db, scope, typed, onlyOpen: !InboxViews.HasClosed(view), _sort == InboxFilter.NewestFirst, cases => Due(KeysOf(Narrow(condition(cases), filter, typed: null, knows: false))), Sorted, UpTo,
                InboxOrder.Of(_sort), ownRead);
            return;
        }

        if (InboxViews.OfReader(view, scope, db, unreadOnly) is { } ofReader && typed is null && !filter.IsNarrowed)
        {
            (_ofReader, _amongThese) = (ofReader, some => condition(scope.Visible(db)).Where(c => some.Contains(c.Id)));
        }

        var parts = scope.Parts(db, tellsKnown: typed is not null).ToLookup(p => p.IsOwn, p => Due(KeysOf(Narrow(condition(p.Cases), filter, typed, p.Knows))));
        (_ranked, _own) = ([.. parts[false]], [.. parts[true]]);
        if (view == InboxViews.Unassigned && _own.Count > 0)
        {
            // what is offered to somebody is their own, whatever else it is
            _own = [Due(KeysOf(Narrow(condition(scope.NotAgainst(db, db.Cases.AsNoTracking())), filter, typed, scope.HasCases)))];
        }

        // what is closed is due no more
        IQueryable<InboxKey> Due(IQueryable<InboxKey> keys) => view == InboxViews.Closed ? keys : InboxConditions.Due(keys, filter.Due, now, tomorrow);
    }

    /// <summary>One page. A list in groups is read as far as it is counted, which tells the page and the counts at once; another no further than the page.</summary>
    /// <param name="page">From 1; where there is no such page, the first is answered.</param>
    /// <param name="size">Cases of a page.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<InboxSlice> ReadAsync(int page, int size, CancellationToken cancellationToken)
    {
        page = Math.Clamp(page, 1, MostCounted / size);
        var before = (page - 1) * size;

        // what was searched is not counted by groups: that would look for a thousand where a page was asked for
        if (_search is not null || _placed is not null || _sort is InboxFilter.NewestFirst or InboxFilter.OldestFirst or InboxFilter.GravestFirst or InboxFilter.LastClosedFirst)
        {
            var some = await KeysAsync(before, size + 1, cancellationToken);
            return some.Count == 0 && page > 1
                ? await ReadAsync(1, size, cancellationToken)
                : new InboxSlice(page, [(InboxGroupKind.AsSorted, some.Count, [.. some.Take(size).Select(k => k.Id)])], before + Math.Min(some.Count, size), some.Count > size);
        }

        if (_tasks is not null && _taskCases is not null && await SoonestAsync(_tasks, _taskCases, page, size, cancellationToken) is { } slice)
        {
            return slice;
        }

        var all = await KeysAsync(0, MostCounted, cancellationToken);
        (page, before) = before < all.Count ? (page, before) : (1, 0);
        return Grouped(page, size, all.ConvertAll(k => k.DueAt), [.. all.Skip(before).Take(size)]);
    }

    /// <summary>A page of a list in groups.</summary>
    /// <param name="page">From 1.</param>
    /// <param name="size">Cases of a page.</param>
    /// <param name="due">When each case of the whole list is due, as far as it is counted, in its order.</param>
    /// <param name="shown">Those of the page.</param>
    private InboxSlice Grouped(int page, int size, List<DateTimeOffset?> due, IReadOnlyList<InboxKey> shown)
    {
        var counts = due.CountBy(KindOf).ToDictionary();
        var last = due.Count == MostCounted ? KindOf(due[^1]) : (InboxGroupKind?)null;
        return new InboxSlice(
            page, [.. shown.GroupBy(k => KindOf(k.DueAt)).Select(g => (g.Key, g.Key == last ? MostCounted : counts.GetValueOrDefault(g.Key, g.Count()), (IReadOnlyList<Guid>)[.. g.Select(k => k.Id)]))],
            due.Count, due.Count > page * size);
    }

    /// <summary>How many there are.</summary>
    /// <param name="most">Not counted further than this.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<int> CountAsync(int most, CancellationToken cancellationToken)
    {
        if (_search is not null)
        {
            return (await _search.FirstAsync(most, cancellationToken)).Count;
        }

        if (_taskIds is not null)
        {
            return (await _taskIds.Take(most).ToListAsync(cancellationToken)).Count;
        }

        // what concerns the reader alone is mostly little: then it is begun at, and not at all that they see
        if (_ofReader is not null && _amongThese is not null)
        {
            var some = await _ofReader.Distinct().Take(Spare + 1).ToListAsync(cancellationToken);
            if (some.Count <= Spare)
            {
                return some.Count == 0 ? 0 : await _amongThese(some).Take(most).CountAsync(cancellationToken);
            }
        }

        // of the few clocks that are meant some are tried first: a database follows the order of the many cases in the hope of meeting them
        if (InboxViews.OfClocks(_view, _db, _now) is { } meant && _ranked.Count > 0)
        {
            var some = await meant.Take(most * Repeats).ToListAsync(cancellationToken);
            if ((await IdsAsync([.. _ranked.Select(keys => keys.Where(k => some.Contains(k.Id)))], most, cancellationToken)).Count == most)
            {
                return most;
            }
        }

        // what is seen by rank mostly has more than is counted; then the person's own need not be looked at
        var ranked = await IdsAsync(_ranked, most, cancellationToken);
        return ranked.Count == most || _own.Count == 0 ? ranked.Count : Math.Min(most, ranked.Union(await IdsAsync(_own, most, cancellationToken)).Count());
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

    private async Task<List<InboxKey>> KeysAsync(int skip, int take, CancellationToken cancellationToken)
    {
        var until = skip + take;
        if (_placed is not null)
        {
            return [.. (await _placed.FirstAsync(until, cancellationToken)).Skip(skip)];
        }

        if (_search is not null)
        {
            return [.. (await _search.FirstAsync(until, cancellationToken)).Skip(skip)];
        }

        if (_tasks is not null && _taskCases is not null)
        {
            return [.. (await SoonestAsync(_tasks, _taskCases, until, cancellationToken)).Skip(skip).Take(take)];
        }

        var ranked = _ranked switch
        {
            [] => [],
            [var only] => await Sorted(only).Take(until).ToListAsync(cancellationToken),
            _ => await Sorted(_ranked.Select(p => Sorted(p).Take(until)).Aggregate((all, next) => all.Union(next))).Take(until).ToListAsync(cancellationToken),
        };
        if (_own.Count == 0)
        {
            return ranked[Math.Min(skip, ranked.Count)..];
        }

        // put together before the first are taken, so that the database looks for all of them as it is quickest and does not follow the order in the hope of meeting some
        var last = ranked.Count == until ? ranked[^1] : null;
        var own = await Sorted(_own.Select(p => UpTo(p, last)).Aggregate((all, next) => all.Union(next))).Take(until).ToListAsync(cancellationToken);
        return [.. ranked.Concat(own).DistinctBy(k => k.Id).Order(InboxOrder.Of(_sort)).Skip(skip).Take(take)];
    }

    /// <summary>
    /// A page of the cases of tasks. Tasks tell their order and how many there are; cases are looked up for the page alone, with those that are due at the same moment as
    /// its first or its last.
    /// </summary>
    /// <returns>Null where more are due at the moment of the last than were read.</returns>
    private async Task<InboxSlice?> SoonestAsync(IQueryable<TaskDue> tasks, IQueryable<CaseRow> cases, int page, int size, CancellationToken cancellationToken)
    {
        var read = await tasks.Take(MostCounted + Spare).ToListAsync(cancellationToken);
        var due = read.Take(MostCounted).Select(t => t.DueAt).ToList();
        var before = (page - 1) * size;
        (page, before) = before < due.Count ? (page, before) : (1, 0);
        if (due.Count == 0)
        {
            return Grouped(page, size, due, []);
        }

        var (first, last) = (due[before], due[Math.Min(before + size, due.Count) - 1]);
        var (begin, end) = (read.FindIndex(t => t.DueAt == first), read.FindLastIndex(t => t.DueAt == last));
        if (end == MostCounted + Spare - 1)
        {
            return null;
        }

        var some = read[begin..(end + 1)].ToDictionary(t => t.CaseId, t => t.DueAt);
        return Grouped(page, size, due, [.. (await KeysOfAsync(some, cases, cancellationToken)).Skip(before - begin).Take(size)]);
    }

    /// <summary>The cases of tasks in due order.</summary>
    private static async Task<IEnumerable<InboxKey>> KeysOfAsync(Dictionary<Guid, DateTimeOffset?> due, IQueryable<CaseRow> cases, CancellationToken cancellationToken)
    {
        var ids = due.Keys.ToList();
        return (await cases.Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.NextDueAt, c.ReceivedAt, c.LevelRank }).ToListAsync(cancellationToken))
            .Select(c => new InboxKey { Id = c.Id, DueAt = due[c.Id] ?? c.NextDueAt, ReceivedAt = c.ReceivedAt, LevelRank = c.LevelRank }).Order(InboxOrder.Of(null));
    }

    /// <summary>
    /// The first cases of tasks in due order, looked up no further than needed. Tasks that are due at the same moment as the last one read are left for the next look:
    /// which of their cases comes first only the cases tell.
    /// </summary>
    private static async Task<List<InboxKey>> SoonestAsync(IQueryable<TaskDue> tasks, IQueryable<CaseRow> cases, int until, CancellationToken cancellationToken)
    {
        for (var number = until + Spare; ; number *= 4)
        {
            var read = await tasks.Take(number).ToListAsync(cancellationToken);
            var isAll = read.Count < number;
            var due = read.Where(t => isAll || (t.DueAt is { } at && at != read[^1].DueAt)).ToDictionary(t => t.CaseId, t => t.DueAt);
            var keys = (await KeysOfAsync(due, cases, cancellationToken)).Take(until).ToList();
            if (isAll || keys.Count == until)
            {
                return keys;
            }
        }
    }

    /// <summary>Those that may stand before a case in the list's order; some may stand behind it.</summary>
    private IQueryable<InboxKey> UpTo(IQueryable<InboxKey> keys, InboxKey? last) => (_sort, last) switch
    {
        (_, null) => keys,
        (InboxFilter.NewestFirst, { Id: var id }) => keys.Where(k => k.Id >= id),
        (InboxFilter.OldestFirst, { Id: var id }) => keys.Where(k => k.Id <= id),
        (InboxFilter.LastClosedFirst, { DueAt: { } closed }) => keys.Where(k => k.DueAt >= closed),
        (InboxFilter.GravestFirst, { LevelRank: { } rank, DueAt: { } due }) => keys.Where(k => k.LevelRank <= rank && (k.LevelRank < rank || k.DueAt <= due)),
        (InboxFilter.GravestFirst, { LevelRank: { } rank }) => keys.Where(k => k.LevelRank <= rank),
        (InboxFilter.LastClosedFirst or InboxFilter.GravestFirst, _) => keys,
        (_, { DueAt: { } due }) => keys.Where(k => k.DueAt <= due),
        _ => keys,
    };

    private static async Task<List<Guid>> IdsAsync(IReadOnlyList<IQueryable<InboxKey>> parts, int most, CancellationToken cancellationToken) => parts switch
    {
        [] => [],
        [var only] => await only.Select(k => k.Id).Take(most).ToListAsync(cancellationToken),
        _ => await parts.Select(p => p.Select(k => k.Id).Take(most)).Aggregate((all, next) => all.Union(next)).Take(most).ToListAsync(cancellationToken),
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
        cases = InboxConditions.Narrow(cases, filter, _db);
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

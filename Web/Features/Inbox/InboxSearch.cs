using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>
/// A list narrowed by what was typed, where the database has an index of pairs of characters. What many texts hold is met soon among the first of the list; what few hold
/// the index finds. No database knows beforehand which of the two a phrase is, so the first are tried, as many as cost little, and the index is asked when they were not enough.
/// </summary>
/// <param name="db">The database.</param>
/// <param name="scope">The reader.</param>
/// <param name="terms">What was typed; all of it must be there.</param>
/// <param name="onlyOpen">The list holds open cases alone.</param>
/// <param name="newestFirst">The list is in the order of ids.</param>
/// <param name="keys">The cases of the list among those given, but for what was typed.</param>
/// <param name="sorted">Puts them in the list's order.</param>
/// <param name="upTo">Leaves out what surely stands behind a case.</param>
/// <param name="order">The list's order.</param>
/// <param name="ownRead">Of the reader's own, so many of the first are tried.</param>
internal sealed class InboxSearch(
    CaseManagementDbContext db, CaseScope scope, IReadOnlyList<SearchTerm> terms, bool onlyOpen, bool newestFirst, Func<IQueryable<CaseRow>, IQueryable<InboxKey>> keys,
    Func<IQueryable<InboxKey>, IOrderedQueryable<InboxKey>> sorted, Func<IQueryable<InboxKey>, InboxKey?, IQueryable<InboxKey>> upTo, IComparer<InboxKey> order, int ownRead)
{
    /// <summary>Of the reader's own, so many are tried at most.</summary>
    public const int MostOwnRead = 3_000;

    // texts that are read one after the other, at 2 µs each among a department's newest, at 10 where they lie apart
    private const int FirstRead = 400;
    private const int MostRead = 10_000;
    private const int FirstOwnRead = 300;

    // up to so many had to be tried of the others, the reader's own before the last of them are few; and so many ids of their own are still a list to look in
    private const int ShallowRead = 4_000;
    private const int MostOwn = 20_000;
    private const int FewFound = 500;

    // of so few that hold it, how many more there are is a guess
    private const double Spare = 1.5;

    private int _deepest;

    private IQueryable<CaseTextRow> Texts => onlyOpen ? db.CaseTexts.Where(t => t.IsOpen) : db.CaseTexts;

    /// <summary>The first of the list.</summary>
    /// <param name="most">So many at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<List<InboxKey>> FirstAsync(int most, CancellationToken cancellationToken)
    {
        var parts = scope.Parts(db, tellsKnown: true);
        var found = new List<InboxKey>();
        foreach (var part in parts.Where(p => !p.IsOwn))
        {
            found = First(found, await RankedAsync(part, most, cancellationToken), most);
        }

        var own = parts.Where(p => p.IsOwn).ToList();
        return own.Count > 0 ? First(found, await OwnAsync(own, found.Count == most ? found[^1] : null, most, cancellationToken), most) : found;
    }

    private async Task<List<InboxKey>> RankedAsync(CasePart part, int most, CancellationToken cancellationToken)
    {
        var texts = part.Leads switch
        {
            null => Texts,
            [var lead] => Texts.Where(t => t.Lead == lead),
            var leads => Texts.Where(t => t.Lead != null && leads.Contains(t.Lead)),
        };
        for (int? number = FirstRead; number is { } first;)
        {
            _deepest = Math.Max(_deepest, first);
            var near = newestFirst
                ? await FoundAsync(part.Cases, Read(texts.OrderByDescending(t => t.ComplaintId).Take(first), part.Knows), last: null, most, cancellationToken)
                : await sorted(sorted(keys(part.Cases)).Take(first).Join(Read(db.CaseTexts, part.Knows), k => k.Id, t => t.ComplaintId, (k, _) => k)).Take(most).ToListAsync(cancellationToken);
            if (near.Count == most)
            {
                return near;
            }

            number = Further(first, near.Count, most, MostRead);
        }

        _deepest = int.MaxValue;
        return await FoundAsync(part.Cases, Find(texts, part.Knows), last: null, most, cancellationToken);
    }

    /// <summary>How many to try next, after so many were found among the first; null: the index has fewer to look at.</summary>
    private static int? Further(int tried, int found, int most, int limit) =>
        found > 0 && (int)Math.Ceiling(Spare * tried * most / found) is var needed && needed <= limit && needed > tried ? needed : null;

    private async Task<List<InboxKey>> OwnAsync(IReadOnlyList<CasePart> own, InboxKey? last, int most, CancellationToken cancellationToken)
    {
        var since = newestFirst && last is { Id: var id } ? id : Guid.Empty;
        if (newestFirst)
        {
            // where the reader knows of each case who complained, everything has been searched already
            var leads = scope.Headed;
            for (int? number = Math.Min(FirstOwnRead, ownRead); number is { } first;)
            {
                var ids = await scope.OwnIds(db, since, first).ToListAsync(cancellationToken);
                var near = await FoundAsync(
                    scope.NotAgainst(db, scope.Openly(db.Cases.AsNoTracking())), Read(db.CaseTexts.Where(t => ids.Contains(t.ComplaintId) && (t.Lead == null || !leads.Contains(t.Lead))), scope.HasCases),
                    last, most, cancellationToken);

                // fewer are all of them; of more these come first
                if (ids.Count < first || near.Count == most)
                {
                    return near;
                }

                number = Further(first, near.Count, most, ownRead);
            }
        }
        else if (last is not null && _deepest <= ShallowRead)
        {
            // what may stand before the last one found is little: it is read
            var before = own.Select(p => upTo(keys(p.Cases), last)).Aggregate((all, next) => all.Union(next));
            return await sorted(before.Join(Read(db.CaseTexts, scope.HasCases), k => k.Id, t => t.ComplaintId, (k, _) => k)).Take(most).ToListAsync(cancellationToken);
        }

        // few that the index finds are looked up each
        var found = Find(Texts.Where(t => t.ComplaintId >= since), scope.HasCases);
        var few = await found.Select(t => t.ComplaintId).Take(FewFound + 1).ToListAsync(cancellationToken);
        if (few.Count <= FewFound)
        {
            return await sorted(upTo(keys(scope.Own(db).Where(c => few.Contains(c.Id))), last)).Take(most).ToListAsync(cancellationToken);
        }

        // of many it is not asked in four tables whose they are, but in one list
        var mine = await scope.OwnIds(db, since, MostOwn).ToListAsync(cancellationToken);
        return mine.Count < MostOwn
            ? await FoundAsync(scope.NotAgainst(db, scope.Openly(db.Cases.AsNoTracking())), Find(Texts.Where(t => mine.Contains(t.ComplaintId)), scope.HasCases), last, most, cancellationToken)
            : await FoundAsync(scope.Own(db), found, last, most, cancellationToken);
    }

    // each text once, which it is anyway: so the database finds them by themselves, and does not follow the order of the list in the hope of meeting some
    private async Task<List<InboxKey>> FoundAsync(IQueryable<CaseRow> cases, IQueryable<CaseTextRow> texts, InboxKey? last, int most, CancellationToken cancellationToken) =>
        await sorted(upTo(keys(texts.Select(t => t.ComplaintId).Distinct().Join(cases, id => id, c => c.Id, (_, c) => c)), last)).Take(most).ToListAsync(cancellationToken);

    private IQueryable<CaseTextRow> Read(IQueryable<CaseTextRow> texts, bool knows)
    {
        foreach (var term in terms)
        {
            texts = knows
                ? texts.Where(t => CaseTextSearch.IsReadIn(t.Words, term.Words) || CaseTextSearch.IsReadIn(t.People, term.People))
                : texts.Where(t => CaseTextSearch.IsReadIn(t.Words, term.Words));
        }

        return texts;
    }

    private IQueryable<CaseTextRow> Find(IQueryable<CaseTextRow> texts, bool knows)
    {
        foreach (var term in terms)
        {
            texts = knows
                ? texts.Where(t => CaseTextSearch.Holds(t.Words, term.Words) || CaseTextSearch.Holds(t.People, term.People))
                : texts.Where(t => CaseTextSearch.Holds(t.Words, term.Words));
        }

        return texts;
    }

    // a case may be of several departments' and of the person's own
    private List<InboxKey> First(List<InboxKey> some, List<InboxKey> others, int most) => [.. some.Concat(others).DistinctBy(k => k.Id).Order(order).Take(most)];
}

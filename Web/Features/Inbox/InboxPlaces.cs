using System.Globalization;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>The departments or handlers by whose names a list is sorted.</summary>
public sealed class InboxPlaces(People people)
{
    /// <summary>A list is sorted by the department that leads, or by who handles.</summary>
    public static bool Are(string? sort) => sort is InboxFilter.ByDepartment or InboxFilter.ByHandler;

    /// <summary>Keys and names in the order of the names, as the reader's language sorts them; null for a list that is sorted otherwise.</summary>
    public async Task<IReadOnlyList<Choice>?> OfAsync(string? sort, CancellationToken cancellationToken)
    {
        if (!Are(sort))
        {
            return null;
        }

        var english = PackWords.Language.StartsWith("en", StringComparison.Ordinal);
        var named = sort == InboxFilter.ByHandler
            ? (await people.AllAsync(cancellationToken)).Select(p => new Choice(p.Id, p.Name))
            : (await people.DepartmentsAsync(cancellationToken)).Select(d => new Choice(d.Key, english ? d.NameEn : d.NameZh));
        return [.. named.OrderBy(p => p.Text, StringComparer.Create(CultureInfo.CurrentUICulture, ignoreCase: true)).ThenBy(p => p.Value, StringComparer.Ordinal)];
    }

    /// <summary>Where cases stand by that sort.</summary>
    internal static async Task<Dictionary<Guid, string?>> OfCasesAsync(string? sort, IReadOnlyCollection<Guid> ids, CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var cases = db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id));
        return await (sort == InboxFilter.ByHandler ? cases.Select(c => new { c.Id, Place = c.Handler }) : cases.Select(c => new { c.Id, Place = c.Lead }))
            .ToDictionaryAsync(c => c.Id, c => c.Place, cancellationToken);
    }
}

/// <summary>Some of the places of a list.</summary>
/// <param name="Sort">By department or by handler.</param>
/// <param name="Keys">Cases of these; or, with <paramref name="Others"/>, of none of these; null: those that have no place.</param>
/// <param name="Others">Turns the keys round.</param>
internal sealed record InboxPlaceRange(string Sort, IReadOnlyList<string>? Keys, bool Others = false);

/// <summary>
/// A list in the order of places, within each by what is due. No index holds names in a language's order, so it is read in due order as all lists are: where that is all of
/// it, it is sorted here; of a longer one only the first places are read: one, then the next two, four and so on, and by halves where more come than are asked for.
/// </summary>
/// <param name="sort">By department or by handler.</param>
/// <param name="places">Keys in their order; whatever else cases have comes behind, then those without.</param>
/// <param name="read">The first so many of a part of the list, in due order.</param>
/// <param name="db">Tells where a case stands.</param>
/// <param name="isSearched">The list is narrowed by what was typed: it is looked for once, as far as lists are counted, and those are sorted.</param>
internal sealed class InboxPlaced(
    string sort, IReadOnlyList<string> places, Func<InboxPlaceRange?, int, CancellationToken, Task<List<InboxKey>>> read, CaseManagementDbContext db, bool isSearched)
{
    private readonly Dictionary<string, int> _ranks = places.Index().ToDictionary(p => p.Item, p => p.Index, StringComparer.Ordinal);

    /// <summary>The first of the list.</summary>
    public async Task<List<InboxKey>> FirstAsync(int most, CancellationToken cancellationToken)
    {
        var number = isSearched ? Math.Max(most, InboxList.MostCounted) : most;
        var all = await read(null, number, cancellationToken);
        if (isSearched || all.Count < number)
        {
            return [.. (await SortedAsync(all, cancellationToken)).Take(most)];
        }

        var found = new List<InboxKey>();
        for (var (at, size) = (0, 1); at < places.Count && found.Count < most; (at, size) = (at + size, size * 2))
        {
            found.AddRange(await AmongAsync([.. places.Skip(at).Take(size)], most - found.Count, cancellationToken));
        }

        foreach (var rest in (InboxPlaceRange[])[new(sort, places, Others: true), new(sort, null)])
        {
            found.AddRange(found.Count < most ? await read(rest, most - found.Count, cancellationToken) : []);
        }

        return found;
    }

    private async Task<List<InboxKey>> AmongAsync(IReadOnlyList<string> some, int most, CancellationToken cancellationToken)
    {
        if (some.Count == 0 || most <= 0)
        {
            return [];
        }

        var found = await read(new InboxPlaceRange(sort, some), most, cancellationToken);
        if (found.Count < most)
        {
            return await SortedAsync(found, cancellationToken);
        }

        if (some.Count == 1)
        {
            return found;
        }

        var half = some.Count / 2;
        var first = await AmongAsync([.. some.Take(half)], most, cancellationToken);
        first.AddRange(await AmongAsync([.. some.Skip(half)], most - first.Count, cancellationToken));
        return first;
    }

    // stable: within a place what is due first stays first
    private async Task<List<InboxKey>> SortedAsync(List<InboxKey> keys, CancellationToken cancellationToken)
    {
        var stand = await InboxPlaces.OfCasesAsync(sort, [.. keys.Select(k => k.Id)], db, cancellationToken);
        return [.. keys.OrderBy(k => stand.GetValueOrDefault(k.Id) is not { } place ? int.MaxValue : _ranks.GetValueOrDefault(place, places.Count))];
    }
}

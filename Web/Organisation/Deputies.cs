using CaseManagement.Domain.Delegations;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Organisation;

/// <summary>Somebody for whom a reader acts now.</summary>
/// <param name="Scope">What that person sees, the person among it.</param>
/// <param name="Standing">What lets the reader act for them; none: single tasks alone were delegated.</param>
public sealed record ActedFor(CaseScope Scope, IReadOnlyList<Delegation> Standing)
{
    public Person Person => Scope.Person!;
}

/// <summary>For whom somebody acts at present, and who is away.</summary>
public sealed class Deputies(People people, CaseAccess access, StoredConfigurations configurations, TimeProvider clock)
{
    // more than this nobody stands in for
    private const int Most = 20;

    /// <summary>Those for whom the reader acts now, by name; nobody for those who do not handle cases themselves.</summary>
    public async Task<IReadOnlyList<ActedFor>> OfAsync(CaseScope scope, CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        if (scope.Person is not { } person || !scope.HasCases)
        {
            return [];
        }

        var standing = (await configurations.CurrentAsync(cancellationToken)).Chart.DelegatedTo(person.Id, clock.GetUtcNow()).ToLookup(d => d.From, StringComparer.Ordinal);
        var (from, to) = (PartyKinds.For(person.Id, ""), person.Id + "!"); // '!' follows the space
        var single = (await db.CaseParties.AsNoTracking().Where(p => p.Kind == PartyKinds.Delegate && p.Who.CompareTo(from) > 0 && p.Who.CompareTo(to) < 0)
            .Select(p => p.Who).Distinct().OrderBy(w => w).Take(Most).ToListAsync(cancellationToken)).Select(w => w[from.Length..]);
        var others = new List<ActedFor>();
        foreach (var id in standing.Select(g => g.Key).Concat(single).Distinct(StringComparer.Ordinal).Take(Most))
        {
            if (await people.FindAsync(id, cancellationToken) is { } other)
            {
                others.Add(new ActedFor(await access.ScopeAsync(db, other, cancellationToken), [.. standing[id]]));
            }
        }

        return [.. others.OrderBy(o => o.Person.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>Absences at this moment, by the person who is away.</summary>
    public async Task<IReadOnlyDictionary<string, Delegation>> AwayAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return (await configurations.CurrentAsync(cancellationToken)).Chart.Delegations.Where(d => d.IsCover && d.IsInForce(now))
            .GroupBy(d => d.From, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
    }
}

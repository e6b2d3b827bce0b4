using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Organisation;

/// <summary>
/// Cases of which somebody learns number and times and nothing else: those who answer for processes and limits read what a change does to them,
/// except where the case is kept closely or the reader is kept out of it.
/// </summary>
public static class CaseOutlines
{
    /// <summary>Answers for processes, limits or their proof, without cases of their own.</summary>
    public static bool SeesOutlines(this Person person) =>
        person.Is(SystemRoles.ProcessOwner) || person.Is(SystemRoles.Administrator) || person.Is(SystemRoles.Auditor);

    /// <summary>Those of the cases whose number and times the person may know. Counts of the others are told as <see cref="RestrictedCount"/>.</summary>
    public static async Task<IReadOnlySet<Guid>> KnownAsync(
        this CaseScope scope, CaseManagementDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        const int AtOnce = 1000;
        var known = new HashSet<Guid>();
        if (scope.Person is not { } person)
        {
            return known;
        }

        foreach (var some in ids.Distinct().Chunk(AtOnce))
        {
            known.UnionWith(await scope.Visible(db).Where(c => some.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken));
            if (person.SeesOutlines())
            {
                var against = scope.Against(db);
                known.UnionWith(await db.Cases.AsNoTracking().Where(c => some.Contains(c.Id) && c.Confidentiality < CaseScope.Close && !against.Any(a => a.Id == c.Id))
                    .Select(c => c.Id).ToListAsync(cancellationToken));
            }
        }

        return known;
    }
}

/// <summary>How many cases a reader may not know of; few are not counted exactly, for a small number tells who.</summary>
/// <param name="Count">How many.</param>
public readonly record struct RestrictedCount(int Count)
{
    /// <summary>Below this many the number is not told.</summary>
    public const int Fewest = 5;

    /// <summary>The number as told to programs: exact, or "fewer than 5".</summary>
    public string? Told => Count switch
    {
        0 => null,
        < Fewest => $"fewer than {Fewest}",
        _ => Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}

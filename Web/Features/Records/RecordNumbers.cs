using CaseManagement.Domain.Packs;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Records;

/// <summary>Looks ahead at the numbers cases would have. The sequence goes on by itself whatever the pattern: a number is taken in the commit that makes its case.</summary>
public sealed class RecordNumbers
{
    private const int Shown = 3;
    private const int LooksAhead = 500;

    /// <summary>The next numbers; fewer where they run out.</summary>
    public async Task<IReadOnlyList<string>> NextAsync(CaseManagementDbContext db, string process, NumberScheme scheme, DateTimeOffset at, CancellationToken cancellationToken) =>
        Ahead(scheme, at, await LastAsync(db, process, scheme, at, cancellationToken), Shown);

    /// <summary>The first of the coming numbers that a case has already; null where none has.</summary>
    public async Task<string?> TakenAsync(CaseManagementDbContext db, string process, NumberScheme scheme, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var coming = Ahead(scheme, at, await LastAsync(db, process, scheme, at, cancellationToken), LooksAhead);
        return await db.Cases.Where(c => coming.Contains(c.Number)).OrderBy(c => c.Number).Select(c => c.Number).FirstOrDefaultAsync(cancellationToken);
    }

    private static Task<long> LastAsync(CaseManagementDbContext db, string process, NumberScheme scheme, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var name = $"{process}/{scheme.CycleKey(at)}";
        return db.Sequences.Where(s => s.Name == name).Select(s => s.Value).SingleOrDefaultAsync(cancellationToken);
    }

    private static List<string> Ahead(NumberScheme scheme, DateTimeOffset at, long last, int count)
    {
        var numbers = new List<string>();
        for (var next = last + 1; next <= last + count && (scheme.LastInCycle is not { } end || next <= end); next++)
        {
            numbers.Add(scheme.Format(at, (int)next));
        }

        return numbers;
    }
}

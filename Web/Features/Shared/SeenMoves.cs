using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Shared;

/// <summary>What a reader may know of the cases a change moves.</summary>
/// <param name="Seen">The clocks of cases the reader may know of.</param>
/// <param name="Restricted">How many other cases move.</param>
public sealed record ReadMoves(IReadOnlyList<MovedClock> Seen, RestrictedCount Restricted)
{
    public static ReadMoves Nothing { get; } = new([], default);
}

/// <summary>Parts what a change moves into what its reader may know of and a number.</summary>
public sealed class SeenMoves(IDbContextFactory<CaseManagementDbContext> contexts, CaseAccess access)
{
    public async Task<ReadMoves> OfAsync(IReadOnlyList<MovedClock> moved, Person reader, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, reader, cancellationToken);
        var known = await scope.KnownAsync(db, [.. moved.Select(one => one.CaseId).Distinct()], cancellationToken);
        var hidden = moved.Where(one => one.IsDueElsewhen && !known.Contains(one.CaseId)).DistinctBy(one => one.CaseId).Count();
        return new ReadMoves([.. moved.Where(one => known.Contains(one.CaseId))], new RestrictedCount(hidden));
    }
}

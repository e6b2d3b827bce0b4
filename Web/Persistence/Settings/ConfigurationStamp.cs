using CaseManagement.Web.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Persistence.Settings;

/// <summary>The one row that tells every node whether its cached processes, limits, calendars and organisation are current.</summary>
public sealed class ConfigurationStamp
{
    public const int TheId = 1;

    private static int _raisedHere;

    /// <summary>How often this process has raised a stamp: what a request read before is asked anew.</summary>
    internal static int RaisedHere => Volatile.Read(ref _raisedHere);

    public required int Id { get; init; }

    /// <summary>Rises with every committed change; 1 in an empty database.</summary>
    public required long Version { get; init; }

    /// <summary>Raises it; who calls has locked it.</summary>
    internal static async Task RaiseAsync(CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        await db.ConfigurationStamps.ExecuteUpdateAsync(stamp => stamp.SetProperty(s => s.Version, s => s.Version + 1), cancellationToken);
        Interlocked.Increment(ref _raisedHere);
    }

    /// <summary>The version now.</summary>
    internal static Task<long> NowAsync(CaseManagementDbContext db, CancellationToken cancellationToken) => db.ConfigurationStamps.Select(s => s.Version).SingleAsync(cancellationToken);

    /// <summary>The version now; of a request that only reads, as it was when it asked first.</summary>
    internal static ValueTask<long> NowAsync(IDbContextFactory<CaseManagementDbContext> contexts, RequestReads reads, CancellationToken cancellationToken) => reads.OnceAsync("stamp", async () =>
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await NowAsync(db, cancellationToken);
    });
}

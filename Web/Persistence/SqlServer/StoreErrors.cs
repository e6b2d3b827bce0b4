using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.Data.SqlClient;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>What the database's errors mean to those who run bursts.</summary>
internal static class StoreErrors
{
    private const int Deadlock = 1205;
    private const int LockTimeout = 1222;
    private const int UniqueIndex = 2601;
    private const int UniqueConstraint = 2627;
    private const int SnapshotConflict = 3960;

    /// <summary>Azure SQL, short of what it needs; try later.</summary>
    private static readonly HashSet<int> Throttled = [10928, 10929, 40501, 49918, 49919, 49920];

    /// <summary>A burst gave up waiting for a change of the configuration; it had read nothing yet.</summary>
    public static bool WaitedForConfiguration(Exception? failure) => failure is SqlException { Number: ApplicationLocks.ConfigurationBusy };

    /// <summary>The exception to tell: what came from the database in the store's words, anything else as it is.</summary>
    public static Exception Of(Exception failure) => failure switch
    {
        // Somebody wrote the same number, external id or answer first, or two wait for each other; run again, the burst will see.
        SqlException { Number: ApplicationLocks.LostRace or Deadlock or UniqueIndex or UniqueConstraint or SnapshotConflict } lost =>
            new LostRaceException(lost.Message),

        SqlException { Number: ApplicationLocks.Busy or ApplicationLocks.ConfigurationBusy or LockTimeout } busy =>
            new StoreBusyException($"The database is busy; nothing was changed. {busy.Message}", busy),
        SqlException busy when Throttled.Contains(busy.Number) =>
            new StoreBusyException($"The database is busy; nothing was changed. {busy.Message}", busy),

        SqlException or IOException or TimeoutException =>
            new StoreFailedException("The database failed; unless it did so while committing, nothing was changed.", failure),
        _ => failure,
    };
}

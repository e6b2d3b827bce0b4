using CaseManagement.Workflows.Runtime.Stores;
using Npgsql;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>What the database's errors mean to those who run bursts.</summary>
internal static class StoreErrors
{
    /// <summary>A burst gave up waiting for a change of the configuration; it had read nothing yet.</summary>
    public static bool WaitedForConfiguration(Exception? failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable, BatchCommand.CommandText: AdvisoryLocks.ShareConfigurationSql };

    /// <summary>The exception to tell: what came from the database in the store's words, anything else as it is.</summary>
    public static Exception Of(Exception failure) => failure switch
    {
        // Somebody wrote the same number, external id or answer first, or two wait for each other; run again, the burst will see.
        PostgresException
        {
            SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
        } lost => new LostRaceException(lost.MessageText),

        PostgresException
        {
            SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.CannotConnectNow
        } busy => new StoreBusyException($"The database is busy; nothing was changed. {busy.MessageText}", busy),

        NpgsqlException or IOException or TimeoutException =>
            new StoreFailedException("The database failed; unless it did so while committing, nothing was changed.", failure),
        _ => failure,
    };
}

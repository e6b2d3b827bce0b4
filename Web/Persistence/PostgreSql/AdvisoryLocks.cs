namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>
/// Locks on what is no row. Those of a transaction end with it. What SQLite's single writer gives for nothing, bursts that run side
/// by side ask for here.
/// </summary>
internal static class AdvisoryLocks
{
    /// <summary>Bursts share the configuration they run under; whoever changes it waits for them and has it alone.</summary>
    public const string ShareConfigurationSql = "SELECT pg_advisory_xact_lock_shared(0, 1)";

    /// <inheritdoc cref="ShareConfigurationSql"/>
    public const string ChangeConfigurationSql = "SELECT pg_advisory_xact_lock(0, 1)";

    /// <summary>The key of <see cref="PostgreSqlGate"/>, held by its connection.</summary>
    public const string PrepareSql = "SELECT pg_advisory_lock(0, 2)";

    /// <summary>Nodes on real time share it, see <see cref="NodeAdmission"/>; true when it was there to be had.</summary>
    public const string AmongOthersSql = "SELECT pg_try_advisory_lock_shared(0, 3)";

    /// <inheritdoc cref="AmongOthersSql"/>
    public const string AloneSql = "SELECT pg_try_advisory_lock(0, 3)";

    /// <summary>
    /// A stimulus that finds nobody and is kept, and a bookmark that looks for kept stimuli, must not miss each other: one key, one
    /// after the other. Likewise two starts of which only one may happen.
    /// </summary>
    public const string OneKeySql = "SELECT pg_advisory_xact_lock($1)";
}

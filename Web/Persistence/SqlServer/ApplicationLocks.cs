namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>
/// Locks on what is no row, of one database (<c>sp_getapplock</c>). Those of a transaction end with it. What SQLite's single writer gives for
/// nothing, bursts that run side by side ask for here.
/// </summary>
internal static class ApplicationLocks
{
    /// <summary>Somebody else was faster, or the lock was refused because two wait for each other: run again.</summary>
    public const int LostRace = 51000;

    /// <summary>Another held a lock for too long.</summary>
    public const int Busy = 51001;

    /// <summary>A change of the configuration did.</summary>
    public const int ConfigurationBusy = 51002;

    /// <summary>As long as this one waits for another's lock, in milliseconds; as long as <see cref="SqlServerConnections"/> lets it wait for a row.</summary>
    private const string Wait = "10000";

    private const string Configuration = "N'CaseManagement/configuration'";
    private const string Nodes = "N'CaseManagement/nodes'";

    /// <summary>Bursts share the configuration they run under; whoever changes it waits for them and has it alone. Needs <c>@got</c>.</summary>
    public const string ShareConfigurationSql =
        $"""
        EXEC @got = sp_getapplock @Resource = {Configuration}, @LockMode = 'Shared', @LockOwner = 'Transaction', @LockTimeout = {Wait};
        IF @got = -3 THROW 51000, N'Two transactions wait for each other.', 1;
        IF @got < 0 THROW 51002, N'The configuration is being changed.', 1;
        """;

    /// <inheritdoc cref="ShareConfigurationSql"/>
    public const string ChangeConfigurationSql =
        $"""
        EXEC @got = sp_getapplock @Resource = {Configuration}, @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = {Wait};
        IF @got = -3 THROW 51000, N'Two transactions wait for each other.', 1;
        IF @got < 0 THROW 51001, N'Bursts run under the configuration for too long.', 1;
        """;

    /// <summary>
    /// A stimulus that finds nobody and is kept, and a bookmark that looks for kept stimuli, must not miss each other: one key, one
    /// after the other. Likewise two starts of which only one may happen. Needs <c>@got</c>.
    /// </summary>
    public const string OneKeySql =
        $"""
        EXEC @got = sp_getapplock @Resource = @1, @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = {Wait};
        IF @got = -3 THROW 51000, N'Two transactions wait for each other.', 1;
        IF @got < 0 THROW 51001, N'Another is about the same stimulus for too long.', 1;
        """;

    /// <summary>The lock of <see cref="SqlServerGate"/>, held by its connection.</summary>
    public const string PrepareSql =
        """
        DECLARE @got int;
        EXEC @got = sp_getapplock @Resource = N'CaseManagement/prepare', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = -1;
        IF @got < 0 THROW 51001, N'The database cannot be prepared now.', 1;
        """;

    /// <summary>Nodes on real time share it, see <see cref="NodeAdmission"/>; true when it was there to be had.</summary>
    public const string AmongOthersSql =
        $"""
        DECLARE @got int;
        EXEC @got = sp_getapplock @Resource = {Nodes}, @LockMode = 'Shared', @LockOwner = 'Session', @LockTimeout = 0;
        SELECT CONVERT(bit, CASE WHEN @got >= 0 THEN 1 ELSE 0 END);
        """;

    /// <inheritdoc cref="AmongOthersSql"/>
    public const string AloneSql =
        $"""
        DECLARE @got int;
        EXEC @got = sp_getapplock @Resource = {Nodes}, @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 0;
        SELECT CONVERT(bit, CASE WHEN @got >= 0 THEN 1 ELSE 0 END);
        """;

    /// <summary>What the locks of a batch are answered into.</summary>
    public const string DeclareSql = "DECLARE @got int;";
}

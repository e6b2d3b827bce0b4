using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>Timers: written by bursts, dealt out to the nodes that fire them.</summary>
internal sealed class TimerTable(Statements statements)
{
    private const string SaveSql =
        """
        INSERT INTO "Timers" ("Id", "InstanceId", "BookmarkId", "DueAt", "Severity", "Kind", "Payload", "DefinitionId",
               "NextAttemptAt", "Attempts")
        VALUES (?, ?, ?, ?4, ?, ?, ?, ?, ?4, 0)
        ON CONFLICT ("Id") DO UPDATE SET
               "InstanceId" = excluded."InstanceId", "BookmarkId" = excluded."BookmarkId", "DueAt" = excluded."DueAt",
               "Severity" = excluded."Severity", "Kind" = excluded."Kind", "Payload" = excluded."Payload",
               "DefinitionId" = excluded."DefinitionId", "NextAttemptAt" = excluded."NextAttemptAt", "Attempts" = 0,
               "LastError" = NULL, "LeasedBy" = NULL, "LeasedUntil" = NULL
        """;

    private const string DeleteSql = """DELETE FROM "Timers" WHERE "Id" = ?""";

    private const string DeleteOfDefinitionSql = """DELETE FROM "Timers" WHERE "DefinitionId" = ?""";

    private const string TakeSql =
        """
        DELETE FROM "Timers" WHERE "Id" = ?
        RETURNING "Id", "InstanceId", "BookmarkId", "DueAt", "Severity", "Kind", "Payload"
        """;

    private const string NextSeveritySql =
        """SELECT MAX("Severity") FROM "Timers" WHERE "LeasedUntil" IS NULL AND "Severity" < ?""";

    private const string DueSql =
        """
        SELECT "Id", "InstanceId", "BookmarkId", "DueAt", "Severity", "Kind", "Payload", "Attempts" FROM "Timers"
        WHERE "LeasedUntil" IS NULL AND "Severity" = ? AND "NextAttemptAt" <= ?
        ORDER BY "NextAttemptAt" LIMIT ?
        """;

    private const string FirstDueSql =
        """SELECT MIN("NextAttemptAt") FROM "Timers" WHERE "LeasedUntil" IS NULL AND "Severity" = ?""";

    // Also those that no node could have given itself: its clock has been set back since.
    private const string ExpiredSql =
        """
        UPDATE "Timers" SET "LeasedBy" = NULL, "LeasedUntil" = NULL, "Attempts" = "Attempts" + 1,
               "LastError" = 'The lease of ' || "LeasedBy" || ' ran out.'
        WHERE "LeasedUntil" <= ? OR "LeasedUntil" > ?
        """;

    private const string LeaseSql = """UPDATE "Timers" SET "LeasedBy" = ?, "LeasedUntil" = ? WHERE "Id" = ?""";

    private const string ReleaseSql =
        """UPDATE "Timers" SET "LeasedBy" = NULL, "LeasedUntil" = NULL WHERE "Id" = ? AND "LeasedBy" = ?""";

    private const string FailSql =
        """
        UPDATE "Timers" SET "LeasedBy" = NULL, "LeasedUntil" = NULL, "Attempts" = "Attempts" + 1, "LastError" = ?,
               "NextAttemptAt" = ?
        WHERE "Id" = ? AND "LeasedBy" = ?
        """;

    /// <summary>Timers were saved since it was last set to false, kept or not.</summary>
    public bool HasWritten { get; set; }

    /// <summary>Inserts the timer, or moves the one of its id: due anew, leased by nobody.</summary>
    public void Save(TimerRow row)
    {
        statements.Of(SaveSql).Bind(row.Id).Bind(row.InstanceId).Bind(row.BookmarkId).Bind(row.DueAt).Bind(row.Severity)
            .Bind(row.Kind).Bind(row.Payload).Bind(DefinitionOf(row)).Run();
        HasWritten = true;
    }

    public void Delete(Guid id) => statements.Of(DeleteSql).Bind(id).Run();

    public void DeleteOfDefinition(string definitionId) => statements.Of(DeleteOfDefinitionSql).Bind(definitionId).Run();

    public TimerRow? Take(Guid id) => statements.Of(TakeSql).Bind(id).One(Read);

    /// <summary>Leases what is due, severity by severity, so that each read follows the index and none sorts a backlog.</summary>
    public List<ClaimedTimer> Claim(DateTimeOffset now, int limit, Lease lease)
    {
        statements.Of(ExpiredSql).Bind(lease.At).Bind(lease.Impossible).Run();
        var claimed = new List<ClaimedTimer>();
        for (var severity = NextSeverity(long.MaxValue); severity is { } one && claimed.Count < limit; severity = NextSeverity(one))
        {
            claimed.AddRange(statements.Of(DueSql).Bind(one).Bind(now).Bind(limit - claimed.Count)
                .List(static row => new ClaimedTimer(Read(row), row.Int(7))));
        }

        foreach (var timer in claimed)
        {
            statements.Of(LeaseSql).Bind(lease.Node).Bind(lease.Until).Bind(timer.Timer.Id).Run();
        }

        return claimed;
    }

    public DateTimeOffset? NextDueAt()
    {
        DateTimeOffset? next = null;
        for (var severity = NextSeverity(long.MaxValue); severity is { } one; severity = NextSeverity(one))
        {
            var first = statements.Of(FirstDueSql).Bind(one).One(static row => row.InstantOrNull(0));
            next = next is null || first < next ? first : next;
        }

        return next;
    }

    public void Release(Guid id, string node) => statements.Of(ReleaseSql).Bind(id).Bind(node).Run();

    public void Fail(Guid id, string node, string error, DateTimeOffset retryAt) =>
        statements.Of(FailSql).Bind(error).Bind(retryAt).Bind(id).Bind(node).Run();

    private long? NextSeverity(long below) =>
        statements.Of(NextSeveritySql).Bind(below).One<long?>(static row => row.IsNull(0) ? null : row.Long(0));

    /// <summary>The runtime begins the payload of a trigger's timer with the definition, on a line of its own.</summary>
    private static string? DefinitionOf(TimerRow row) =>
        row.Kind == TimerKinds.Trigger ? (row.Payload ?? "").Split('\n')[0] : null;

    private static TimerRow Read(Statement row) => new()
    {
        Id = row.Id(0),
        InstanceId = row.IdOrNull(1),
        BookmarkId = row.IdOrNull(2),
        DueAt = row.Instant(3),
        Severity = row.Int(4),
        Kind = row.Text(5),
        Payload = row.TextOrNull(6),
    };
}

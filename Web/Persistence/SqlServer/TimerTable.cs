using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.Data.SqlClient;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>Timers: written by bursts, dealt out to the nodes that fire them.</summary>
internal sealed class TimerTable(SqlServerSession session)
{
    private static readonly string[] Columns =
        ["Id", "InstanceId", "BookmarkId", "DueAt", "Severity", "Kind", "Payload", "DefinitionId", "NextAttemptAt"];

    private static readonly Saves SaveSql = new(
        "Timers", ["Id"], [.. Columns, "Attempts"], [.. Columns.Skip(1), "Attempts"],
        """, t."LastError" = NULL, t."LeasedBy" = NULL, t."LeasedUntil" = NULL""");

    private const string DeleteSql = $"""DELETE FROM "Timers" WITH (ROWLOCK) WHERE "Id" IN {Statement.Ids};""";

    private const string DeleteOfDefinitionSql = """DELETE FROM "Timers" WHERE "DefinitionId" = @1;""";

    private const string TakeSql =
        $"""
        DELETE FROM "Timers" WITH (ROWLOCK)
        OUTPUT deleted."Id", deleted."InstanceId", deleted."BookmarkId", deleted."DueAt", deleted."Severity", deleted."Kind", deleted."Payload"
        WHERE "Id" IN {Statement.Ids};
        """;

    // What another node is leasing or firing just now, and what a burst has not yet committed, is passed over; whatever the database's
    // way of reading committed rows (READ_COMMITTED_SNAPSHOT), which READCOMMITTEDLOCK sets aside.
    private const string PassLocked = "READPAST, READCOMMITTEDLOCK";

    // Per severity, from the gravest, when its first timer is due: each found by its end of the index.
    private const string NextDueSql =
        $"""
        DECLARE @first TABLE ("Severity" int NOT NULL, "At" datetimeoffset(7) NULL);
        DECLARE @severity int = (SELECT MAX("Severity") FROM "Timers" WITH ({PassLocked}) WHERE "LeasedUntil" IS NULL);
        WHILE @severity IS NOT NULL
        BEGIN
            INSERT INTO @first ("Severity", "At")
            SELECT @severity, MIN("NextAttemptAt") FROM "Timers" WITH ({PassLocked}) WHERE "LeasedUntil" IS NULL AND "Severity" = @severity;
            SET @severity = (SELECT MAX("Severity") FROM "Timers" WITH ({PassLocked}) WHERE "LeasedUntil" IS NULL AND "Severity" < @severity);
        END;
        SELECT "Severity", "At" FROM @first WHERE "At" IS NOT NULL ORDER BY "Severity" DESC;
        """;

    // Also those that no node could have given itself: their node's clock has been set back since.
    private const string ExpiredSql =
        $"""
        UPDATE TOP (@2) "Timers" WITH (UPDLOCK, ROWLOCK, {PassLocked})
        SET "LastError" = N'The lease of ' + "LeasedBy" + N' ran out.', "LeasedBy" = NULL, "LeasedUntil" = NULL, "Attempts" = "Attempts" + 1
        WHERE "LeasedUntil" IS NOT NULL AND ("LeasedUntil" <= @1 OR "LeasedUntil" > @3);
        """;

    private const string ClaimSql =
        $"""
        WITH due AS (
            SELECT TOP (@3) "Id", "InstanceId", "BookmarkId", "DueAt", "Severity", "Kind", "Payload", "Attempts", "NextAttemptAt",
                   "LeasedBy", "LeasedUntil"
            FROM "Timers" WITH (UPDLOCK, ROWLOCK, FORCESEEK, {PassLocked})
            WHERE "LeasedUntil" IS NULL AND "Severity" = @1 AND "NextAttemptAt" <= @2
            ORDER BY "NextAttemptAt")
        UPDATE due SET "LeasedBy" = @4, "LeasedUntil" = @5
        OUTPUT inserted."Id", inserted."InstanceId", inserted."BookmarkId", inserted."DueAt", inserted."Severity", inserted."Kind",
               inserted."Payload", inserted."Attempts", inserted."NextAttemptAt";
        """;

    private const string ReleaseSql =
        """UPDATE "Timers" SET "LeasedBy" = NULL, "LeasedUntil" = NULL WHERE "Id" = @1 AND "LeasedBy" = @2;""";

    private const string FailSql =
        """
        UPDATE "Timers" SET "LeasedBy" = NULL, "LeasedUntil" = NULL, "Attempts" = "Attempts" + 1, "LastError" = @1,
               "NextAttemptAt" = @2
        WHERE "Id" = @3 AND "LeasedBy" = @4;
        """;

    /// <summary>Timers were saved since it was last set to false, kept or not.</summary>
    public bool HasWritten { get; set; }

    /// <summary>Inserts timers, or moves those of their ids: due anew, leased by nobody.</summary>
    public void Save(IReadOnlyList<TimerRow> rows)
    {
        HasWritten |= rows.Count > 0;
        session.QueueRows(SaveSql, rows, static (statement, row) =>
        {
            statement.Bind(row.Id).Bind(row.InstanceId).Bind(row.BookmarkId).Bind(row.DueAt).Bind(row.Severity).Bind(row.Kind)
                .Bind(row.Payload).Bind(DefinitionOf(row)).Bind(row.DueAt).Bind(0);
        });
    }

    public void Delete(IReadOnlyList<Guid> ids) => session.QueueIds(DeleteSql, ids);

    public void DeleteOfDefinition(string definitionId) => session.Queue(new Statement(DeleteOfDefinitionSql).Bind(definitionId));

    /// <summary>Deletes timers and answers those that were there.</summary>
    public Result<TimerRow> Take(IReadOnlyList<Guid> ids) => session.AskWriting(new Statement(TakeSql).Bind(ids), Read);

    /// <summary>Leases what is due, severity by severity, so that each read follows the index and none sorts a backlog.</summary>
    public async ValueTask<List<ClaimedTimer>> ClaimAsync(DateTimeOffset now, int limit, Lease lease)
    {
        session.Queue(new Statement(ExpiredSql).Bind(lease.At).Bind(1000).Bind(lease.Impossible));
        var severities = await NextDueAsync();
        var claimed = new List<ClaimedTimer>();
        foreach (var (severity, next) in severities)
        {
            if (next > now || claimed.Count == limit)
            {
                continue;
            }

            var due = session.Ask(
                new Statement(ClaimSql).Bind(severity).Bind(now).Bind(limit - claimed.Count).Bind(lease.Node).Bind(lease.Until),
                static row => (Timer: new ClaimedTimer(Read(row), row.Int(7)), NextAttemptAt: row.Instant(8)));
            await session.RunAsync();
            claimed.AddRange(due.Rows.OrderBy(r => r.NextAttemptAt).Select(r => r.Timer));
        }

        return claimed;
    }

    /// <summary>Per severity, from the gravest, when the first timer that nobody has leased is due.</summary>
    public async ValueTask<List<(int Severity, DateTimeOffset At)>> NextDueAsync()
    {
        var severities = session.Ask(new Statement(NextDueSql), static row => (row.Int(0), row.Instant(1)));
        await session.RunAsync();
        return severities.Rows;
    }

    public void Release(Guid id, string node) => session.Queue(new Statement(ReleaseSql).Bind(id).Bind(node));

    public void Fail(Guid id, string node, string error, DateTimeOffset retryAt) =>
        session.Queue(new Statement(FailSql).Bind(error).Bind(retryAt).Bind(id).Bind(node));

    /// <summary>The runtime begins the payload of a trigger's timer with the definition, on a line of its own.</summary>
    private static string? DefinitionOf(TimerRow row) =>
        row.Kind == TimerKinds.Trigger ? (row.Payload ?? "").Split('\n')[0] : null;

    private static TimerRow Read(SqlDataReader row) => new()
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

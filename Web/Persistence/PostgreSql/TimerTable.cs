using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using Npgsql;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>Timers: written by bursts, dealt out to the nodes that fire them.</summary>
internal sealed class TimerTable(PostgreSqlSession session)
{
    private static readonly string[] Columns =
        ["Id", "InstanceId", "BookmarkId", "DueAt", "Severity", "Kind", "Payload", "DefinitionId", "NextAttemptAt"];

    private static readonly Inserts SaveSql = new(
        "Timers", [.. Columns, "Attempts"],
        Inserts.Replacing(["Id"], [.. Columns, "Attempts"], """, "LastError" = NULL, "LeasedBy" = NULL, "LeasedUntil" = NULL"""));

    private const string DeleteSql = """DELETE FROM "Timers" WHERE "Id" = ANY($1)""";

    private const string DeleteOfDefinitionSql = """DELETE FROM "Timers" WHERE "DefinitionId" = $1""";

    private const string TakeSql =
        """
        DELETE FROM "Timers" WHERE "Id" = ANY($1)
        RETURNING "Id", "InstanceId", "BookmarkId", "DueAt", "Severity", "Kind", "Payload"
        """;

    // Per severity, from the gravest, when its first timer is due: each found by its end of the index.
    private const string NextDueSql =
        """
        WITH RECURSIVE severities (value) AS (
            SELECT MAX("Severity") FROM "Timers" WHERE "LeasedUntil" IS NULL
            UNION ALL
            SELECT (SELECT MAX("Severity") FROM "Timers" WHERE "LeasedUntil" IS NULL AND "Severity" < s.value)
            FROM severities s WHERE s.value IS NOT NULL)
        SELECT s.value,
               (SELECT MIN("NextAttemptAt") FROM "Timers" WHERE "LeasedUntil" IS NULL AND "Severity" = s.value)
        FROM severities s WHERE s.value IS NOT NULL
        """;

    // Also those that no node could have given itself: their node's clock has been set back since.
    private const string ExpiredSql =
        """
        UPDATE "Timers" SET "LastError" = 'The lease of ' || "LeasedBy" || ' ran out.', "LeasedBy" = NULL, "LeasedUntil" = NULL,
               "Attempts" = "Attempts" + 1
        WHERE "Id" = ANY (ARRAY (
            SELECT "Id" FROM "Timers" WHERE "LeasedUntil" <= $1 OR "LeasedUntil" > $3 LIMIT $2 FOR UPDATE SKIP LOCKED))
        """;

    // What another node is leasing or firing just now is left to it. As an array, because a join with so many as an unknown limit lets through is
    // planned as a look at the whole table.
    private const string ClaimSql =
        """
        UPDATE "Timers" t SET "LeasedBy" = $4, "LeasedUntil" = $5
        WHERE t."Id" = ANY (ARRAY (
            SELECT "Id" FROM "Timers" WHERE "LeasedUntil" IS NULL AND "Severity" = $1 AND "NextAttemptAt" <= $2
            ORDER BY "NextAttemptAt" LIMIT $3 FOR UPDATE SKIP LOCKED))
        RETURNING t."Id", t."InstanceId", t."BookmarkId", t."DueAt", t."Severity", t."Kind", t."Payload", t."Attempts",
                  t."NextAttemptAt"
        """;

    private const string ReleaseSql =
        """UPDATE "Timers" SET "LeasedBy" = NULL, "LeasedUntil" = NULL WHERE "Id" = $1 AND "LeasedBy" = $2""";

    private const string FailSql =
        """
        UPDATE "Timers" SET "LeasedBy" = NULL, "LeasedUntil" = NULL, "Attempts" = "Attempts" + 1, "LastError" = $1,
               "NextAttemptAt" = $2
        WHERE "Id" = $3 AND "LeasedBy" = $4
        """;

    /// <summary>Timers were saved since it was last set to false, kept or not.</summary>
    public bool HasWritten { get; set; }

    /// <summary>Inserts timers, or moves those of their ids: due anew, leased by nobody.</summary>
    public void Save(IReadOnlyList<TimerRow> rows)
    {
        HasWritten |= rows.Count > 0;
        session.QueueRows(SaveSql, rows, static (statement, row) =>
        {
            var due = WholeMicroseconds(row.DueAt);
            statement.Bind(row.Id).Bind(row.InstanceId).Bind(row.BookmarkId).Bind(due).Bind(row.Severity).Bind(row.Kind)
                .Bind(row.Payload).Bind(DefinitionOf(row)).Bind(due).Bind(0);
        });
    }

    public void Delete(IReadOnlyList<Guid> ids) => session.QueueIds(DeleteSql, ids);

    public void DeleteOfDefinition(string definitionId) => session.Queue(session.Of(DeleteOfDefinitionSql).Bind(definitionId));

    /// <summary>Deletes timers and answers those that were there.</summary>
    public Result<TimerRow> Take(IReadOnlyList<Guid> ids) => session.AskWriting(session.Of(TakeSql).Bind([.. ids]), Read);

    /// <summary>Leases what is due, severity by severity, so that each read follows the index and none sorts a backlog.</summary>
    public async ValueTask<List<ClaimedTimer>> ClaimAsync(DateTimeOffset now, int limit, Lease lease)
    {
        session.Queue(session.Of(ExpiredSql).Bind(lease.At).Bind(1000).Bind(lease.Impossible));
        var severities = await NextDueAsync();
        var claimed = new List<ClaimedTimer>();
        foreach (var (severity, next) in severities)
        {
            if (next > now || claimed.Count == limit)
            {
                continue;
            }

            var due = session.Ask(
                session.Of(ClaimSql).Bind(severity).Bind(now).Bind(limit - claimed.Count).Bind(lease.Node).Bind(lease.Until),
                static row => (Timer: new ClaimedTimer(Read(row), row.Int(7)), NextAttemptAt: row.Instant(8)));
            await session.RunAsync();
            claimed.AddRange(due.Rows.OrderBy(r => r.NextAttemptAt).Select(r => r.Timer));
        }

        return claimed;
    }

    /// <summary>Per severity, from the gravest, when the first timer that nobody has leased is due.</summary>
    public async ValueTask<List<(int Severity, DateTimeOffset At)>> NextDueAsync()
    {
        var severities = session.Ask(session.Of(NextDueSql), static row => (row.Int(0), row.Instant(1)));
        await session.RunAsync();
        return severities.Rows;
    }

    public void Release(Guid id, string node) => session.Queue(session.Of(ReleaseSql).Bind(id).Bind(node));

    public void Fail(Guid id, string node, string error, DateTimeOffset retryAt) =>
        session.Queue(session.Of(FailSql).Bind(error).Bind(WholeMicroseconds(retryAt)).Bind(id).Bind(node));

    /// <summary>Rounded up, because a timer never fires early.</summary>
    private static DateTimeOffset WholeMicroseconds(DateTimeOffset at) =>
        at.Ticks % TimeSpan.TicksPerMicrosecond is var rest and not 0 ? at.AddTicks(TimeSpan.TicksPerMicrosecond - rest) : at;

    /// <summary>The runtime begins the payload of a trigger's timer with the definition, on a line of its own.</summary>
    private static string? DefinitionOf(TimerRow row) =>
        row.Kind == TimerKinds.Trigger ? (row.Payload ?? "").Split('\n')[0] : null;

    private static TimerRow Read(NpgsqlDataReader row) => new()
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

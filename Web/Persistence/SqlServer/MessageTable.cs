using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>Outgoing messages.</summary>
internal sealed class MessageTable(SqlServerSession session)
{
    private static readonly Inserts InsertSql = new(
        "Messages",
        [
            "Id", "ComplaintId", "Template", "Recipient", "Channel", "Address", "SubjectZh", "SubjectEn", "BodyZh", "BodyEn", "Clock",
            "Escalation", "State", "Attempts", "NextAttemptAt", "LastError", "CreatedAt",
        ]);

    // The state is written out so that the filtered index serves; what another node is leasing just now is left to it.
    private const string ClaimSql =
        """
        WITH due AS (
            SELECT TOP (@3) "Id", "ComplaintId", "Template", "Recipient", "Channel", "Address", "SubjectZh", "SubjectEn", "BodyZh", "BodyEn",
                   "Clock", "Escalation", "State", "Attempts", "NextAttemptAt", "LastError", "CreatedAt", "LeasedBy", "LeasedUntil"
            FROM "Messages" WITH (UPDLOCK, ROWLOCK, READPAST, READCOMMITTEDLOCK)
            WHERE "State" = N'Pending' AND "NextAttemptAt" <= @1 AND ("LeasedUntil" IS NULL OR "LeasedUntil" <= @2)
            ORDER BY "NextAttemptAt")
        UPDATE due SET "LeasedBy" = @4, "LeasedUntil" = @5
        OUTPUT inserted."Id", inserted."ComplaintId", inserted."Template", inserted."Recipient", inserted."Channel", inserted."Address",
               inserted."SubjectZh", inserted."SubjectEn", inserted."BodyZh", inserted."BodyEn", inserted."Clock", inserted."Escalation",
               inserted."State", inserted."Attempts", inserted."NextAttemptAt", inserted."LastError", inserted."CreatedAt";
        """;

    private const string EndAttemptSql =
        """
        UPDATE "Messages" SET "State" = @1, "Attempts" = "Attempts" + 1, "NextAttemptAt" = @2, "LastError" = @3,
               "LeasedBy" = NULL, "LeasedUntil" = NULL
        WHERE "Id" = @4 AND "LeasedBy" = @5;
        """;

    private const string SilenceSql =
        """
        UPDATE "Messages" SET "State" = N'Dropped', "LastError" = N'recused', "NextAttemptAt" = NULL, "LeasedBy" = NULL, "LeasedUntil" = NULL
        WHERE "ComplaintId" = @1 AND "Recipient" = @2 AND "State" IN (N'Pending', N'Noticed');
        """;

    /// <summary>Messages were written since it was last set to false, kept or not.</summary>
    public bool HasWritten { get; set; }

    public void Insert(IReadOnlyList<MessageRow> rows)
    {
        HasWritten |= rows.Count > 0;
        session.QueueRows(InsertSql, rows, static (statement, row) =>
            statement.Bind(row.Id).Bind(row.ComplaintId).Bind(row.Template).Bind(row.Recipient).Bind(row.Channel).Bind(row.Address)
                .Bind(row.SubjectZh).Bind(row.SubjectEn).Bind(row.BodyZh).Bind(row.BodyEn).Bind(row.Clock).Bind(row.Escalation)
                .Bind(row.State).Bind(row.Attempts)
                .Bind(row.State == MessageStates.Pending ? row.NextAttemptAt ?? row.CreatedAt : row.NextAttemptAt)
                .Bind(row.LastError).Bind(row.CreatedAt));
    }

    /// <summary>Drops what has not left yet to a recipient about a case; what is being sent just now ends as it may.</summary>
    public void Silence(Guid complaint, IReadOnlyList<string> recipients)
    {
        foreach (var recipient in recipients)
        {
            session.Queue(new Statement(SilenceSql).Bind(complaint).Bind(recipient));
        }
    }

    /// <summary>Leases what is due; in no order.</summary>
    public Result<MessageRow> Claim(DateTimeOffset now, int limit, Lease lease) => session.Ask(
        new Statement(ClaimSql).Bind(now).Bind(lease.At).Bind(limit).Bind(lease.Node).Bind(lease.Until),
        static row => new MessageRow
        {
            Id = row.Id(0),
            ComplaintId = row.Id(1),
            Template = row.Text(2),
            Recipient = row.Text(3),
            Channel = row.Text(4),
            Address = row.TextOrNull(5),
            SubjectZh = row.Text(6),
            SubjectEn = row.Text(7),
            BodyZh = row.Text(8),
            BodyEn = row.Text(9),
            Clock = row.TextOrNull(10),
            Escalation = row.Flag(11),
            State = row.Text(12),
            Attempts = row.Int(13),
            NextAttemptAt = row.InstantOrNull(14),
            LastError = row.TextOrNull(15),
            CreatedAt = row.Instant(16),
        });

    public void EndAttempt(Guid id, string node, string state, DateTimeOffset? nextAttemptAt, string? error) =>
        session.Queue(new Statement(EndAttemptSql).Bind(state).Bind(nextAttemptAt).Bind(error).Bind(id).Bind(node));
}

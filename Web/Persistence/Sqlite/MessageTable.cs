using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>Outgoing messages.</summary>
internal sealed class MessageTable(Statements statements)
{
    private const string InsertSql =
        """
        INSERT INTO "Messages" ("Id", "ComplaintId", "Template", "Recipient", "Channel", "Address", "SubjectZh", "SubjectEn",
               "BodyZh", "BodyEn", "Clock", "Escalation", "State", "Attempts", "NextAttemptAt", "LastError", "CreatedAt")
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    // The state is written out so that the partial index serves.
    private const string DueSql =
        """
        SELECT "Id", "ComplaintId", "Template", "Recipient", "Channel", "Address", "SubjectZh", "SubjectEn", "BodyZh", "BodyEn",
               "Clock", "Escalation", "State", "Attempts", "NextAttemptAt", "LastError", "CreatedAt"
        FROM "Messages"
        WHERE "State" = 'Pending' AND "NextAttemptAt" <= ? AND ("LeasedUntil" IS NULL OR "LeasedUntil" <= ?)
        ORDER BY "NextAttemptAt" LIMIT ?
        """;

    private const string LeaseSql = """UPDATE "Messages" SET "LeasedBy" = ?, "LeasedUntil" = ? WHERE "Id" = ?""";

    private const string EndAttemptSql =
        """
        UPDATE "Messages" SET "State" = ?, "Attempts" = "Attempts" + 1, "NextAttemptAt" = ?, "LastError" = ?,
               "LeasedBy" = NULL, "LeasedUntil" = NULL
        WHERE "Id" = ? AND "LeasedBy" = ?
        """;

    private const string SilenceSql =
        """
        UPDATE "Messages" SET "State" = 'Dropped', "LastError" = 'recused', "NextAttemptAt" = NULL, "LeasedBy" = NULL, "LeasedUntil" = NULL
        WHERE "ComplaintId" = ? AND "Recipient" = ? AND "State" IN ('Pending', 'Noticed')
        """;

    /// <summary>Messages were written since it was last set to false, kept or not.</summary>
    public bool HasWritten { get; set; }

    public void Insert(MessageRow row)
    {
        statements.Of(InsertSql).Bind(row.Id).Bind(row.ComplaintId).Bind(row.Template).Bind(row.Recipient).Bind(row.Channel)
            .Bind(row.Address).Bind(row.SubjectZh).Bind(row.SubjectEn).Bind(row.BodyZh).Bind(row.BodyEn).Bind(row.Clock)
            .Bind(row.Escalation).Bind(row.State).Bind(row.Attempts)
            .Bind(row.State == MessageStates.Pending ? row.NextAttemptAt ?? row.CreatedAt : row.NextAttemptAt)
            .Bind(row.LastError).Bind(row.CreatedAt).Run();
        HasWritten = true;
    }

    /// <summary>Drops what has not left yet to a recipient about a case; what is being sent just now ends as it may.</summary>
    public void Silence(Guid complaint, string recipient) => statements.Of(SilenceSql).Bind(complaint).Bind(recipient).Run();

    public List<MessageRow> Claim(DateTimeOffset now, int limit, Lease lease)
    {
        var due = statements.Of(DueSql).Bind(now).Bind(lease.At).Bind(limit).List(static row => new MessageRow
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
        foreach (var message in due)
        {
            statements.Of(LeaseSql).Bind(lease.Node).Bind(lease.Until).Bind(message.Id).Run();
        }

        return due;
    }

    public void EndAttempt(Guid id, string node, string state, DateTimeOffset? nextAttemptAt, string? error) =>
        statements.Of(EndAttemptSql).Bind(state).Bind(nextAttemptAt).Bind(error).Bind(id).Bind(node).Run();
}

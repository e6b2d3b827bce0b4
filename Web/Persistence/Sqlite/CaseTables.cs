using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>Cases, their sequences of numbers, and the answers kept for repeated requests.</summary>
internal sealed class CaseTables(Statements statements)
{
    private const string LoadSql =
        """
        SELECT "Number", "Process", "ProcessVersion", "Kind", "Status", "Level", "LevelRank", "Category", "Channel", "Subject",
               "Lead", "Handler", "ComplainantName", "ExternalId", "TrackingHash", "ReceivedAt", "ClosedAt", "NextDueAt", "IsLate",
               "UpdatedAt", "EventSequence", "EventHead", "Version", "Document", "RespondentPerson", "Confidentiality"
        FROM "Cases" WHERE "Id" = ?
        """;

    private const string InsertSql =
        """
        INSERT INTO "Cases" ("ProcessVersion", "Kind", "Level", "LevelRank", "Category", "Channel", "Subject", "ComplainantName",
               "RespondentPerson", "ClosedAt", "IsLate", "UpdatedAt", "EventSequence", "EventHead", "Version", "Document", "Confidentiality",
               "Number", "Process", "Status", "Lead", "Handler", "ExternalId", "TrackingHash", "ReceivedAt", "NextDueAt", "Id")
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string UpdateSql =
        """
        UPDATE "Cases" SET "ProcessVersion" = ?, "Kind" = ?, "Level" = ?, "LevelRank" = ?, "Category" = ?, "Channel" = ?,
               "Subject" = ?, "ComplainantName" = ?, "RespondentPerson" = ?, "ClosedAt" = ?, "IsLate" = ?, "UpdatedAt" = ?, "EventSequence" = ?,
               "EventHead" = ?, "Version" = ?, "Anchored" = 0, "Document" = ?, "Confidentiality" = ?,
               "Number" = ?, "Process" = ?, "Status" = ?, "Lead" = ?, "Handler" = ?, "ExternalId" = ?, "TrackingHash" = ?,
               "ReceivedAt" = ?, "NextDueAt" = ?
        WHERE "Id" = ? AND "Version" = ?
        """;

    /// <summary>Leaves out what is indexed: SQLite would write those indexes again even where nothing changed.</summary>
    private const string UpdateUnindexedSql =
        """
        UPDATE "Cases" SET "ProcessVersion" = ?, "Kind" = ?, "Level" = ?, "LevelRank" = ?, "Category" = ?, "Channel" = ?,
               "Subject" = ?, "ComplainantName" = ?, "RespondentPerson" = ?, "ClosedAt" = ?, "IsLate" = ?, "UpdatedAt" = ?, "EventSequence" = ?,
               "EventHead" = ?, "Version" = ?, "Anchored" = 0, "Document" = ?, "Confidentiality" = ?
        WHERE "Id" = ? AND "Version" = ?
        """;

    private const string FindByExternalIdSql = """SELECT "Id" FROM "Cases" WHERE "ExternalId" = ?""";

    private const string NextSql =
        """
        INSERT INTO "Sequences" ("Name", "Value") VALUES (?, 1)
        ON CONFLICT ("Name") DO UPDATE SET "Value" = "Value" + 1 RETURNING "Value"
        """;

    private const string StampSql = """SELECT "Version" FROM "ConfigurationStamp" WHERE "Id" = ?""";

    private const string FindAnswerSql =
        """SELECT "BodyHash", "Status", "Answer", "CreatedAt" FROM "Answers" WHERE "Principal" = ? AND "Key" = ?""";

    private const string InsertAnswerSql =
        """
        INSERT INTO "Answers" ("Principal", "Key", "BodyHash", "Status", "Answer", "CreatedAt") VALUES (?, ?, ?, ?, ?, ?)
        """;

    public StoredCase? Load(Guid id) =>
        statements.Of(LoadSql).Bind(id).One<StoredCase?>(row => new StoredCase(
            new CaseRow
            {
                Id = id,
                Number = row.Text(0),
                Process = row.Text(1),
                ProcessVersion = row.Int(2),
                Kind = row.Text(3),
                Status = row.Text(4),
                Level = row.TextOrNull(5),
                LevelRank = row.IntOrNull(6),
                Category = row.TextOrNull(7),
                Channel = row.TextOrNull(8),
                Subject = row.Text(9),
                Lead = row.TextOrNull(10),
                Handler = row.TextOrNull(11),
                ComplainantName = row.TextOrNull(12),
                ExternalId = row.TextOrNull(13),
                TrackingHash = row.TextOrNull(14),
                ReceivedAt = row.Instant(15),
                ClosedAt = row.InstantOrNull(16),
                NextDueAt = row.InstantOrNull(17),
                IsLate = row.Flag(18),
                UpdatedAt = row.Instant(19),
                EventSequence = row.Long(20),
                EventHead = row.Bytes(21),
                Version = row.Long(22),
                RespondentPerson = row.TextOrNull(24),
                Confidentiality = row.IntOrNull(25),
            },
            row.Bytes(23)));

    public Guid? FindByExternalId(string externalId) =>
        statements.Of(FindByExternalIdSql).Bind(externalId).One<Guid?>(static row => row.Id(0));

    public long Next(string sequence) => statements.Of(NextSql).Bind(sequence).One(static row => row.Long(0));

    public long ConfigurationVersion() =>
        statements.Of(StampSql).Bind(ConfigurationStamp.TheId).One(static row => row.Long(0));

    /// <param name="row">What to write.</param>
    /// <param name="document">Its document.</param>
    /// <param name="loaded">The row as this transaction read it, if it did.</param>
    /// <exception cref="LostRaceException">The stored row is not at the version before.</exception>
    public void Save(CaseRow row, ReadOnlySpan<byte> document, CaseRow? loaded)
    {
        if (row.Version == 1)
        {
            BindIndexed(Bind(statements.Of(InsertSql), row, document), row).Bind(row.Id).Run();
            return;
        }

        var changed = loaded is not null && SameIndexed(row, loaded)
            ? Bind(statements.Of(UpdateUnindexedSql), row, document).Bind(row.Id).Bind(row.Version - 1).Run()
            : BindIndexed(Bind(statements.Of(UpdateSql), row, document), row).Bind(row.Id).Bind(row.Version - 1).Run();
        if (changed != 1)
        {
            throw new LostRaceException($"Case {row.Id} is no longer at version {row.Version - 1}.");
        }
    }

    public AnswerRow? FindAnswer(string principal, string key) =>
        statements.Of(FindAnswerSql).Bind(principal).Bind(key).One(row =>
            new AnswerRow(principal, key, row.Text(0), row.Int(1), row.Text(2), row.Instant(3)));

    public void SaveAnswer(AnswerRow answer) =>
        statements.Of(InsertAnswerSql).Bind(answer.Principal).Bind(answer.Key).Bind(answer.BodyHash).Bind(answer.Status)
            .Bind(answer.Answer).Bind(answer.CreatedAt).Run();

    private static Statement Bind(Statement statement, CaseRow row, ReadOnlySpan<byte> document) =>
        statement.Bind(row.ProcessVersion).Bind(row.Kind).Bind(row.Level).Bind(row.LevelRank).Bind(row.Category).Bind(row.Channel)
            .Bind(row.Subject).Bind(row.ComplainantName).Bind(row.RespondentPerson).Bind(row.ClosedAt).Bind(row.IsLate).Bind(row.UpdatedAt)
            .Bind(row.EventSequence).Bind(row.EventHead).Bind(row.Version).Bind(document).Bind(row.Confidentiality);

    private static Statement BindIndexed(Statement statement, CaseRow row) =>
        statement.Bind(row.Number).Bind(row.Process).Bind(row.Status).Bind(row.Lead).Bind(row.Handler).Bind(row.ExternalId)
            .Bind(row.TrackingHash).Bind(row.ReceivedAt).Bind(row.NextDueAt);

    private static bool SameIndexed(CaseRow row, CaseRow loaded) =>
        row.Id == loaded.Id && row.Number == loaded.Number && row.Process == loaded.Process && row.Status == loaded.Status
        && row.Lead == loaded.Lead && row.Handler == loaded.Handler && row.ExternalId == loaded.ExternalId
        && row.TrackingHash == loaded.TrackingHash && row.ReceivedAt == loaded.ReceivedAt && row.NextDueAt == loaded.NextDueAt;
}

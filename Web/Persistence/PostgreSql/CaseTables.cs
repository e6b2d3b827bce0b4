using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases.Store;
using Npgsql;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>Cases, their sequences of numbers, the configuration's stamp, and the answers kept for repeated requests.</summary>
internal sealed class CaseTables(PostgreSqlSession session)
{
    private const string Columns =
        """
        c."Id", c."Number", c."Process", c."ProcessVersion", c."Kind", c."Status", c."Level", c."LevelRank", c."Category",
        c."Channel", c."Subject", c."Lead", c."Handler", c."ComplainantName", c."ExternalId", c."TrackingHash", c."ReceivedAt",
        c."ClosedAt", c."NextDueAt", c."IsLate", c."UpdatedAt", c."EventSequence", c."EventHead", c."Version", c."Document",
        c."RespondentPerson", c."Confidentiality"
        """;

    // The row stays locked to the end of the transaction: bursts on one case follow one another, none works for nothing.
    private const string LoadSql = $"""SELECT {Columns} FROM "Cases" c WHERE c."Id" = $1 FOR NO KEY UPDATE""";

    // in one order, so that two who do this never wait for each other in a circle
    private const string LoadAllSql =
        $"""SELECT {Columns} FROM "Cases" c WHERE c."Id" = ANY($1) ORDER BY c."Id" FOR NO KEY UPDATE""";

    private const string LoadOfTaskSql =
        $"""
        SELECT {Columns} FROM "Tasks" t JOIN "Cases" c ON c."Id" = t."ComplaintId" WHERE t."Id" = $1 FOR NO KEY UPDATE OF c
        """;

    private const string InsertSql =
        """
        INSERT INTO "Cases" ("Number", "Process", "ProcessVersion", "Kind", "Status", "Level", "LevelRank", "Category", "Channel",
               "Subject", "Lead", "Handler", "ComplainantName", "ExternalId", "TrackingHash", "ReceivedAt", "ClosedAt", "NextDueAt",
               "IsLate", "UpdatedAt", "EventSequence", "EventHead", "Version", "Document", "Id", "RespondentPerson", "Confidentiality")
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)
        """;

    private const string UpdateSql =
        """
        UPDATE "Cases" SET "Number" = $1, "Process" = $2, "ProcessVersion" = $3, "Kind" = $4, "Status" = $5, "Level" = $6,
               "LevelRank" = $7, "Category" = $8, "Channel" = $9, "Subject" = $10, "Lead" = $11, "Handler" = $12,
               "ComplainantName" = $13, "ExternalId" = $14, "TrackingHash" = $15, "ReceivedAt" = $16, "ClosedAt" = $17,
               "NextDueAt" = $18, "IsLate" = $19, "UpdatedAt" = $20, "EventSequence" = $21, "EventHead" = $22, "Version" = $23,
               "Document" = $24, "RespondentPerson" = $26, "Confidentiality" = $27, "Anchored" = 0
        WHERE "Id" = $25 AND "Version" = $23 - 1
        """;

    private const string FindByExternalIdSql = """SELECT "Id" FROM "Cases" WHERE "ExternalId" = $1""";

    private const string NextSql =
        """
        INSERT INTO "Sequences" AS s ("Name", "Value") VALUES ($1, 1)
        ON CONFLICT ("Name") DO UPDATE SET "Value" = s."Value" + 1 RETURNING "Value"
        """;

    private const string StampSql = """SELECT "Version" FROM "ConfigurationStamp" WHERE "Id" = $1""";

    private const string FindAnswerSql =
        """SELECT "BodyHash", "Status", "Answer", "CreatedAt" FROM "Answers" WHERE "Principal" = $1 AND "Key" = $2""";

    private const string InsertAnswerSql =
        """
        INSERT INTO "Answers" ("Principal", "Key", "BodyHash", "Status", "Answer", "CreatedAt") VALUES ($1, $2, $3, $4, $5, $6)
        """;

    /// <summary>Reads a case and locks it.</summary>
    public Result<StoredCase> Load(Guid id) => session.Ask(session.Of(LoadSql).Bind(id), Read);

    /// <summary>Reads cases and locks them.</summary>
    public Result<StoredCase> Load(IReadOnlyList<Guid> ids) => session.Ask(session.Of(LoadAllSql).Bind([.. ids]), Read);

    /// <summary>Reads the case that has this task and locks it.</summary>
    public Result<StoredCase> LoadOfTask(Guid task) => session.Ask(session.Of(LoadOfTaskSql).Bind(task), Read);

    public Result<Guid> FindByExternalId(string externalId) =>
        session.Ask(session.Of(FindByExternalIdSql).Bind(externalId), static row => row.Id(0));

    /// <summary>Takes the next number. Whoever else wants one of this sequence waits for the end of the transaction.</summary>
    public Result<long> Next(string sequence) => session.AskWriting(session.Of(NextSql).Bind(sequence), static row => row.Long(0));

    public Result<long> Stamp() => session.Ask(session.Of(StampSql).Bind(ConfigurationStamp.TheId), static row => row.Long(0));

    public Result<AnswerRow> FindAnswer(string principal, string key) =>
        session.Ask(session.Of(FindAnswerSql).Bind(principal).Bind(key), row =>
            new AnswerRow(principal, key, row.Text(0), row.Int(1), row.Text(2), row.Instant(3)));

    public void SaveAnswer(AnswerRow answer) => session.Queue(
        session.Of(InsertAnswerSql).Bind(answer.Principal).Bind(answer.Key).Bind(answer.BodyHash).Bind(answer.Status)
            .Bind(answer.Answer).Bind(answer.CreatedAt));

    /// <param name="row">What to write.</param>
    /// <param name="document">Its document.</param>
    /// <param name="isCertain">This transaction has locked the row at the version before.</param>
    public void Save(CaseRow row, ReadOnlyMemory<byte> document, bool isCertain)
    {
        if (row.Version == 1)
        {
            session.Queue(Bind(session.Of(InsertSql), row, document));
            return;
        }

        session.QueueGuarded(
            Bind(session.Of(UpdateSql), row, document), isCertain, $"Case {row.Id} is no longer at version {row.Version - 1}.");
    }

    private static Statement Bind(Statement statement, CaseRow row, ReadOnlyMemory<byte> document) =>
        statement.Bind(row.Number).Bind(row.Process).Bind(row.ProcessVersion).Bind(row.Kind).Bind(row.Status).Bind(row.Level)
            .Bind(row.LevelRank).Bind(row.Category).Bind(row.Channel).Bind(row.Subject).Bind(row.Lead).Bind(row.Handler)
            .Bind(row.ComplainantName).Bind(row.ExternalId).Bind(row.TrackingHash).Bind(row.ReceivedAt).Bind(row.ClosedAt)
            .Bind(row.NextDueAt).Bind(row.IsLate).Bind(row.UpdatedAt).Bind(row.EventSequence).Bind(row.EventHead)
            .Bind(row.Version).Bind(document).Bind(row.Id).Bind(row.RespondentPerson).Bind(row.Confidentiality);

    private static StoredCase Read(NpgsqlDataReader row) => new(
        new CaseRow
        {
            Id = row.Id(0),
            Number = row.Text(1),
            Process = row.Text(2),
            ProcessVersion = row.Int(3),
            Kind = row.Text(4),
            Status = row.Text(5),
            Level = row.TextOrNull(6),
            LevelRank = row.IntOrNull(7),
            Category = row.TextOrNull(8),
            Channel = row.TextOrNull(9),
            Subject = row.Text(10),
            Lead = row.TextOrNull(11),
            Handler = row.TextOrNull(12),
            ComplainantName = row.TextOrNull(13),
            ExternalId = row.TextOrNull(14),
            TrackingHash = row.TextOrNull(15),
            ReceivedAt = row.Instant(16),
            ClosedAt = row.InstantOrNull(17),
            NextDueAt = row.InstantOrNull(18),
            IsLate = row.Flag(19),
            UpdatedAt = row.Instant(20),
            EventSequence = row.Long(21),
            EventHead = row.Bytes(22),
            Version = row.Long(23),
            RespondentPerson = row.TextOrNull(25),
            Confidentiality = row.IntOrNull(26),
        },
        row.Bytes(24));
}

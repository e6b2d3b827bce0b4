using System.Text.Json;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.Data.SqlClient;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>Workflow instances, their journal and their incidents.</summary>
internal sealed class InstanceTables(SqlServerSession session)
{
    private const string Columns =
        """
        "Id", "DefinitionId", "DefinitionVersionId", "DefinitionVersion", "Status", "SubStatus", "CorrelationId", "Name",
        "ParentInstanceId", "CreatedAt", "UpdatedAt", "FinishedAt", "IncidentCount", "Version", "State"
        """;

    // As with cases: the row stays locked to the end of the transaction, and no others with it, so they are sought by their index.
    private const string LoadSql = $"""SELECT {Columns} FROM "Instances" WITH (UPDLOCK, ROWLOCK) WHERE "Id" = @1;""";

    private const string LoadCorrelatedSql =
        $"""
        SELECT TOP (4) {Columns} FROM "Instances" WITH (UPDLOCK, ROWLOCK, FORCESEEK) WHERE "CorrelationId" = @1 AND "Status" = N'Running';
        """;

    private const string LoadAllCorrelatedSql =
        $"""
        SELECT {Columns} FROM OPENJSON(@1) AS i INNER LOOP JOIN "Instances" WITH (UPDLOCK, ROWLOCK, FORCESEEK)
               ON "CorrelationId" = CONVERT(nvarchar(128), i."value") COLLATE {SqlServerTableLayout.Collation} AND "Status" = N'Running';
        """;

    // a case's id as its instances have it for their correlation id
    private const string IdAsText =
        """STUFF(STUFF(STUFF(STUFF(LOWER(CONVERT(nvarchar(32), "ComplaintId", 2)), 9, 0, N'-'), 14, 0, N'-'), 19, 0, N'-'), 24, 0, N'-')""";

    private const string LoadOfTaskSql =
        $"""
        DECLARE @case nvarchar(36) = (SELECT {IdAsText} FROM "Tasks" WHERE "Id" = @1);
        SELECT TOP (4) {Columns} FROM "Instances" WITH (UPDLOCK, ROWLOCK, FORCESEEK) WHERE "CorrelationId" = @case AND "Status" = N'Running';
        """;

    private const string InsertSql =
        """
        INSERT INTO "Instances" ("DefinitionId", "DefinitionVersionId", "DefinitionVersion", "Status", "SubStatus", "CorrelationId",
               "Name", "ParentInstanceId", "CreatedAt", "UpdatedAt", "FinishedAt", "IncidentCount", "Version", "State", "Id")
        VALUES (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14, @15);
        """;

    private const string UpdateSql =
        """
        UPDATE "Instances" SET "DefinitionId" = @1, "DefinitionVersionId" = @2, "DefinitionVersion" = @3, "Status" = @4,
               "SubStatus" = @5, "CorrelationId" = @6, "Name" = @7, "ParentInstanceId" = @8, "CreatedAt" = @9, "UpdatedAt" = @10,
               "FinishedAt" = @11, "IncidentCount" = @12, "Version" = @13, "State" = @14
        WHERE "Id" = @15 AND "Version" = @13 - 1;
        IF @@ROWCOUNT <> 1 THROW 51000, N'The instance is no longer at the version it was read at.', 1;
        """;

    private const string RunningSql = """SELECT "Id" FROM "Instances" WHERE "Status" = N'Running' ORDER BY "Id";""";

    private const string RunningOfDefinitionSql =
        """SELECT "Id" FROM "Instances" WHERE "DefinitionId" = @1 AND "Status" = N'Running' ORDER BY "Id";""";

    private const string RunningCorrelatedSql =
        """SELECT "Id" FROM "Instances" WHERE "CorrelationId" = @1 AND "Status" = N'Running' ORDER BY "Id";""";

    private const string RunningUncorrelatedSql =
        """SELECT "Id" FROM "Instances" WHERE "CorrelationId" IS NULL AND "Status" = N'Running' ORDER BY "Id";""";

    private const string RunningOfDefinitionCorrelatedSql =
        """
        SELECT "Id" FROM "Instances" WHERE "DefinitionId" = @1 AND "CorrelationId" = @2 AND "Status" = N'Running' ORDER BY "Id";
        """;

    private const string RunningOfDefinitionUncorrelatedSql =
        """
        SELECT "Id" FROM "Instances" WHERE "DefinitionId" = @1 AND "CorrelationId" IS NULL AND "Status" = N'Running' ORDER BY "Id";
        """;

    private static readonly string[] IncidentColumns =
    [
        "InstanceId", "Id", "ExecutionId", "ActivityId", "NodeId", "ActivityType", "Message", "ExceptionType", "At", "ResolvedAt",
    ];

    private static readonly Inserts InsertJournalSql = new(
        "Journal",
        [
            "InstanceId", "Sequence", "At", "ExecutionId", "ActivityId", "NodeId", "ActivityType", "Event", "AtOnce", "Outcomes", "Data",
        ]);

    private static readonly Saves SaveIncidentSql = new("Incidents", ["InstanceId", "Id"], IncidentColumns, ["ResolvedAt"]);

    /// <summary>Reads an instance and locks it.</summary>
    public Result<StoredInstance> Load(Guid id) => session.Ask(new Statement(LoadSql).Bind(id), Read);

    /// <summary>Reads those that run for this correlation id, a few at most, and locks them.</summary>
    public Result<StoredInstance> LoadCorrelated(string correlationId) =>
        session.Ask(new Statement(LoadCorrelatedSql).Bind(correlationId), Read);

    /// <summary>The same for many correlation ids: all that run.</summary>
    public Result<StoredInstance> LoadCorrelated(IEnumerable<string> correlationIds) =>
        session.Ask(new Statement(LoadAllCorrelatedSql).Bind(correlationIds), Read);

    /// <summary>The same for the case that has this task.</summary>
    public Result<StoredInstance> LoadOfTask(Guid task) => session.Ask(new Statement(LoadOfTaskSql).Bind(task), Read);

    public Result<Guid> FindRunning(string? definitionId, string? correlationId, bool matchCorrelation)
    {
        var statement = (definitionId, matchCorrelation, correlationId) switch
        {
            (null, false, _) => new Statement(RunningSql),
            (null, true, null) => new Statement(RunningUncorrelatedSql),
            (null, true, not null) => new Statement(RunningCorrelatedSql).Bind(correlationId),
            (not null, false, _) => new Statement(RunningOfDefinitionSql).Bind(definitionId),
            (not null, true, null) => new Statement(RunningOfDefinitionUncorrelatedSql).Bind(definitionId),
            (not null, true, not null) => new Statement(RunningOfDefinitionCorrelatedSql).Bind(definitionId).Bind(correlationId),
        };
        return session.Ask(statement, static row => row.Id(0));
    }

    public void Insert(StoredInstance instance) => session.Queue(Bind(new Statement(InsertSql), instance));

    /// <summary>Updates the instance of the version before.</summary>
    public void Update(StoredInstance instance) => session.Queue(Bind(new Statement(UpdateSql), instance));

    public void Insert(IReadOnlyList<JournalRow> rows) => session.QueueRows(InsertJournalSql, rows, static (statement, row) =>
        statement.Bind(row.InstanceId).Bind(row.Sequence).Bind(row.At).Bind(row.ExecutionId).Bind(row.ActivityId).Bind(row.NodeId)
            .Bind(row.ActivityType).Bind(row.Event.ToString()).Bind(row.AtOnce)
            .Bind(row.Outcomes is null ? null : JsonSerializer.Serialize(row.Outcomes)).Bind(row.Data));

    public void Save(IReadOnlyList<IncidentRow> rows) => session.QueueRows(SaveIncidentSql, rows, static (statement, row) =>
        statement.Bind(row.InstanceId).Bind(row.Incident.Id).Bind(row.Incident.ExecutionId).Bind(row.Incident.ActivityId)
            .Bind(row.Incident.NodeId).Bind(row.Incident.ActivityType).Bind(row.Incident.Message).Bind(row.Incident.ExceptionType)
            .Bind(row.Incident.At).Bind(row.Incident.ResolvedAt));

    private static Statement Bind(Statement statement, StoredInstance instance)
    {
        var row = instance.Row;
        return statement.Bind(row.DefinitionId).Bind(row.DefinitionVersionId).Bind(row.DefinitionVersion).Bind(row.Status.ToString())
            .Bind(row.SubStatus.ToString()).Bind(row.CorrelationId).Bind(row.Name).Bind(row.ParentInstanceId).Bind(row.CreatedAt)
            .Bind(row.UpdatedAt).Bind(row.FinishedAt).Bind(row.IncidentCount).Bind(row.Version).Bind(instance.State).Bind(row.Id);
    }

    private static StoredInstance Read(SqlDataReader row) => new(
        new InstanceRow
        {
            Id = row.Id(0),
            DefinitionId = row.Text(1),
            DefinitionVersionId = row.Text(2),
            DefinitionVersion = row.Int(3),
            Status = Enum.Parse<WorkflowStatus>(row.Text(4)),
            SubStatus = Enum.Parse<WorkflowSubStatus>(row.Text(5)),
            CorrelationId = row.TextOrNull(6),
            Name = row.TextOrNull(7),
            ParentInstanceId = row.IdOrNull(8),
            CreatedAt = row.Instant(9),
            UpdatedAt = row.Instant(10),
            FinishedAt = row.InstantOrNull(11),
            IncidentCount = row.Int(12),
            Version = row.Int(13),
        },
        row.Bytes(14));
}

using System.Text.Json;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;
using Npgsql;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>Workflow instances, their journal and their incidents.</summary>
internal sealed class InstanceTables(PostgreSqlSession session)
{
    private const string Columns =
        """
        "Id", "DefinitionId", "DefinitionVersionId", "DefinitionVersion", "Status", "SubStatus", "CorrelationId", "Name",
        "ParentInstanceId", "CreatedAt", "UpdatedAt", "FinishedAt", "IncidentCount", "Version", "State"
        """;

    // As with cases: the row stays locked to the end of the transaction.
    private const string LoadSql = $"""SELECT {Columns} FROM "Instances" WHERE "Id" = $1 FOR NO KEY UPDATE""";

    private const string LoadCorrelatedSql =
        $"""SELECT {Columns} FROM "Instances" WHERE "CorrelationId" = $1 AND "Status" = 'Running' LIMIT 4 FOR NO KEY UPDATE""";

    private const string LoadAllCorrelatedSql =
        $"""
        SELECT {Columns} FROM "Instances" WHERE "CorrelationId" = ANY($1) AND "Status" = 'Running' ORDER BY "Id" FOR NO KEY UPDATE
        """;

    private const string LoadOfTaskSql =
        $"""
        SELECT {Columns} FROM "Instances"
        WHERE "CorrelationId" = (SELECT "ComplaintId"::text FROM "Tasks" WHERE "Id" = $1) AND "Status" = 'Running' LIMIT 4
        FOR NO KEY UPDATE
        """;

    private const string InsertSql =
        """
        INSERT INTO "Instances" ("DefinitionId", "DefinitionVersionId", "DefinitionVersion", "Status", "SubStatus", "CorrelationId",
               "Name", "ParentInstanceId", "CreatedAt", "UpdatedAt", "FinishedAt", "IncidentCount", "Version", "State", "Id")
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        """;

    private const string UpdateSql =
        """
        UPDATE "Instances" SET "DefinitionId" = $1, "DefinitionVersionId" = $2, "DefinitionVersion" = $3, "Status" = $4,
               "SubStatus" = $5, "CorrelationId" = $6, "Name" = $7, "ParentInstanceId" = $8, "CreatedAt" = $9, "UpdatedAt" = $10,
               "FinishedAt" = $11, "IncidentCount" = $12, "Version" = $13, "State" = $14
        WHERE "Id" = $15 AND "Version" = $13 - 1
        """;

    private const string RunningSql = """SELECT "Id" FROM "Instances" WHERE "Status" = 'Running' ORDER BY "Id" """;

    private const string RunningOfDefinitionSql =
        """SELECT "Id" FROM "Instances" WHERE "DefinitionId" = $1 AND "Status" = 'Running' ORDER BY "Id" """;

    private const string RunningCorrelatedSql =
        """SELECT "Id" FROM "Instances" WHERE "CorrelationId" = $1 AND "Status" = 'Running' ORDER BY "Id" """;

    private const string RunningUncorrelatedSql =
        """SELECT "Id" FROM "Instances" WHERE "CorrelationId" IS NULL AND "Status" = 'Running' ORDER BY "Id" """;

    private const string RunningOfDefinitionCorrelatedSql =
        """
        SELECT "Id" FROM "Instances" WHERE "DefinitionId" = $1 AND "CorrelationId" = $2 AND "Status" = 'Running' ORDER BY "Id"
        """;

    private const string RunningOfDefinitionUncorrelatedSql =
        """
        SELECT "Id" FROM "Instances" WHERE "DefinitionId" = $1 AND "CorrelationId" IS NULL AND "Status" = 'Running' ORDER BY "Id"
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

    private static readonly Inserts SaveIncidentSql = new(
        "Incidents", IncidentColumns, """ON CONFLICT ("InstanceId", "Id") DO UPDATE SET "ResolvedAt" = excluded."ResolvedAt" """);

    /// <summary>Reads an instance and locks it.</summary>
    public Result<StoredInstance> Load(Guid id) => session.Ask(session.Of(LoadSql).Bind(id), Read);

    /// <summary>Reads those that run for this correlation id, a few at most, and locks them.</summary>
    public Result<StoredInstance> LoadCorrelated(string correlationId) =>
        session.Ask(session.Of(LoadCorrelatedSql).Bind(correlationId), Read);

    /// <summary>The same for many correlation ids: all that run.</summary>
    public Result<StoredInstance> LoadCorrelated(string[] correlationIds) =>
        session.Ask(session.Of(LoadAllCorrelatedSql).Bind(correlationIds), Read);

    /// <summary>The same for the case that has this task.</summary>
    public Result<StoredInstance> LoadOfTask(Guid task) => session.Ask(session.Of(LoadOfTaskSql).Bind(task), Read);

    public Result<Guid> FindRunning(string? definitionId, string? correlationId, bool matchCorrelation)
    {
        var statement = (definitionId, matchCorrelation, correlationId) switch
        {
            (null, false, _) => session.Of(RunningSql),
            (null, true, null) => session.Of(RunningUncorrelatedSql),
            (null, true, not null) => session.Of(RunningCorrelatedSql).Bind(correlationId),
            (not null, false, _) => session.Of(RunningOfDefinitionSql).Bind(definitionId),
            (not null, true, null) => session.Of(RunningOfDefinitionUncorrelatedSql).Bind(definitionId),
            (not null, true, not null) => session.Of(RunningOfDefinitionCorrelatedSql).Bind(definitionId).Bind(correlationId),
        };
        return session.Ask(statement, static row => row.Id(0));
    }

    public void Insert(StoredInstance instance) => session.Queue(Bind(session.Of(InsertSql), instance));

    /// <param name="instance">What to write.</param>
    /// <param name="isCertain">This transaction has locked the row at the version before.</param>
    public void Update(StoredInstance instance, bool isCertain) => session.QueueGuarded(
        Bind(session.Of(UpdateSql), instance), isCertain,
        $"Instance {instance.Row.Id} is no longer at version {instance.Row.Version - 1}.");

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

    private static StoredInstance Read(NpgsqlDataReader row) => new(
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

using System.Text.Json;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>Workflow instances, their journal and their incidents.</summary>
internal sealed class InstanceTables(Statements statements)
{
    private const string LoadSql =
        """
        SELECT "DefinitionId", "DefinitionVersionId", "DefinitionVersion", "Status", "SubStatus", "CorrelationId", "Name",
               "ParentInstanceId", "CreatedAt", "UpdatedAt", "FinishedAt", "IncidentCount", "Version", "State"
        FROM "Instances" WHERE "Id" = ?
        """;

    private const string InsertSql =
        """
        INSERT INTO "Instances" ("DefinitionVersion", "SubStatus", "Name", "CreatedAt", "UpdatedAt", "FinishedAt", "IncidentCount",
               "Version", "State", "DefinitionId", "DefinitionVersionId", "Status", "CorrelationId", "ParentInstanceId", "Id")
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string UpdateSql =
        """
        UPDATE "Instances" SET "DefinitionVersion" = ?, "SubStatus" = ?, "Name" = ?, "CreatedAt" = ?, "UpdatedAt" = ?,
               "FinishedAt" = ?, "IncidentCount" = ?, "Version" = ?, "State" = ?,
               "DefinitionId" = ?, "DefinitionVersionId" = ?, "Status" = ?, "CorrelationId" = ?, "ParentInstanceId" = ?
        WHERE "Id" = ? AND "Version" = ?
        """;

    /// <summary>Leaves out what is indexed: SQLite would write those indexes again even where nothing changed.</summary>
    private const string UpdateUnindexedSql =
        """
        UPDATE "Instances" SET "DefinitionVersion" = ?, "SubStatus" = ?, "Name" = ?, "CreatedAt" = ?, "UpdatedAt" = ?,
               "FinishedAt" = ?, "IncidentCount" = ?, "Version" = ?, "State" = ?
        WHERE "Id" = ? AND "Version" = ?
        """;

    private const string RunningSql = """SELECT "Id" FROM "Instances" WHERE "Status" = 'Running' ORDER BY "Id" """;

    private const string RunningOfDefinitionSql =
        """SELECT "Id" FROM "Instances" WHERE "DefinitionId" = ? AND "Status" = 'Running' ORDER BY "Id" """;

    private const string RunningCorrelatedSql =
        """SELECT "Id" FROM "Instances" WHERE "CorrelationId" IS ? AND "Status" = 'Running' ORDER BY "Id" """;

    private const string RunningOfDefinitionCorrelatedSql =
        """
        SELECT "Id" FROM "Instances" WHERE "DefinitionId" = ? AND "CorrelationId" IS ? AND "Status" = 'Running' ORDER BY "Id"
        """;

    private const string InsertJournalSql =
        """
        INSERT INTO "Journal" ("InstanceId", "Sequence", "At", "ExecutionId", "ActivityId", "NodeId", "ActivityType", "Event",
               "AtOnce", "Outcomes", "Data")
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string SaveIncidentSql =
        """
        INSERT INTO "Incidents" ("InstanceId", "Id", "ExecutionId", "ActivityId", "NodeId", "ActivityType", "Message",
               "ExceptionType", "At", "ResolvedAt")
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT ("InstanceId", "Id") DO UPDATE SET "ResolvedAt" = excluded."ResolvedAt"
        """;

    public StoredInstance? Load(Guid id) =>
        statements.Of(LoadSql).Bind(id).One<StoredInstance?>(row => new StoredInstance(
            new InstanceRow
            {
                Id = id,
                DefinitionId = row.Text(0),
                DefinitionVersionId = row.Text(1),
                DefinitionVersion = row.Int(2),
                Status = Enum.Parse<WorkflowStatus>(row.Text(3)),
                SubStatus = Enum.Parse<WorkflowSubStatus>(row.Text(4)),
                CorrelationId = row.TextOrNull(5),
                Name = row.TextOrNull(6),
                ParentInstanceId = row.IdOrNull(7),
                CreatedAt = row.Instant(8),
                UpdatedAt = row.Instant(9),
                FinishedAt = row.InstantOrNull(10),
                IncidentCount = row.Int(11),
                Version = row.Int(12),
            },
            row.Bytes(13)));

    public List<Guid> FindRunning(string? definitionId, string? correlationId, bool matchCorrelation)
    {
        var statement = (definitionId, matchCorrelation) switch
        {
            (null, false) => statements.Of(RunningSql),
            (null, true) => statements.Of(RunningCorrelatedSql).Bind(correlationId),
            (not null, false) => statements.Of(RunningOfDefinitionSql).Bind(definitionId),
            (not null, true) => statements.Of(RunningOfDefinitionCorrelatedSql).Bind(definitionId).Bind(correlationId),
        };
        return statement.List(static row => row.Id(0));
    }

    public void Insert(StoredInstance instance) =>
        BindIndexed(Bind(statements.Of(InsertSql), instance), instance.Row).Bind(instance.Row.Id).Run();

    /// <param name="instance">What to write.</param>
    /// <param name="loaded">The row as this transaction read it, if it did.</param>
    /// <exception cref="LostRaceException">The stored row is not at the version before.</exception>
    public void Update(StoredInstance instance, InstanceRow? loaded)
    {
        var row = instance.Row;
        var changed = loaded is not null && SameIndexed(row, loaded)
            ? Bind(statements.Of(UpdateUnindexedSql), instance).Bind(row.Id).Bind(row.Version - 1).Run()
            : BindIndexed(Bind(statements.Of(UpdateSql), instance), row).Bind(row.Id).Bind(row.Version - 1).Run();
        if (changed != 1)
        {
            throw new LostRaceException($"Instance {row.Id} is no longer at version {row.Version - 1}.");
        }
    }

    public void Insert(JournalRow row) =>
        statements.Of(InsertJournalSql).Bind(row.InstanceId).Bind(row.Sequence).Bind(row.At).Bind(row.ExecutionId)
            .Bind(row.ActivityId).Bind(row.NodeId).Bind(row.ActivityType).Bind(row.Event.ToString()).Bind(row.AtOnce)
            .Bind(row.Outcomes is null ? null : JsonSerializer.Serialize(row.Outcomes)).Bind(row.Data).Run();

    public void Save(IncidentRow row)
    {
        var incident = row.Incident;
        statements.Of(SaveIncidentSql).Bind(row.InstanceId).Bind(incident.Id).Bind(incident.ExecutionId).Bind(incident.ActivityId)
            .Bind(incident.NodeId).Bind(incident.ActivityType).Bind(incident.Message).Bind(incident.ExceptionType).Bind(incident.At)
            .Bind(incident.ResolvedAt).Run();
    }

    private static Statement Bind(Statement statement, StoredInstance instance)
    {
        var row = instance.Row;
        return statement.Bind(row.DefinitionVersion).Bind(row.SubStatus.ToString()).Bind(row.Name).Bind(row.CreatedAt)
            .Bind(row.UpdatedAt).Bind(row.FinishedAt).Bind(row.IncidentCount).Bind(row.Version).Bind(instance.State.Span);
    }

    private static Statement BindIndexed(Statement statement, InstanceRow row) =>
        statement.Bind(row.DefinitionId).Bind(row.DefinitionVersionId).Bind(row.Status.ToString()).Bind(row.CorrelationId)
            .Bind(row.ParentInstanceId);

    private static bool SameIndexed(InstanceRow row, InstanceRow loaded) =>
        row.Status == loaded.Status && row.CorrelationId == loaded.CorrelationId
        && row.DefinitionVersionId == loaded.DefinitionVersionId && row.DefinitionId == loaded.DefinitionId
        && row.ParentInstanceId == loaded.ParentInstanceId;
}

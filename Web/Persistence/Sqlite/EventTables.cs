using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>The events of cases; they are only added.</summary>
internal sealed class EventTables(Statements statements)
{
    private const string InsertSql =
        """
        INSERT INTO "Events" ("ComplaintId", "Sequence", "At", "RecordedAt", "Type", "ActorKind", "ActorId", "ActorName", "Data",
               "Salt", "Body", "Hash")
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    public void Insert(EventRow row) =>
        statements.Of(InsertSql).Bind(row.ComplaintId).Bind(row.Sequence).Bind(row.At).Bind(row.RecordedAt).Bind(row.Type)
            .Bind(row.ActorKind).Bind(row.ActorId).Bind(row.ActorName).Bind(row.Data).Bind(row.Salt).Bind(row.Body).Bind(row.Hash)
            .Run();
}

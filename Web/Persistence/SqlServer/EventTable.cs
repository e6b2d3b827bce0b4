using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>The events of cases; they are only added.</summary>
internal sealed class EventTable(SqlServerSession session)
{
    private static readonly Inserts InsertSql = new(
        "Events",
        [
            "ComplaintId", "Sequence", "At", "RecordedAt", "Type", "ActorKind", "ActorId", "ActorName", "Data", "Salt", "Body", "Hash",
        ]);

    public void Insert(IReadOnlyList<EventRow> rows) => session.QueueRows(InsertSql, rows, static (statement, row) =>
        statement.Bind(row.ComplaintId).Bind(row.Sequence).Bind(row.At).Bind(row.RecordedAt).Bind(row.Type).Bind(row.ActorKind)
            .Bind(row.ActorId).Bind(row.ActorName).Bind(row.Data).Bind(row.Salt).Bind(row.Body).Bind(row.Hash));
}

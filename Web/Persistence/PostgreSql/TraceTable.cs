using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>By what cases of the same complainant are found.</summary>
internal sealed class TraceTable(PostgreSqlSession session)
{
    private static readonly Inserts InsertSql = new("CaseTraces", ["ComplaintId", "Kind", "Trace"]);

    public void Insert(IReadOnlyList<TraceRow> rows) => session.QueueRows(
        InsertSql, rows, static (statement, row) => statement.Bind(row.ComplaintId).Bind(row.Kind).Bind(row.Trace));
}

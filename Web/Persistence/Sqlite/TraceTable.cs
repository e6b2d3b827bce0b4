using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>By what cases of the same complainant are found.</summary>
internal sealed class TraceTable(Statements statements)
{
    private const string InsertSql = """INSERT INTO "CaseTraces" ("ComplaintId", "Kind", "Trace") VALUES (?, ?, ?)""";

    public void Insert(TraceRow row) => statements.Of(InsertSql).Bind(row.ComplaintId).Bind(row.Kind).Bind(row.Trace).Run();
}

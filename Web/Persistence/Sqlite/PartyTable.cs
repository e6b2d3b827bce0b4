using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>Who is kept out of cases, and who sees those that rank does not open.</summary>
internal sealed class PartyTable(Statements statements)
{
    private const string InsertSql = """INSERT OR IGNORE INTO "CaseParties" ("ComplaintId", "Kind", "Who") VALUES (?, ?, ?)""";

    private const string DeleteSql = """DELETE FROM "CaseParties" WHERE "ComplaintId" = ? AND "Kind" = ? AND "Who" = ?""";

    public void Insert(PartyRow row) => statements.Of(InsertSql).Bind(row.ComplaintId).Bind(row.Kind).Bind(row.Who).Run();

    public void Delete(PartyRow row) => statements.Of(DeleteSql).Bind(row.ComplaintId).Bind(row.Kind).Bind(row.Who).Run();
}

using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>Who is kept out of cases, and who sees those that rank does not open.</summary>
internal sealed class PartyTable(PostgreSqlSession session)
{
    private const string DeleteSql = """DELETE FROM "CaseParties" WHERE "ComplaintId" = $1 AND "Kind" = $2 AND "Who" = $3""";

    private static readonly Inserts InsertSql = new("CaseParties", ["ComplaintId", "Kind", "Who"], "ON CONFLICT DO NOTHING");

    public void Insert(IReadOnlyList<PartyRow> rows) => session.QueueRows(
        InsertSql, rows, static (statement, row) => statement.Bind(row.ComplaintId).Bind(row.Kind).Bind(row.Who));

    public void Delete(IReadOnlyList<PartyRow> rows)
    {
        foreach (var row in rows)
        {
            session.Queue(session.Of(DeleteSql).Bind(row.ComplaintId).Bind(row.Kind).Bind(row.Who));
        }
    }
}

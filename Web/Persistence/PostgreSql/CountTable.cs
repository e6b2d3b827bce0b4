using CaseManagement.Domain.Counting;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>By what counters count cases together.</summary>
internal sealed class CountTable(PostgreSqlSession session)
{
    private const string SaveSql =
        """
        INSERT INTO "CaseCounts" ("ComplaintId", "Counter", "Group", "Number", "At", "Distinct", "Holds", "Weight") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT ("ComplaintId", "Counter") DO UPDATE SET "Group" = excluded."Group", "Number" = excluded."Number", "At" = excluded."At", "Distinct" = excluded."Distinct", "Holds" = excluded."Holds", "Weight" = excluded."Weight"
        """;

    private const string FindSql =
        """SELECT "ComplaintId", "Number", "At", "Distinct", "Holds", "Weight" FROM "CaseCounts" WHERE "Group" = $1 AND "At" >= $2 AND "At" <= $3 ORDER BY "At" LIMIT 10000""";

    public Result<CountedItem> Find(string key, DateTimeOffset since, DateTimeOffset until) => session.Ask(
        session.Of(FindSql).Bind(key).Bind(since).Bind(until), static row => new CountedItem(row.Id(0), row.Text(1), row.Instant(2), row.Text(3), row.Flag(4), row.Int(5)));

    public void Save(CountRow row) => session.Queue(
        session.Of(SaveSql).Bind(row.ComplaintId).Bind(row.Counter).Bind(row.Group).Bind(row.Number).Bind(row.At).Bind(row.Distinct).Bind(row.Holds).Bind(row.Weight));
}

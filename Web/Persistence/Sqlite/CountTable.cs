using CaseManagement.Domain.Counting;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>By what counters count cases together.</summary>
internal sealed class CountTable(Statements statements)
{
    private const string SaveSql =
        """
        INSERT INTO "CaseCounts" ("ComplaintId", "Counter", "Group", "Number", "At", "Distinct", "Holds", "Weight") VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT ("ComplaintId", "Counter") DO UPDATE SET "Group" = excluded."Group", "Number" = excluded."Number", "At" = excluded."At", "Distinct" = excluded."Distinct", "Holds" = excluded."Holds", "Weight" = excluded."Weight"
        """;

    private const string FindSql =
        """SELECT "ComplaintId", "Number", "At", "Distinct", "Holds", "Weight" FROM "CaseCounts" WHERE "Group" = ? AND "At" >= ? AND "At" <= ? ORDER BY "At" LIMIT 10000""";

    public IReadOnlyList<CountedItem> Find(string key, DateTimeOffset since, DateTimeOffset until) =>
        statements.Of(FindSql).Bind(key).Bind(since).Bind(until).List(static row => new CountedItem(row.Id(0), row.Text(1), row.Instant(2), row.Text(3), row.Long(4) != 0, (int)row.Long(5)));

    public void Save(CountRow row) => statements.Of(SaveSql)
        .Bind(row.ComplaintId).Bind(row.Counter).Bind(row.Group).Bind(row.Number).Bind(row.At).Bind(row.Distinct).Bind(row.Holds).Bind(row.Weight).Run();
}

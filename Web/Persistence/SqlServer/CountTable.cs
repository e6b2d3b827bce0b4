using CaseManagement.Domain.Counting;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>By what counters count cases together.</summary>
internal sealed class CountTable(SqlServerSession session)
{
    private static readonly Saves SaveSql = new(
        "CaseCounts", ["ComplaintId", "Counter"], ["ComplaintId", "Counter", "Group", "Number", "At", "Distinct", "Holds", "Weight"], ["Group", "Number", "At", "Distinct", "Holds", "Weight"]);

    private const string FindSql =
        """SELECT TOP (10000) "ComplaintId", "Number", "At", "Distinct", "Holds", "Weight" FROM "CaseCounts" WHERE "Group" = @1 AND "At" >= @2 AND "At" <= @3 ORDER BY "At";""";

    public Result<CountedItem> Find(string key, DateTimeOffset since, DateTimeOffset until) => session.Ask(
        new Statement(FindSql).Bind(key).Bind(since).Bind(until), static row => new CountedItem(row.Id(0), row.Text(1), row.Instant(2), row.Text(3), row.Flag(4), row.Int(5)));

    public void Save(CountRow row) => session.QueueRows(
        SaveSql, [row],
        static (statement, one) => statement.Bind(one.ComplaintId).Bind(one.Counter).Bind(one.Group).Bind(one.Number).Bind(one.At).Bind(one.Distinct).Bind(one.Holds).Bind(one.Weight));
}

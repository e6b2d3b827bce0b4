using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>What cases are found by, as it is: <c>LIKE</c> reads it.</summary>
internal sealed class TextTable(Statements statements)
{
    private const string SaveSql =
        """
        INSERT INTO "CaseTexts" ("ComplaintId", "Words", "People", "Lead", "IsOpen") VALUES (?, ?, ?, ?, ?)
        ON CONFLICT ("ComplaintId") DO UPDATE SET "Words" = excluded."Words", "People" = excluded."People", "Lead" = excluded."Lead", "IsOpen" = excluded."IsOpen"
        """;

    public void Save(CaseTextRow text) => statements.Of(SaveSql).Bind(text.ComplaintId).Bind(text.Words).Bind(text.People).Bind(text.Lead).Bind(text.IsOpen).Run();
}

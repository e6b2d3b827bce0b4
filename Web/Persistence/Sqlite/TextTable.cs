using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>What cases are found by, as it is: <c>LIKE</c> reads it.</summary>
internal sealed class TextTable(Statements statements)
{
    private const string SaveSql =
        """
        INSERT INTO "CaseTexts" ("ComplaintId", "Words", "People") VALUES (?, ?, ?)
        ON CONFLICT ("ComplaintId") DO UPDATE SET "Words" = excluded."Words", "People" = excluded."People"
        """;

    public void Save(CaseTextRow text) => statements.Of(SaveSql).Bind(text.ComplaintId).Bind(text.Words).Bind(text.People).Run();
}

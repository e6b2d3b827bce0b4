using CaseManagement.Web.Persistence.Cases;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>What cases are found by, as pairs of characters and words (<see cref="TextGrams"/>).</summary>
internal sealed class TextTable(PostgreSqlSession session)
{
    private const string SaveSql =
        """
        INSERT INTO "CaseTexts" ("ComplaintId", "Words", "People", "Lead", "IsOpen")
        VALUES ($1, CAST(CAST($2 AS text) AS tsvector), CAST(CAST($3 AS text) AS tsvector), $4, $5)
        ON CONFLICT ("ComplaintId") DO UPDATE SET "Words" = excluded."Words", "People" = excluded."People", "Lead" = excluded."Lead", "IsOpen" = excluded."IsOpen"
        """;

    public void Save(IReadOnlyList<CaseTextRow> texts)
    {
        foreach (var text in texts)
        {
            session.Queue(session.Of(SaveSql).Bind(text.ComplaintId).Bind(TextGrams.VectorOf(text.Words)).Bind(TextGrams.VectorOf(text.People)).Bind(text.Lead).Bind(text.IsOpen));
        }
    }
}

using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>What cases are found by, as it is: <c>LIKE</c> reads it.</summary>
internal sealed class TextTable(SqlServerSession session)
{
    private static readonly Saves SaveSql = new("CaseTexts", ["ComplaintId"], ["ComplaintId", "Words", "People", "Lead", "IsOpen"], ["Words", "People", "Lead", "IsOpen"]);

    public void Save(IReadOnlyList<CaseTextRow> texts) => session.QueueRows(
        SaveSql, texts, static (statement, text) => statement.Bind(text.ComplaintId).Bind(text.Words).Bind(text.People).Bind(text.Lead).Bind(text.IsOpen));
}

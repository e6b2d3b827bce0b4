using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>Files of cases.</summary>
internal sealed class AttachmentTable(PostgreSqlSession session)
{
    private static readonly string[] Columns =
    [
        "Id", "ComplaintId", "Name", "MediaType", "Size", "Sha256", "ShownSha256", "Source", "State", "ActorKind", "ActorId", "ActorName", "At",
    ];

    // what came in stays as it came in: only what a scanner says changes
    private static readonly Inserts SaveSql = new("Attachments", Columns, """ON CONFLICT ("Id") DO UPDATE SET "State" = excluded."State" """);

    public void Save(IReadOnlyList<AttachmentRow> rows) => session.QueueRows(SaveSql, rows, static (statement, row) =>
        statement.Bind(row.Id).Bind(row.ComplaintId).Bind(row.Name).Bind(row.MediaType).Bind(row.Size).Bind(row.Sha256).Bind(row.ShownSha256)
            .Bind(row.Source).Bind(row.State).Bind(row.ActorKind).Bind(row.ActorId).Bind(row.ActorName).Bind(row.At));
}

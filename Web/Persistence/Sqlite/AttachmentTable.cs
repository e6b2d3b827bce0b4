using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>Files of cases.</summary>
internal sealed class AttachmentTable(Statements statements)
{
    // what came in stays as it came in: only what a scanner says changes
    private const string SaveSql =
        """
        INSERT INTO "Attachments" ("Id", "ComplaintId", "Name", "MediaType", "Size", "Sha256", "ShownSha256", "Source", "State",
               "ActorKind", "ActorId", "ActorName", "At")
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT ("Id") DO UPDATE SET "State" = excluded."State"
        """;

    public void Save(AttachmentRow row) =>
        statements.Of(SaveSql).Bind(row.Id).Bind(row.ComplaintId).Bind(row.Name).Bind(row.MediaType).Bind(row.Size).Bind(row.Sha256)
            .Bind(row.ShownSha256).Bind(row.Source).Bind(row.State).Bind(row.ActorKind).Bind(row.ActorId).Bind(row.ActorName).Bind(row.At).Run();
}

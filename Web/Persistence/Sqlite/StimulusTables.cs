using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>Whom a stimulus finds: bookmarks and triggers; and stimuli that found nobody.</summary>
internal sealed class StimulusTables(Statements statements)
{
    private const string FindBookmarksSql =
        """
        SELECT "BookmarkId", "InstanceId", "CorrelationId" FROM "Bookmarks"
        WHERE "StimulusHash" = ? AND "StimulusName" = ? AND "StimulusKey" = ? AND (?4 IS NULL OR "CorrelationId" = ?4)
        ORDER BY "InstanceId", "BookmarkId"
        """;

    private const string InsertBookmarkSql =
        """
        INSERT INTO "Bookmarks" ("BookmarkId", "InstanceId", "StimulusHash", "StimulusName", "StimulusKey", "CorrelationId")
        VALUES (?, ?, ?, ?, ?, ?)
        """;

    private const string DeleteBookmarkSql = """DELETE FROM "Bookmarks" WHERE "BookmarkId" = ?""";

    private const string RecorrelateSql = """UPDATE "Bookmarks" SET "CorrelationId" = ? WHERE "InstanceId" = ?""";

    private const string FindTriggersSql =
        """
        SELECT "DefinitionId", "DefinitionVersionId", "NodeId" FROM "Triggers"
        WHERE "StimulusHash" = ? AND "StimulusName" = ? AND "StimulusKey" = ?
        ORDER BY "DefinitionId", "Ordinal"
        """;

    private const string DeleteTriggersSql = """DELETE FROM "Triggers" WHERE "DefinitionId" = ?""";

    private const string InsertTriggerSql =
        """
        INSERT INTO "Triggers" ("DefinitionId", "Ordinal", "DefinitionVersionId", "NodeId", "StimulusHash", "StimulusName",
               "StimulusKey")
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """;

    // Equal moments are told apart by rowid: in the order they were kept.
    private const string FindKeptSql =
        """
        SELECT "Id", "CorrelationId", "InstanceId", "Input", "KeptAt", "ExpiresAt" FROM "KeptStimuli"
        WHERE "StimulusHash" = ? AND "StimulusName" = ? AND "StimulusKey" = ? AND "ExpiresAt" > ?
        ORDER BY "KeptAt", rowid
        """;

    private const string DeleteExpiredSql = """DELETE FROM "KeptStimuli" WHERE "ExpiresAt" <= ?""";

    private const string InsertKeptSql =
        """
        INSERT INTO "KeptStimuli" ("Id", "StimulusHash", "StimulusName", "StimulusKey", "CorrelationId", "InstanceId", "Input",
               "KeptAt", "ExpiresAt")
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string DeleteKeptSql = """DELETE FROM "KeptStimuli" WHERE "Id" = ?""";

    public List<BookmarkRow> FindBookmarks(string name, string key, string? correlationId)
    {
        var hash = StimulusHash.Of(name, key);
        return statements.Of(FindBookmarksSql).Bind(hash).Bind(name).Bind(key).Bind(correlationId).List(row =>
            new BookmarkRow(row.Id(0), row.Id(1), hash, name, key, row.TextOrNull(2)));
    }

    public void Insert(BookmarkRow row) =>
        statements.Of(InsertBookmarkSql).Bind(row.BookmarkId).Bind(row.InstanceId).Bind(row.StimulusHash).Bind(row.StimulusName)
            .Bind(row.StimulusKey).Bind(row.CorrelationId).Run();

    public void DeleteBookmark(Guid id) => statements.Of(DeleteBookmarkSql).Bind(id).Run();

    public void Recorrelate(Guid instanceId, string? correlationId) =>
        statements.Of(RecorrelateSql).Bind(correlationId).Bind(instanceId).Run();

    public List<TriggerRow> FindTriggers(string name, string key)
    {
        var hash = StimulusHash.Of(name, key);
        return statements.Of(FindTriggersSql).Bind(hash).Bind(name).Bind(key).List(row =>
            new TriggerRow(row.Text(0), row.Text(1), row.Text(2), hash, name, key));
    }

    public void ReplaceTriggers(string definitionId, IReadOnlyList<TriggerRow> triggers)
    {
        statements.Of(DeleteTriggersSql).Bind(definitionId).Run();
        for (var i = 0; i < triggers.Count; i++)
        {
            var row = triggers[i];
            statements.Of(InsertTriggerSql).Bind(definitionId).Bind(i).Bind(row.DefinitionVersionId).Bind(row.NodeId)
                .Bind(row.StimulusHash).Bind(row.StimulusName).Bind(row.StimulusKey).Run();
        }
    }

    public List<KeptStimulusRow> FindKept(string name, string key, DateTimeOffset now)
    {
        var hash = StimulusHash.Of(name, key);
        return statements.Of(FindKeptSql).Bind(hash).Bind(name).Bind(key).Bind(now).List(row => new KeptStimulusRow(
            row.Id(0), hash, name, key, row.TextOrNull(1), row.IdOrNull(2), row.Bytes(3), row.Instant(4), row.Instant(5)));
    }

    /// <summary>Keeps a stimulus, and clears away those that had expired by then.</summary>
    public void Keep(KeptStimulusRow row)
    {
        statements.Of(DeleteExpiredSql).Bind(row.KeptAt).Run();
        statements.Of(InsertKeptSql).Bind(row.Id).Bind(row.StimulusHash).Bind(row.StimulusName).Bind(row.StimulusKey)
            .Bind(row.CorrelationId).Bind(row.InstanceId).Bind(row.Input.Span).Bind(row.KeptAt).Bind(row.ExpiresAt).Run();
    }

    public void DeleteKept(Guid id) => statements.Of(DeleteKeptSql).Bind(id).Run();
}

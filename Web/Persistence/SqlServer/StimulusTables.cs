using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>Whom a stimulus finds: bookmarks and triggers; and stimuli that found nobody.</summary>
internal sealed class StimulusTables(SqlServerSession session)
{
    private const string FindBookmarksSql =
        """
        SELECT "BookmarkId", "InstanceId", "CorrelationId" FROM "Bookmarks"
        WHERE "StimulusHash" = @1 AND "StimulusName" = @2 AND "StimulusKey" = @3 AND (@4 IS NULL OR "CorrelationId" = @4)
        ORDER BY "InstanceId", "BookmarkId";
        """;

    private static readonly Inserts InsertBookmarkSql = new(
        "Bookmarks", ["BookmarkId", "InstanceId", "StimulusHash", "StimulusName", "StimulusKey", "CorrelationId"]);

    private const string DeleteBookmarksSql = $"""DELETE FROM "Bookmarks" WHERE "BookmarkId" IN {Statement.Ids};""";

    private const string RecorrelateSql = """UPDATE "Bookmarks" SET "CorrelationId" = @1 WHERE "InstanceId" = @2;""";

    private const string FindTriggersSql =
        """
        SELECT "DefinitionId", "DefinitionVersionId", "NodeId" FROM "Triggers"
        WHERE "StimulusHash" = @1 AND "StimulusName" = @2 AND "StimulusKey" = @3
        ORDER BY "DefinitionId", "Ordinal";
        """;

    private const string DeleteTriggersSql = """DELETE FROM "Triggers" WHERE "DefinitionId" = @1;""";

    private static readonly Inserts InsertTriggerSql = new(
        "Triggers",
        ["DefinitionId", "Ordinal", "DefinitionVersionId", "NodeId", "StimulusHash", "StimulusName", "StimulusKey"]);

    private const string FindKeptSql =
        """
        SELECT "Id", "CorrelationId", "InstanceId", "Input", "KeptAt", "ExpiresAt" FROM "KeptStimuli"
        WHERE "StimulusHash" = @1 AND "StimulusName" = @2 AND "StimulusKey" = @3 AND "ExpiresAt" > @4
        ORDER BY "KeptAt", "Id";
        """;

    private const string DeleteExpiredSql = """DELETE FROM "KeptStimuli" WHERE "ExpiresAt" <= @1;""";

    private static readonly Inserts InsertKeptSql = new(
        "KeptStimuli",
        [
            "Id", "StimulusHash", "StimulusName", "StimulusKey", "CorrelationId", "InstanceId", "Input", "KeptAt", "ExpiresAt",
        ]);

    private const string DeleteKeptSql = $"""DELETE FROM "KeptStimuli" WHERE "Id" IN {Statement.Ids};""";

    /// <summary>Finds those who wait.</summary>
    public Result<BookmarkRow> FindBookmarks(string name, string key, string? correlationId)
    {
        var hash = StimulusHash.Of(name, key);
        return session.Ask(new Statement(FindBookmarksSql).Bind(hash).Bind(name).Bind(key).Bind(correlationId), row =>
            new BookmarkRow(row.Id(0), row.Id(1), hash, name, key, row.TextOrNull(2)));
    }

    public void Insert(IReadOnlyList<BookmarkRow> rows) => session.QueueRows(InsertBookmarkSql, rows, static (statement, row) =>
        statement.Bind(row.BookmarkId).Bind(row.InstanceId).Bind(row.StimulusHash).Bind(row.StimulusName).Bind(row.StimulusKey)
            .Bind(row.CorrelationId));

    public void DeleteBookmarks(IReadOnlyList<Guid> ids) => session.QueueIds(DeleteBookmarksSql, ids);

    public void Recorrelate(Guid instanceId, string? correlationId) =>
        session.Queue(new Statement(RecorrelateSql).Bind(correlationId).Bind(instanceId));

    public Result<TriggerRow> FindTriggers(string name, string key)
    {
        var hash = StimulusHash.Of(name, key);
        return session.Ask(new Statement(FindTriggersSql).Bind(hash).Bind(name).Bind(key), row =>
            new TriggerRow(row.Text(0), row.Text(1), row.Text(2), hash, name, key));
    }

    public void ReplaceTriggers(string definitionId, IReadOnlyList<TriggerRow> triggers)
    {
        session.Queue(new Statement(DeleteTriggersSql).Bind(definitionId));
        session.QueueRows(InsertTriggerSql, [.. triggers.Index()], static (statement, at) =>
            statement.Bind(at.Item.DefinitionId).Bind(at.Index).Bind(at.Item.DefinitionVersionId).Bind(at.Item.NodeId)
                .Bind(at.Item.StimulusHash).Bind(at.Item.StimulusName).Bind(at.Item.StimulusKey));
    }

    /// <summary>Finds what was kept.</summary>
    public Result<KeptStimulusRow> FindKept(string name, string key, DateTimeOffset now)
    {
        var hash = StimulusHash.Of(name, key);
        return session.Ask(new Statement(FindKeptSql).Bind(hash).Bind(name).Bind(key).Bind(now), row => new KeptStimulusRow(
            row.Id(0), hash, name, key, row.TextOrNull(1), row.IdOrNull(2), row.Bytes(3), row.Instant(4), row.Instant(5)));
    }

    /// <summary>Keeps stimuli, and clears away those that had expired by then.</summary>
    public void Keep(IReadOnlyList<KeptStimulusRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        session.Queue(new Statement(DeleteExpiredSql).Bind(rows[0].KeptAt));
        session.QueueRows(InsertKeptSql, rows, static (statement, row) =>
            statement.Bind(row.Id).Bind(row.StimulusHash).Bind(row.StimulusName).Bind(row.StimulusKey).Bind(row.CorrelationId)
                .Bind(row.InstanceId).Bind(row.Input).Bind(row.KeptAt).Bind(row.ExpiresAt));
    }

    public void DeleteKept(IReadOnlyList<Guid> ids) => session.QueueIds(DeleteKeptSql, ids);
}

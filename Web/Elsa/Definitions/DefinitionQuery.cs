using System.Globalization;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Elsa.Definitions;

/// <summary>Which definitions are asked for. Names of query values count in any case, as Studio mixes them.</summary>
public sealed record DefinitionFilter
{
    /// <summary>Rows of a page at most; also where no page size is given.</summary>
    public const int LargestPage = 200;

    private const int LongestSearch = 200;
    private const int MostIds = 500;

    /// <summary>Latest, Published, Draft, LatestOrPublished, LatestAndPublished, AllVersions, or a number.</summary>
    public string Versions { get; init; } = "";

    public int Page { get; init; }
    public int PageSize { get; init; } = LargestPage;
    public string Search { get; init; } = "";
    public IReadOnlyList<string> DefinitionIds { get; init; } = [];

    /// <summary>Ids of versions.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    public bool? UsableAsActivity { get; init; }
    public bool IsSystem { get; init; }
    public string OrderBy { get; init; } = "";
    public bool Descending { get; init; }

    public static DefinitionFilter Of(IQueryCollection query) => new()
    {
        Versions = query["versionOptions"].ToString(),
        Page = Math.Clamp(Number(query["page"]) ?? 0, 0, int.MaxValue / LargestPage),
        PageSize = Math.Clamp(Number(query["pageSize"]) ?? LargestPage, 1, LargestPage),
        Search = query["searchTerm"].ToString().Trim() is var term && term.Length > LongestSearch ? term[..LongestSearch] : query["searchTerm"].ToString().Trim(),
        DefinitionIds = Texts(query["definitionIds"]),
        Ids = Texts(query["ids"]),
        UsableAsActivity = bool.TryParse(query["usableAsActivity"], out var usable) ? usable : null,
        IsSystem = bool.TryParse(query["isSystem"], out var system) && system,
        OrderBy = query["orderBy"].ToString(),
        Descending = query["orderDirection"].ToString().Equals("Descending", StringComparison.OrdinalIgnoreCase),
    };

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IReadOnlyList<string> Texts(IEnumerable<string?> values) =>
        [.. values.OfType<string>().Where(v => v.Length > 0).Distinct(StringComparer.Ordinal).Take(MostIds)];
}

/// <summary>Finds definitions.</summary>
public sealed class DefinitionQuery(IDbContextFactory<CaseManagementDbContext> contexts)
{
    /// <summary>One page and how many there are.</summary>
    public async Task<(IReadOnlyList<StoredDefinition> Page, int Total)> ListAsync(DefinitionFilter filter, CancellationToken cancellationToken)
    {
        if (filter.IsSystem)
        {
            return ([], 0);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Of(db, db.WorkflowDefinitions.AsNoTracking(), filter.Versions);
        rows = filter.DefinitionIds.Count > 0 ? rows.Where(d => filter.DefinitionIds.Contains(d.DefinitionId)) : rows;
        rows = filter.Ids.Count > 0 ? rows.Where(d => filter.Ids.Contains(d.Id)) : rows;
        if (filter.Search.Length > 0)
        {
            var term = $"%{Escaped(filter.Search)}%";
            rows = rows.Where(d => EF.Functions.Like(d.Name, term, "\\") || EF.Functions.Like(d.DefinitionId, term, "\\"));
        }

        if (filter.UsableAsActivity is { } usable)
        {
            var flagged = await rows.Where(d => EF.Functions.Like(d.Json, "%\"usableAsActivity\"%true%")).ToListAsync(cancellationToken);
            var ids = flagged.Where(IsUsable).Select(d => d.Id).ToList();
            rows = rows.Where(d => ids.Contains(d.Id) == usable);
        }

        var total = await rows.CountAsync(cancellationToken);
        var page = await StoredDefinition.In(db, Ordered(rows, filter).Skip(filter.Page * filter.PageSize).Take(filter.PageSize)).ToListAsync(cancellationToken);
        return (page, total);
    }

    /// <summary>A version of a definition: the latest unless said otherwise; null where there is none.</summary>
    public async Task<StoredDefinition?> FindAsync(string definitionId, string? versions, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = Of(db, db.WorkflowDefinitions.AsNoTracking().Where(d => d.DefinitionId == definitionId), string.IsNullOrEmpty(versions) ? "Latest" : versions);
        return await StoredDefinition.In(db, rows.OrderByDescending(d => d.Version)).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The version of that id; null where there is none.</summary>
    public async Task<StoredDefinition?> FindVersionAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await StoredDefinition.In(db, db.WorkflowDefinitions.AsNoTracking().Where(d => d.Id == id)).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>What is found in a version of a process, which must exist.</summary>
    public async Task<IReadOnlyList<Finding>> FindingsAsync(string process, int version, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var json = await db.ProcessVersions.Where(p => p.ProcessKey == process && p.Version == version).Select(p => p.PackJson).SingleAsync(cancellationToken);
        var read = PackReader.Read(StoredConfigurations.FilesOf(json));
        return read.Pack is { } pack ? PublishCheck.Of(pack) : read.Findings;
    }

    /// <summary>No other definition is called so.</summary>
    public async Task<bool> IsNameFreeAsync(string name, string? definitionId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return !await db.WorkflowDefinitions.AnyAsync(d => d.IsLatest && d.Name == name && d.DefinitionId != definitionId, cancellationToken);
    }

    /// <summary>Latest versions of other definitions that start or contain this one.</summary>
    public async Task<IReadOnlyList<StoredDefinition>> ConsumersAsync(string definitionId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var term = $"%\"{Escaped(definitionId)}\"%";
        var rows = db.WorkflowDefinitions.AsNoTracking().Where(d => d.IsLatest && d.DefinitionId != definitionId && EF.Functions.Like(d.Json, term, "\\"));
        var found = await StoredDefinition.In(db, rows.OrderBy(d => d.DefinitionId)).ToListAsync(cancellationToken);
        return [.. found.Where(d => JsonNode.Parse(d.Row.Json)?["root"] is JsonObject root && NodeIds.In(root).Any(a => Consumes(a.Activity, definitionId)))];
    }

    /// <summary>The activity is that definition, or starts it by a fixed id.</summary>
    public static bool Consumes(JsonObject activity, string definitionId) => activity["workflowDefinitionId"] switch
    {
        JsonValue value => value.TryGetValue<string>(out var id) && id == definitionId,
        JsonObject input => (input["expression"] as JsonObject)?.Text("value") == definitionId,
        _ => false,
    };

    private static bool IsUsable(WorkflowDefinitionVersion row) => JsonNode.Parse(row.Json)?["options"] is JsonObject options && options.Flag("usableAsActivity");

    private static IQueryable<WorkflowDefinitionVersion> Of(CaseManagementDbContext db, IQueryable<WorkflowDefinitionVersion> rows, string versions)
    {
        if (int.TryParse(versions, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return rows.Where(d => d.Version == version);
        }

        return versions.ToUpperInvariant() switch
        {
            "LATEST" => rows.Where(d => d.IsLatest),
            "PUBLISHED" => rows.Where(d => d.IsPublished),
            "LATESTORPUBLISHED" => rows.Where(d => d.IsLatest || d.IsPublished),
            "LATESTANDPUBLISHED" => rows.Where(d => d.IsLatest && d.IsPublished),
            "DRAFT" => rows.Where(d => d.ProcessKey == null
                ? d.PublishedAt == null
                : db.ProcessVersions.Any(p => p.ProcessKey == d.ProcessKey && p.Version == d.ProcessVersion && p.State == ProcessVersionState.Draft)),
            _ => rows,
        };
    }

    private static IOrderedQueryable<WorkflowDefinitionVersion> Ordered(IQueryable<WorkflowDefinitionVersion> rows, DefinitionFilter filter) =>
        (filter.OrderBy.ToUpperInvariant(), filter.Descending) switch
        {
            ("VERSION", false) => rows.OrderBy(d => d.Version).ThenBy(d => d.Id),
            ("VERSION", true) => rows.OrderByDescending(d => d.Version).ThenBy(d => d.Id),
            ("CREATED" or "CREATEDAT", false) => rows.OrderBy(d => d.SavedAt).ThenBy(d => d.Id),
            ("CREATED" or "CREATEDAT", true) => rows.OrderByDescending(d => d.SavedAt).ThenBy(d => d.Id),
            (_, true) => rows.OrderByDescending(d => d.Name).ThenBy(d => d.Id),
            _ => rows.OrderBy(d => d.Name).ThenBy(d => d.Id),
        };

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}

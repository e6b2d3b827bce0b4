using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Processes;

/// <summary>What happened to a process, by type of event: <c>{0}</c> the version, <c>{1}</c> what else there is to say.</summary>
public sealed class HistoryTexts;

/// <summary>Reads who changed what of a process from its audit stream.</summary>
internal sealed class HistoryWords(
    IDbContextFactory<CaseManagementDbContext> contexts, People people, IStringLocalizer<ProcessesText> text, IStringLocalizer<HistoryTexts> events)
{
    private const int PageSize = 40;

    private readonly ProcessWords _words = new(text);

    /// <summary>The newest entries, or those before one.</summary>
    /// <param name="key">The process.</param>
    /// <param name="before">The entry to read on from; null for the newest.</param>
    /// <param name="pack">Names limits; null when the version shown cannot be read.</param>
    /// <param name="tabHref">Address of the tab.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<HistoryPart> ReadAsync(string key, long? before, ProcessPack? pack, string tabHref, CancellationToken cancellationToken)
    {
        var stream = $"process:{key}";
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.ConfigurationEvents.AsNoTracking().Where(e => e.Stream == stream && (before == null || e.Sequence < before))
            .OrderByDescending(e => e.Sequence).Take(PageSize + 1)
            .Select(e => new Entry(e.Sequence, e.Type, e.At, e.ActorId, e.ActorKind, e.ActorName, e.Data)).ToListAsync(cancellationToken);
        var lines = new List<HistoryLine>();
        foreach (var entry in found.Take(PageSize))
        {
            lines.Add(Line(key, entry, pack, await WhoAsync(entry, cancellationToken)));
        }

        return new HistoryPart(lines, found.Count > PageSize ? $"{tabHref}&before={found[PageSize - 1].Sequence}" : null);
    }

    private HistoryLine Line(string key, Entry entry, ProcessPack? pack, string who)
    {
        var data = Parsed(entry.Data);
        var version = Number(data, "version");
        var (subject, detail, lines) = entry.Type switch
        {
            "limit.applied" => (LimitName(pack, Text(data, "limit")), LimitChange(pack, data), Scope(data)),
            "process.imported" when Number(data, "supersedes") is { } earlier => ("", Text(data, "note"), [text["Supersedes", earlier].Value]),
            DraftEditing.Saved when Text(data, "file") is { } file => (PartOf(file, Text(data, "part")), null, []),
            "process.reverted" => ($"{Number(data, "from")}", null, []),
            PublishReview.Confirmed or PublishReview.Unconfirmed => ($"{Number(data, "count")}", Text(data, "separation") == "waived" ? text["SeparationWaived"].Value : null, Powers(data)),
            _ => (Text(data, "workflow") ?? "", Text(data, "note") ?? Text(data, "reason"), (IReadOnlyList<string>)[]),
        };
        var type = entry.Type == DraftEditing.Saved && data.ContainsKey("file") ? data.ContainsKey("undoes") ? "draft.part-undone" : "draft.part-saved" : entry.Type;
        var title = events[type, version?.ToString(CultureInfo.InvariantCulture) ?? "", subject];
        return new HistoryLine(IconOf(entry.Type), title.ResourceNotFound ? text["HistoryOther", entry.Type] : title.Value, who, entry.At, string.IsNullOrWhiteSpace(detail) ? null : detail)
        {
            Lines = lines,
            Href = version is { } number && entry.Type is not ("draft.deleted" or "process.deleted") ? $"{ProcessLinks.Page(key)}?version={number}" : null,
            HrefText = version is { } shown ? text["Version", shown].Value : null,
        };
    }

    private string PartOf(string file, string? part)
    {
        var said = PartWords.File(file).In(ProcessWords.Language);
        return string.IsNullOrEmpty(part) ? said : text["FoundIn", said, part];
    }

    private async Task<string> WhoAsync(Entry entry, CancellationToken cancellationToken) => entry.ActorId is { } id
        ? _words.Person(id, (await people.FindAsync(id, cancellationToken))?.Name ?? entry.ActorName)
        : _words.Person(entry.ActorKind, entry.ActorName);

    private static string LimitName(ProcessPack? pack, string? limit) => limit is null ? "" : pack?.Limit(limit)?.Name.In(ProcessWords.Language) ?? limit;

    private string LimitChange(ProcessPack? pack, JsonObject data)
    {
        var reason = Text(data, "reason");
        var change = pack is not null && (data["before"] as JsonObject, data["after"] as JsonObject) is var (before, after) && (before ?? after) is not null
            ? string.Join(text["Separator"], LimitHistory.InWords(pack, before, after).Select(one => LimitHistory.InOneLine(one, ProcessWords.Language)))
            : "";
        return string.IsNullOrWhiteSpace(reason) ? change : text["ChangeBecause", change, reason];
    }

    private IReadOnlyList<string> Scope(JsonObject data) => Text(data, "scope") switch
    {
        "openCases" => [text["ScopeOpenCases"]],
        "newCases" => [text["ScopeNewCases"]],
        _ => [],
    };

    private static IReadOnlyList<string> Powers(JsonObject data) => data["powers"] is JsonArray powers
        ? [.. powers.OfType<JsonObject>().Select(power => Text(power, ProcessWords.Language.StartsWith("en", StringComparison.Ordinal) ? "en" : "zh") ?? "").Where(said => said.Length > 0)]
        : [];

    private static string IconOf(string type) => type switch
    {
        "process.published" or "definition.published" => "circle-check",
        "process.retracted" or "draft.deleted" or "process.deleted" or "definition.deleted" => "flag",
        "process.imported" => "file-import",
        "limit.applied" => "hourglass",
        "process.reverted" or "definition.reverted" => "arrow-back-up",
        PublishReview.Confirmed or PublishReview.Unconfirmed => "alert-triangle",
        _ => "pencil",
    };

    private static JsonObject Parsed(string data)
    {
        try
        {
            return JsonNode.Parse(data) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var said) ? said : null;

    private static int? Number(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    private sealed record Entry(long Sequence, string Type, DateTimeOffset At, string? ActorId, string ActorKind, string? ActorName, string Data);
}
